import TopoDiagnostics
import TopoDriver
import TopoEmitReport
import TopoPlan
internal import TopoText
import TopoWatch

/// What `topoc watch` does each time: the report, and the files of a build.
struct Rebuild {
    let file: String
    let options: CompileOptions
    let maker: ReportMaker
    /// True to write the files of a build too.
    let isWriting: Bool

    /// Compiles the file as it is now, writes what it gives and says what was found.
    /// - Parameter former: what is served until then, whose page stays where there is none to take its place.
    func edition(after former: Edition) -> Edition {
        do {
            let source = try readTopology(file)
            let outcome = examine(source, runtime: options.runtime, despiteErrors: options.despiteErrors)
            let findings = outcome.diagnostics.denying(options.deny)
            try StandardStream.error.write(findings, of: source, as: .text, color: options.color)
            guard let examination = outcome.output, !findings.hasErrors || options.despiteErrors else {
                return former.with(notice(of: findings, in: source))
            }
            let page = try maker.report(of: examination, .html, checks: [], beside: nil)
                .livePage(templates: maker.frames, folding: maker.folding)
            let edition = Edition(page: page.html, version: page.version, notice: notice(of: findings, in: source))
            return writing(examination, for: edition)
        } catch {
            return former.with(failure(error, "this is the last report that could be made"))
        }
    }

    /// Writes the files of a build; the report is shown also where that fails.
    private func writing(_ examination: Examination, for edition: Edition) -> Edition {
        do {
            guard isWriting else {
                try options.say("\(visiblePath(file)): the report is made anew\n")
                return edition
            }
            let folder = try OutputFolder(examination.plan.name, in: options.output, isForced: options.force)
            let artifacts = try artifacts(of: examination, templates: maker.frames)
            let summary = try folder.write(artifacts, isPartial: false)
            try options.say("\(visiblePath(folder.path)): \(summary)\n")
            return edition
        } catch {
            return edition.with(failure(error, "the report is new, but its files could not be written"))
        }
    }

    private func failure(_ error: any Error, _ consequence: String) -> Edition.Notice {
        StandardStream.say("error: \(error)\n")
        return Edition.Notice(.error, heading: "\(visiblePath(file)): \(consequence)", text: "error: \(error)\n")
    }

    private func notice(of findings: [Diagnostic], in source: SourceFile) -> Edition.Notice? {
        guard let summary = summary(of: findings) else { return nil }
        let text = render(findings, of: source, style: .plain) + "\n\(summary)\n"
        guard findings.hasErrors else {
            return Edition.Notice(.warning, heading: "\(visiblePath(file)) has warnings", text: text)
        }
        let below = options.despiteErrors ? "" : ": below is the last report that had none"
        return Edition.Notice(.error, heading: "\(visiblePath(file)) has errors\(below)", text: text)
    }
}
