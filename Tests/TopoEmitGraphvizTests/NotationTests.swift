import Testing
import TopoEmitGraphviz
import TopoTemplates

/// The figures in Mermaid's and D2's languages.
@Suite struct NotationTests {
    private static let views = [FigureView.layer2, .layer3, .underlay, .overlay, .host("host1")]

    @Test func mermaidHasEveryNodeThatItsEdgesName() throws {
        for view in Self.views {
            let text = try Figures.draw(FigureTests.mixed, FigureOptions(view: view), in: .mermaid)
            #expect(text.contains("\nflowchart TB\n"))
            let nodes = Set(text.matches(of: #/\n +([A-Za-z0-9_]+)[\[\(\{]+/#).map { String($0.1) })
            let edges = text.matches(of: #/\n +(\w+) (?:---|===|-\.-)(?:\|"[^"]*"\|)? (\w+)/#)
            #expect(!edges.isEmpty)
            for edge in edges {
                #expect(nodes.contains(String(edge.1)) && nodes.contains(String(edge.2)), "\(edge.0) in \(view.name)")
            }
        }
    }

    @Test func d2HasEveryNodeThatItsEdgesName() throws {
        for view in Self.views {
            let text = try Figures.draw(FigureTests.mixed, FigureOptions(view: view), in: .d2)
            var keys: Set<Substring> = []
            var group: Substring?
            for line in text.split(separator: "\n") where line.hasPrefix("\"") || line.hasPrefix("  \"") {
                guard !line.contains("\" -- \""), let key = line.firstMatch(of: #/("[^"]*"): /#)?.1 else { continue }
                if line.hasPrefix(" "), let group { keys.insert("\(group).\(key)") } else { keys.insert(key) }
                if line.hasSuffix("{") { group = key }
            }
            let edges = text.matches(of: #/\n("[^\n]*") -- ("[^\n]*?"): /#)
            #expect(!edges.isEmpty)
            for edge in edges {
                #expect(keys.contains(edge.1) && keys.contains(edge.2), "\(edge.0) in \(view.name)")
            }
        }
    }

    /// Each kind of thing has its shape, and its colours where they belong.
    @Test func d2TellsKindsApart() throws {
        let text = try Figures.draw(FigureTests.mixed, FigureOptions(view: .layer2), in: .d2)
        for shape in ["cloud", "hexagon", "cylinder", "rectangle"] {
            #expect(text.contains("{shape: \(shape); "), "\(shape)")
        }
        let colours = text.matches(of: #/fill: "(#[0-9a-f]{6})"; stroke: "(#[0-9a-f]{6})"/#)
        #expect(!colours.isEmpty)
        func light(_ colour: Substring) -> Int { Int(colour.dropFirst().prefix(2), radix: 16) ?? 0 }
        for colour in colours {
            #expect(light(colour.1) > light(colour.2), "\(colour.0): a light box with a dark border")
        }
    }

    @Test(arguments: ["a\"b", "a\\", "]] end", "#quot;", "`md`", "${x}", "a\nb", "<b>", "|x|", "end", "😀"])
    func namesStayWithinTheirQuotes(name: String) throws {
        let plan = try hostilePlan(name)
        for view in [FigureView.layer2, .layer3] {
            let mermaid = try drawFigure(plan, FigureOptions(view: view), in: .mermaid, templates: builtIn.get())
            for line in mermaid.split(separator: "\n") where !line.hasPrefix("%%") {
                #expect(line.count { $0 == "\"" } % 2 == 0, "\(line)")
                #expect(!line.contains("<b>") && !line.contains("`"))
            }
            let d2 = try drawFigure(plan, FigureOptions(view: view), in: .d2, templates: builtIn.get())
            for line in d2.split(separator: "\n") where !line.hasPrefix("#") {
                let quotes = line.replacing("\\\\", with: "").replacing("\\\"", with: "").count { $0 == "\"" }
                #expect(quotes % 2 == 0, "\(line)")
                #expect(!line.replacing("\\$", with: "").contains("$"))
            }
        }
    }

    @Test func foldedContainersAreOneNode() throws {
        let options = FigureOptions(folding: .above(1))
        let text = """
            topology: t
            runtime: netns
            hosts: {h: {bridges: {b: {address: 10.0.0.1/24}}, containers: {c1: {bridge: b, address: 10.0.0.2/24}, c2: {bridge: b, address: 10.0.0.3/24}}}}

            """
        for notation in [FigureNotation.mermaid, .d2] {
            let figure = try Figures.draw(text, options, in: notation)
            #expect(figure.contains("2 containers") && figure.contains("c1 … c2"))
            #expect(figure.contains("10.0.0.2/24 … 10.0.0.3/24"))
        }
    }
}
