import TopoDriver
import TopoEmit
import TopoEmitGraphviz
import TopoEmitReport
import TopoPlan
import TopoTemplates

/// Puts together what a report shows.
struct ReportMaker {
    let frames: Templates
    let language: Language
    let folding: Folding

    /// The most containers of a topology whose scripts are in its page: those of 10,000 are 18 MB.
    private static let mostContainersWithScripts = 1000

    /// The report of a topology, its figures drawn.
    /// - Parameters:
    ///   - checks: what check scripts printed.
    ///   - path: the report's file, beside which figures are written for formats that cannot hold them.
    /// - Throws: `FileError`, `FigureError`.
    func report(
        of examination: Examination, _ format: ReportFormat, checks: [CheckLog], beside path: String?
    ) throws -> Report {
        let plan = examination.plan
        var figures: [Report.Figure] = []
        var notes: [String] = []
        if format != .csv, Graphviz.isInstalled {
            figures = try views(of: plan).compactMap { try figure($0, of: plan, format, beside: path) }
        } else if format != .csv {
            notes.append(
                "The figures are not here: Graphviz, which draws them, was not installed (on Debian and Ubuntu: apt install graphviz)."
            )
        }
        let containers = plan.hosts.reduce(0) { $0 + $1.containers.count }
        var scripts: [Artifact] = []
        if format == .html, containers <= ReportMaker.mostContainersWithScripts {
            scripts = hostScripts(of: plan, templates: frames)
        } else if format == .html {
            notes.append(
                "The scripts are not here: a page has those of up to \(ReportMaker.mostContainersWithScripts) containers, and this topology has \(containers). \"topoc build\" writes them."
            )
        }
        return Report(
            plan: plan, prediction: examination.prediction, figures: figures, scripts: scripts, checks: checks,
            notes: notes)
    }

    private func views(of plan: Plan) -> [(view: FigureView, title: String)] {
        let hasTunnels = plan.hosts.contains { !$0.tunnels.isEmpty }
        return [(.layer2, "Layer 2"), (.layer3, "Layer 3")]
            + (hasTunnels ? [(.underlay, "Underlay"), (.overlay, "Overlay")] : [])
    }

    /// A figure, in the report or beside it; nil where there is no place for it.
    private func figure(
        _ wanted: (view: FigureView, title: String), of plan: Plan, _ format: ReportFormat, beside path: String?
    ) throws -> Report.Figure? {
        let options = FigureOptions(view: wanted.view, language: language, folding: folding)
        let name = wanted.view.name
        func dot() throws -> String { try drawFigure(plan, options, templates: frames) }
        switch format {
        case .html:
            let svg = String(decoding: try Graphviz.draw(try dot(), as: .svg), as: UTF8.self)
            return Report.Figure(view: name, title: wanted.title, svg: svg, file: nil)
        case .markdown, .latex:
            guard let path = ResultPlace(path).path else { return nil }
            let picture: Graphviz.Picture = format == .latex ? .pdf : .svg
            let (folder, own) = path.folderAndName
            let stem = own.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(own[..<$0]) } ?? own
            let file = "\(stem)-\(name).\(picture.rawValue)"
            try writeResult(
                try Graphviz.draw(try dot(), as: picture), to: folder.isEmpty ? file : "\(folder)/\(file)")
            return Report.Figure(view: name, title: wanted.title, svg: nil, file: file)
        case .csv: return nil
        }
    }
}
