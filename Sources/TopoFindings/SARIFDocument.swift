internal import TopoDiagnostics
internal import TopoExplain
internal import TopoJSON

/// All findings as one SARIF log (Static Analysis Results Interchange Format 2.1.0, OASIS), with a single run.
/// - Parameters:
///   - files: the files in the order in which they were asked for.
///   - version: topoc's.
public func sarifDocument(_ files: [FileFindings], version: String) -> String {
    SARIFDocument(files: files, version: version).log.text
}

/// A SARIF log in the making. Numbers in the comments are sections of the specification.
struct SARIFDocument {
    /// The files in the order in which they were asked for.
    let files: [FileFindings]
    /// topoc's version.
    let version: String

    /// The rules that something was found by, in the order of their codes: a result says which by number.
    private var codes: [DiagnosticCode] {
        let found = Set(files.flatMap { $0.diagnostics.map(\.code) })
        return DiagnosticCode.allCases.filter(found.contains)
    }

    /// The files' paths, each once: a log's artifacts are unique (3.14.15).
    private var paths: [String] {
        var seen = Set<String>()
        return files.map(\.source.path).filter { seen.insert($0).inserted }
    }

    /// The whole log.
    var log: JSON {
        [
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [run],
        ]
    }

    private var run: JSON {
        let codes = codes
        let driver: JSON = [
            "name": "topoc", "version": .string(version), "semanticVersion": .string(version),
            "rules": .array(codes.map(rule)),
        ]
        let artifacts = paths.map { path in
            JSON.members(["location": location(ofFile: path), "sourceLanguage": "yaml"])
        }
        let results = files.flatMap { file in
            let places = SARIFPlaces(source: file.source, artifact: location(ofFile: file.source.path))
            return file.diagnostics.map { result($0, places, rule: codes.firstIndex(of: $0.code)) }
        }
        return [
            "tool": ["driver": driver],
            // 3.14.17, and 3.14.18: YAML takes a lone CR for a line's end as well.
            "columnKind": "utf16CodeUnits",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "artifacts": .array(artifacts),
            "results": .array(results),
        ]
    }

    /// 3.49: a rule, explained by its page. There is no `helpUri`: the pages come with topoc, and are at no address.
    private func rule(_ code: DiagnosticCode) -> JSON {
        let page = diagnosticPages.first { $0.code == code.rawValue }
        let title = page.map { String(Substring($0.title.utf8.dropFirst(code.rawValue.utf8.count + 2))) } ?? "\(code)"
        let name = "\(code)".utf8
        let help: JSON? = page.map { ["text": .string($0.text), "markdown": .string($0.text)] }
        return .members([
            "id": .string(code.rawValue),
            "name": .string(Substring(name.prefix(1)).uppercased() + Substring(name.dropFirst())),
            "shortDescription": ["text": .string(title)],
            "help": help,
            "defaultConfiguration": ["level": .string(code.severity.rawValue)],
        ])
    }

    /// 3.27: a finding.
    private func result(_ diagnostic: Diagnostic, _ places: SARIFPlaces, rule: Int?) -> JSON {
        let more = diagnostic.notes + diagnostic.help.map { "help: \($0)" }
        let related = diagnostic.secondary.enumerated().map { places.location($1, number: $0 + 1) }
        return .members([
            "ruleId": .string(diagnostic.code.rawValue),
            "ruleIndex": rule.map(JSON.number),
            "level": .string(diagnostic.severity.rawValue),
            "message": ["text": .string(([diagnostic.message] + more).joined(separator: "\n"))],
            "locations": [places.location(diagnostic.primary, number: nil)],
            "relatedLocations": JSON.array(related).unlessEmpty,
            "fixes": places.fix(diagnostic.edits).map { [$0] },
        ])
    }

    private func location(ofFile path: String) -> JSON {
        .members(["uri": .string(uriReference(path)), "index": paths.firstIndex(of: path).map(JSON.number)])
    }
}
