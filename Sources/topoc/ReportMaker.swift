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

    private var words: ReportWords { ReportWords(language) }

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
                words.say(
                    "The figures are missing because Graphviz, which draws them, is not installed (on Debian and Ubuntu: apt install graphviz).",
                    "Faltan las figuras porque no está instalado Graphviz, que las dibuja (en Debian y Ubuntu: apt install graphviz)."
                )
            )
        }
        let containers = plan.hosts.reduce(0) { $0 + $1.containers.count }
        var scripts: [Artifact] = []
        if format == .html, containers <= ReportMaker.mostContainersWithScripts {
            scripts = hostScripts(of: plan, templates: frames)
        } else if format == .html {
            notes.append(
                words.say(
                    "The scripts are missing because this topology has \(containers) containers; a page has the scripts of up to \(ReportMaker.mostContainersWithScripts). \"topoc build\" writes them.",
                    "Faltan los guiones porque esta topología tiene \(containers) contenedores, y una página lleva los de hasta \(ReportMaker.mostContainersWithScripts). \"topoc build\" los escribe."
                )
            )
        }
        return Report(
            plan: plan, prediction: examination.prediction, figures: figures, scripts: scripts, checks: checks,
            notes: notes, words: words)
    }

    private func views(of plan: Plan) -> [(view: FigureView, title: String)] {
        let hasTunnels = plan.hosts.contains { !$0.tunnels.isEmpty }
        return [(.layer2, words.say("Layer 2", "Capa 2")), (.layer3, words.say("Layer 3", "Capa 3"))]
            + (hasTunnels
                ? [
                    (.underlay, words.say("Underlay", "Red subyacente")),
                    (.overlay, words.say("Overlay", "Red superpuesta")),
                ] : [])
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
