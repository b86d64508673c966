internal import TopoEmit
public import TopoEmitGraphviz
internal import TopoForwarding
internal import TopoModel
internal import TopoPlan
public import TopoTemplates
internal import TopoText

extension Report {
    /// The report as one HTML page that needs nothing beside it and no network.
    /// - Parameter folding: how the figures' containers were folded.
    public func html(templates: Templates, folding: Folding = .automatic) -> String {
        ReportPage(report: self, folding: folding).html(templates)
    }
}

/// A report as an HTML page.
struct ReportPage {
    let report: Report
    let folding: Folding

    /// The templates of what the page does, in one block of script, so that none of their names is the window's.
    private static let scriptNames = ["report-trace.js", "report-figures.js", "report-page.js"]

    func html(_ templates: Templates) -> String { templates.render("report.html", values(templates)) }

    /// What the template's places are filled with, but for those that a live page has alone.
    func values(_ templates: Templates) -> [String: Filling] {
        let paths = PairPaths(ContainerClasses(report.plan, report.prediction))
        let sections = sections(paths)
        let own: [String: Filling] = [
            "title": .text(HTML.text(report.plan.title)),
            "description": .text(HTML.text(report.plan.description ?? "")),
            "facts": .text(HTML.text(facts)),
            "notes": .text(report.notes.map { "<p class=\"note\">\(HTML.text($0))</p>" }.joined(separator: "\n")),
            "colours": .text(FigureColours.css),
            "style": .text(templates.text("report.css")),
            "tabs": .text(report.figures.enumerated().map(tab).joined(separator: "\n")),
            "figures": .text(report.figures.map(figure).joined(separator: "\n")),
            "contents": .text(sections.map { "<a href=\"#\($0.name)\">\($0.title)</a>" }.joined(separator: "\n")),
            "sections": .text(sections.map(\.html).joined(separator: "\n")),
            "data": .text(TraceData(paths, folding: folding, report.words).json.scriptText),
            "script": .text(ReportPage.scriptNames.map(templates.text).joined(separator: "\n")), "sources": .text(""),
            "live": .text(""),
        ]
        return own.merging(report.words.page) { own, _ in own }
    }

    private var facts: String {
        let plan = report.plan
        let containers = plan.hosts.reduce(0) { $0 + $1.containers.count }
        let tunnels = plan.hosts.reduce(0) { $0 + $1.tunnels.count }
        func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }
        let words = report.words
        return [
            count(plan.hosts.count, words.say("host", "anfitrión"), words.say("hosts", "anfitriones")),
            count(containers, words.say("container", "contenedor"), words.say("containers", "contenedores")),
            count(plan.lans.count, "LAN", words.say("LANs", "LAN")),
            count(
                tunnels, words.say("tunnel interface", "interfaz de túnel"),
                words.say("tunnel interfaces", "interfaces de túnel")),
            words.say("runtime \(plan.runtime.rawValue)", "contenedores de \(plan.runtime.rawValue)"),
        ].joined(separator: " · ")
    }

    private func tab(_ index: Int, _ figure: Report.Figure) -> String {
        "<button type=\"button\" role=\"tab\" id=\"tab-\(figure.view)\" aria-controls=\"figure-\(figure.view)\" "
            + "aria-selected=\"\(index == 0)\">\(HTML.text(figure.title))</button>"
    }

    private func figure(_ figure: Report.Figure) -> String {
        """
        <div class="figure" id="figure-\(figure.view)" role="tabpanel" aria-labelledby="tab-\(figure.view)" tabindex="0">
        \(figure.svg ?? "<p>\(report.words.say("Not drawn.", "Sin dibujar."))</p>")
        </div>
        """
    }

    /// A part of the page.
    private struct Section {
        let name: String
        let title: String
        let html: String
    }

    private func sections(_ paths: PairPaths) -> [Section] {
        report.tables(paths).map { table in
            let note = table.note.isEmpty ? "" : "<p>\(HTML.text(table.note))</p>\n"
            let body =
                table.rows.isEmpty
                ? "<p class=\"empty\">\(report.words.say("None.", "No hay."))</p>"
                : HTML.table(table, hasRowHeads: table.name == "reachability")
            return section(table.name, table.title, note + body)
        } + (report.scripts.isEmpty ? [] : [section("scripts", report.words.say("Scripts", "Guiones"), scripts)])
    }

    private func section(_ name: String, _ title: String, _ body: String) -> Section {
        Section(
            name: name, title: HTML.text(title),
            html: "<section id=\"\(name)\">\n<h2>\(HTML.text(title))</h2>\n\(body)\n</section>")
    }

    private var scripts: String {
        report.scripts.map { script in
            """
            <details class="script">
            <summary>\(HTML.text(script.path))</summary>
            <button type="button" class="copy">\(report.words.say("Copy", "Copiar"))</button>
            <pre tabindex="0"><code>\(HTML.text(script.contents))</code></pre>
            </details>
            """
        }.joined(separator: "\n")
    }
}
