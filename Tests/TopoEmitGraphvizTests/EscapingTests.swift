import Testing

/// The figures are valid for Graphviz and show names as they are, whatever is in them.
@Suite struct EscapingTests {
    @Test(
        .enabled(if: Drawing.isPossible, "Graphviz is not installed"),
        arguments: [
            "internal", "a \"quoted\" name", "\"", "back\\slash \\N \\G \\n \\l", "\\", "<b>", "</TD>", "&",
            "&amp;&lt;",
            "&nosuch; &#65;", "LAN ñ 日本", "]; malicious [", "a/b:c%2F", "-->", "{{{title}}}", "//", "/*", "#",
        ])
    func namesShowAsTheyAre(name: String) throws {
        for figure in try Figures(hostilePlan(name)).both {
            let drawing = try Drawing(figure)
            #expect(drawing.status == 0)
            #expect(drawing.complaints == "")
            #expect(drawing.isWellFormed)
            #expect(drawing.texts.contains(name), "a container's name, on a line of its own, in \(drawing.texts)")
            #expect(drawing.texts.contains { $0.hasPrefix(name) && $0.contains(": layer ") }, "the title")
        }
    }

    @Test(
        .enabled(if: Drawing.isPossible, "Graphviz is not installed"),
        arguments: [
            "", " ", "\t", "two\nlines", "a\r\nb", "\u{0}", "\u{7}\u{1B}[31m", "\u{FFFE}", "\u{202E}abc", "\u{85}",
        ])
    func whatCannotBeShownDoesNoHarm(name: String) throws {
        for figure in try Figures(hostilePlan(name)).both {
            let drawing = try Drawing(figure)
            #expect(drawing.status == 0)
            #expect(drawing.complaints == "")
            #expect(drawing.isWellFormed)
        }
    }

    /// Were they equal, Graphviz would draw two things as one.
    @Test func differentNamesHaveDifferentIdentifiers() throws {
        let names = ["a/b", "a%2Fb", "a", "a\"", "a\\", "a\u{7}", "a%07", "a&", "a&amp;", "A", ""]
        let identifiers = try names.map { name in
            let figure = try Figures(hostilePlan(name)).layer2
            return try #require(figure.split(separator: "\n").first { $0.contains("subgraph \"cluster_host:") })
        }
        #expect(Set(identifiers).count == names.count)
    }
}
