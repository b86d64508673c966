import Testing
import TopoEmitGraphviz
import TopoTemplates

/// Containers alike on one bridge, or on links, are drawn as one where they are many.
@Suite struct FoldingTests {
    private func topology(_ count: Int, more: String = "") -> String {
        let containers = (1...count).map { "      c\($0): {bridge: br0, address: 10.1.0.\($0 + 10)/24}\n" }.joined()
        return """
            topology: many
            runtime: netns
            hosts:
              host1:
                bridges:
                  br0: {address: 10.1.0.1/24}
                containers:
            \(containers)\(more)
            """
    }

    @Test func manyInAllFoldFromFewerOn() throws {
        for (hosts, containers, boxes) in [(10, 3, 30), (10, 4, 40), (10, 10, 10), (20, 3, 20), (1, 12, 12)] {
            let plan = try Figures.plan(of: SampleNetworks.star(hosts, containers))
            #expect(drawnGroups(plan, folding: .automatic).count == boxes)
            for view in [FigureView.layer2, .layer3] {
                let figure = try drawFigure(plan, FigureOptions(view: view), templates: builtIn.get())
                let drawn = figure.matches(of: /class="container"/).count
                #expect(drawn == boxes, "\(hosts)×\(containers)")
            }
        }
    }

    @Test func manyAreDrawnAsOne() throws {
        let figures = try Figures(of: topology(40))
        for figure in figures.both {
            #expect(figure.contains("40 containers <B>c1 … c40</B>"))
            #expect(!figure.contains("container:c7"))
        }
        #expect(figures.layer2.contains("10.1.0.11/24 … 10.1.0.50/24"))
        #expect(figures.layer2.contains("ports 1–40"))
        #expect(figures.layer3.contains(".11 … .50"))
    }

    @Test func aDozenAreDrawnEach() throws {
        for figure in try Figures(of: topology(12)).both {
            #expect((1...12).allSatisfy { figure.contains("host:host1/container:c\($0)\" [") })
        }
    }

    @Test func aContainerThatDiffersIsDrawnForItself() throws {
        let router = "      r: {forwarding: true, bridge: br0, address: 10.1.0.2/24}\n"
        let link = "      link: {p2p: 10.2.0.0/30, gateway: none}\n"
        for figure in try Figures(of: topology(20, more: router + link)).both {
            #expect(figure.contains("20 containers"))
            #expect(figure.contains("host:host1/container:r\" ["))
            #expect(figure.contains("host:host1/container:link\" ["))
        }
    }

    private func links(_ count: Int, more: String = "") -> String {
        let containers = (0..<count).map { "      c\($0 + 1): {p2p: 10.2.\($0 / 64).\($0 % 64 * 4)/30}\n" }.joined()
        return """
            topology: links
            runtime: netns
            hosts:
              host1:
                forwarding: true
                bridges:
                  br0: {address: 10.1.0.1/24}
                containers:
                  b: {bridge: br0, address: 10.1.0.2/24}
            \(containers)\(more)
            """
    }

    @Test func manyLinksAreDrawnAsOneWithTheirSubnets() throws {
        let figures = try Figures(of: links(100))
        for figure in figures.both {
            #expect(figure.contains("100 containers <B>c1 … c100</B>"))
            #expect(!figure.contains("container:c7") && !figure.contains("veth-c7\""))
        }
        #expect(figures.layer2.contains("100 point-to-point links <B>veth-c1 … veth-c100</B>"))
        #expect(figures.layer2.contains("10.2.0.1/30 … 10.2.1.141/30"))
        #expect(figures.layer2.contains("10.2.0.2/30 … 10.2.1.142/30"))
        #expect(
            figures.layer3.contains("10.2.0.0/30 … 10.2.1.140/30")
                && figures.layer3.contains("100 point-to-point links"))
        #expect(figures.layer3.ranges(of: "subnet:").count < 20)
    }

    @Test func aLinkThatDiffersIsDrawnForItself() throws {
        let larger = "      big: {p2p: 10.3.0.0/31}\n      slow: {p2p: 10.3.0.4/30, mtu: 1300}\n"
        for figure in try Figures(of: links(20, more: larger)).both {
            #expect(figure.contains("20 containers"))
            #expect(figure.contains("host:host1/container:big\" ["))
            #expect(figure.contains("host:host1/container:slow\" ["))
        }
    }

    @Test(.enabled(if: Drawing.isPossible, "Graphviz is not installed"))
    func aFoldedFigureDraws() throws {
        for figure in try Figures(of: topology(200)).both + Figures(of: links(200)).both {
            let drawing = try Drawing(figure)
            #expect(drawing.complaints == "")
            #expect(drawing.isWellFormed)
        }
    }
}
