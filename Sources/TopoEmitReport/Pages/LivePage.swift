public import TopoEmitGraphviz
public import TopoTemplates
internal import TopoText

/// A page that is served, and loads itself anew when there is another.
public struct LivePage: Sendable, Hashable {
    /// The page.
    public let html: String
    /// A number for what it shows, in hexadecimal: the same for the same.
    public let version: String
}

extension Report {
    /// The report as a page that is served: the one of `html`, with a place for messages above it.
    /// - Parameter folding: how the figures' containers were folded.
    public func livePage(templates: Templates, folding: Folding = .automatic) -> LivePage {
        let values = ReportPage(report: self, folding: folding).values(templates)
        return LivePage("report.html", values, templates)
    }
}

extension LivePage {
    /// A page for as long as there is no report: with a place for messages and nothing else.
    /// - Parameter title: what it is called.
    public static func waiting(title: String, templates: Templates) -> LivePage {
        let values: [String: Filling] = [
            "title": .text(HTML.text(title)), "colours": .text(FigureColours.css),
            "style": .text(templates.text("report.css")), "sources": .text(""), "live": .text(""),
        ]
        return LivePage("watch.html", values, templates)
    }

    /// Fills a template that has places for what is live.
    fileprivate init(_ name: String, _ values: [String: Filling], _ templates: Templates) {
        let version = LivePage.number(of: templates.render(name, values))
        let live: [String: Filling] = [
            // The page may ask the server that it comes from, and no other.
            "sources": .text("; connect-src 'self'"),
            "live": .text(templates.render("live.html", ["version": .text(version)])),
        ]
        self.init(html: templates.render(name, values.merging(live) { $1 }), version: version)
    }

    /// FNV-1a, of 64 bits (draft-eastlake-fnv): not for secrets, but for telling one page from the next.
    private static func number(of text: String) -> String {
        let number = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(number, radix: 16)
    }
}
