import Testing
import TopoEmitGraphviz

/// What is part of a network can be told from what is part of another.
@Suite struct NetworkLookTests {
    /// Hosts in so many networks of one kind.
    private static func text(_ count: Int, kind: String = "vxlan", hosts: Int = 2) -> String {
        let networks = (0..<count).map { "  net\($0): {kind: \(kind), subnet: 10.\($0).0.0/24}" }
        let containers = (0..<count).map { "      a\($0): {network: net\($0)}" }
        return """
            topology: t
            runtime: netns
            lans: {internal: {subnet: 172.16.1.0/24}}
            networks:
            \(networks.joined(separator: "\n"))
            hosts:
              host1..host\(hosts):
                nics: {eth0: {lan: internal, address: auto}}
                containers:
            \(containers.joined(separator: "\n"))
            """
    }

    /// The statement of a node in a figure of DOT, from its name to the next statement.
    private static func node(_ name: String, of figure: String) throws -> Substring {
        let start = try #require(figure.firstRange(of: "\"\(name)\" [label="), "\(name)")
        let rest = figure[start.upperBound...]
        return rest[..<(rest.firstRange(of: "tooltip=")?.lowerBound ?? rest.endIndex)]
    }

    /// The ground of a node, and which of its squares are filled: those of the hatch come last.
    private static func look(_ node: Substring) throws -> (fill: Substring, hatch: Substring) {
        let fill = try #require(node.firstMatch(of: #/CELLPADDING="3" COLOR="#[0-9a-f]{6}" BGCOLOR="(#[0-9a-f]{6})"/#))
        let hatch = try #require(node.matches(of: #/WIDTH="14" HEIGHT="14">(.*?)<\/TABLE>/#).last)
        return (fill.1, hatch.1)
    }

    @Test(arguments: [Theme.light, .dark, .bw])
    func twelveNetworksDifferInShadeOrHatch(theme: Theme) throws {
        let figure = try Figures.draw(Self.text(12), FigureOptions(theme: theme))
        let looks = try (0..<12).map { number in
            try Self.look(try Self.node("host:host1/bridge:net\(number)", of: figure))
        }
        #expect(Set(looks.map { "\($0.fill) \($0.hatch)" }).count == 12)
        for (one, next) in zip(looks, looks.dropFirst()) {
            #expect(one.fill != next.fill && one.hatch != next.hatch)
        }
    }

    @Test func bridgeTunnelAndOverlayOfANetworkAreAlikeOnEveryHost() throws {
        let figure = try Figures.draw(Self.text(3), FigureOptions())
        let nodes = ["host:host1/bridge:net1", "host:host2/bridge:net1"]
        let hatches = try (nodes + ["host:host1/tunnel:vx-net1", "host:host2/tunnel:vx-net1", "overlay:2"]).map {
            name in
            let node = try Self.node(name, of: figure)
            #expect(node.contains("network net1"), "\(name)")
            return try Self.look(node).hatch.replacing(#/BGCOLOR="#[0-9a-f]*"/#, with: "filled")
        }
        #expect(Set(hatches).count == 1)
    }

    @Test func subnetsOfARoutedNetworkAreItsOnEachHost() throws {
        for (option, name) in [(Language.english, "network net0"), (.spanish, "red net0")] {
            let figure = try Figures.draw(
                Self.text(1, kind: "routed"), FigureOptions(view: .layer3, language: option))
            let subnets = figure.matches(of: #/"subnet:10\.0\.0\.[0-9]+-[0-9]+" \[label=[^~]*?tooltip=/#)
            #expect(subnets.count == 2 && subnets.allSatisfy { $0.output.contains(name) }, "\(subnets.count)")
            let lan = try Self.node("subnet:172.16.1.0-24", of: figure)
            #expect(!lan.contains(name))
        }
    }

    @Test func whatIsPartOfNoneHasNeitherNameNorHatch() throws {
        let figure = try Figures.draw(Self.text(2), FigureOptions())
        let nic = try Self.node("host:host1/nic:eth0", of: figure)
        #expect(!nic.contains("network") && !nic.contains("WIDTH=\"14\""))
    }

    @Test(arguments: [FigureNotation.mermaid, .d2])
    func textNotationsHaveNameAndShade(notation: FigureNotation) throws {
        let figure = try Figures.draw(Self.text(3), FigureOptions(), in: notation)
        for number in 0..<3 { #expect(figure.contains("network net\(number)")) }
        let fills = figure.matches(of: #/fill: ?"?(#[0-9a-f]{6})/#).map(\.1)
        // Of bridges alone there are three.
        #expect(Set(fills).count >= 5 + 4, "\(Set(fills))")
    }

    @Test func theOverlayAndAHostAloneShowTheSameLook() throws {
        let whole = try Figures.draw(Self.text(3), FigureOptions())
        for view in [FigureView.overlay, .host("host2")] {
            let part = try Figures.draw(Self.text(3), FigureOptions(view: view))
            for number in 0..<3 {
                let name = "host:host2/bridge:net\(number)"
                let (one, other) = (
                    try Self.look(try Self.node(name, of: whole)), try Self.look(try Self.node(name, of: part))
                )
                #expect(one.fill == other.fill && one.hatch == other.hatch, "\(name) of \(view.name)")
            }
        }
    }

    /// The overlays of a figure with how many lines go to each.
    private static func overlays(_ text: String) throws -> [String: Int] {
        let pipes = Figures.edges(try Figures.draw(text, FigureOptions())).compactMap { edge in
            edge.firstMatch(of: #/overlay:(\d+)/#).map { String($0.1) }
        }
        return Dictionary(pipes.map { ($0, 1) }, uniquingKeysWith: +)
    }

    @Test func manyTunnelsOfANetworkAreDrawnAsOne() throws {
        #expect(try Self.overlays(Self.text(1, kind: "gretap", hosts: 4)) == ["1": 2, "2": 2, "3": 2])
        #expect(try Self.overlays(Self.text(1, kind: "gretap", hosts: 5)) == ["1": 8])
        #expect(try Self.overlays(Self.text(2, kind: "gretap", hosts: 5)) == ["1": 8, "2": 8])
        let figure = try Figures.draw(Self.text(1, kind: "gretap", hosts: 5), FigureOptions(language: .spanish))
        let node = try Self.node("overlay:1", of: figure)
        #expect(node.contains("4 túneles") && node.contains("clave ") && node.contains("red net0"))
        // The ends differ.
        #expect(!node.contains(" – "))
    }

    @Test func tunnelsOfNoNetworkAreDrawnEachForItself() throws {
        let hub = (2...6).map { "t\($0): {type: gretap, remote: h\($0)}" }.joined(separator: ", ")
        let spokes = (2...6).map { number in
            """
              h\(number):
                nics: {e: {lan: l, address: 172.16.1.\(number)/24}}
                tunnels: {t: {type: gretap, remote: h1}}
                bridges: {b: {ports: [t]}}
                containers: {c\(number): {bridge: b, address: 10.0.0.\(number)/24}}
            """
        }
        let text = """
            topology: t
            runtime: netns
            lans: {l: {subnet: 172.16.1.0/24}}
            hosts:
              h1:
                nics: {e: {lan: l, address: 172.16.1.1/24}}
                tunnels: {\(hub)}
                bridges: {b: {ports: [t2, t3, t4, t5, t6]}}
            \(spokes.joined(separator: "\n"))
            """
        #expect(try Self.overlays(text) == ["1": 2, "2": 2, "3": 2, "4": 2, "5": 2])
    }
}
