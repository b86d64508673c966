import Testing
import TopoEmitGraphviz
import TopoModel

/// A packet's way is drawn over the figure, each line of it and no other.
@Suite struct TrailTests {
    /// c1 in host1 to c2 in host2, through the VXLAN.
    private static let there: [Trail.Point] = [
        ("c1", "host1", "eth0", true, true), (nil, "host1", "veth-c1", false, false),
        (nil, "host1", "vx0", false, true), (nil, "host1", "eth0", true, true), (nil, "host2", "eth0", true, false),
        (nil, "host2", "vx0", false, false), (nil, "host2", "veth-c2", false, true),
        ("c2", "host2", "eth0", true, false),
    ].map { container, host, interface, isRouted, isLeaving in
        Trail.Point(
            InterfaceName(host: host, container: container, interface: interface), isRouted: isRouted,
            isLeaving: isLeaving)
    }

    private static let trail = Trail(there: there)

    /// The same with its answer, by the same way.
    private static let bothWays = Trail(
        there: there,
        back: there.reversed().map { Trail.Point($0.interface, isRouted: $0.isRouted, isLeaving: !$0.isLeaving) })

    /// The lines of one colour as `tail > head` by the arrow on them, without the ports.
    private func arrows(_ figure: String, _ colour: String) -> Set<String> {
        Set(
            figure.split(separator: "\n").filter { $0.contains(" -- ") && $0.contains("color=\"\(colour)\"") }.map {
                line in
                let ends = line.prefix { $0 != "[" }.replacing("\"", with: "").replacing(
                    /:[snewaip0-9]+\b(?= |$)/, with: ""
                )
                .replacing(/:(v[0-9a-f]+|[pia]\d+)\b(?= |$)/, with: "").split(separator: " ").filter { $0 != "--" }
                return line.contains("dir=forward") ? "\(ends[0]) > \(ends[1])" : "\(ends[1]) > \(ends[0])"
            })
    }

    @Test(arguments: [FigureView.layer2, .layer3, .underlay, .overlay])
    func theAnswersArrowsPointTheOtherWay(view: FigureView) throws {
        let figure = try Figures.draw(FigureTests.mixed, FigureOptions(view: view, trail: Self.bothWays))
        let there = arrows(figure, Theme.light.trail)
        #expect(there.count >= 2)
        let turned = there.map { arrow in
            arrow.split(separator: " > ").reversed().joined(separator: " > ")
        }
        #expect(arrows(figure, Theme.light.trailBack) == Set(turned))
        let identifiers = figure.matches(of: /id="([^"]*)"/).map { String($0.1) }
        #expect(Set(identifiers).count == identifiers.count, "each arrow has its own")
        for line in figure.split(separator: "\n") where line.contains(Theme.light.trailBack) {
            #expect(line.contains("style=dashed"), "colour alone says nothing")
        }
    }

    @Test func arrowsPointWhereThePacketGoes() throws {
        let layer2 = try Figures.draw(FigureTests.mixed, FigureOptions(trail: Self.trail))
        #expect(
            arrows(layer2, Theme.light.trail) == [
                "host:host1/container:c1 > host:host1/bridge:br0", "host:host1/bridge:br0 > host:host1/tunnel:vx0",
                "host:host1/tunnel:vx0 > host:host1/nic:eth0", "host:host1/stack:ip > host:host1/nic:eth0",
                "host:host1/nic:eth0 > lan:internal", "host:host1/tunnel:vx0 > overlay",
                "overlay > host:host2/tunnel:vx0", "lan:internal > host:host2/nic:eth0",
                "host:host2/nic:eth0 > host:host2/tunnel:vx0", "host:host2/tunnel:vx0 > host:host2/bridge:br0",
                "host:host2/bridge:br0 > host:host2/container:c2",
            ])
        let layer3 = try Figures.draw(FigureTests.mixed, FigureOptions(view: .layer3, trail: Self.trail))
        #expect(
            arrows(layer3, Theme.light.trail) == [
                "host:host1/container:c1 > subnet:10.0.0.0-24", "subnet:10.0.0.0-24 > host:host2/container:c2",
                "host:host1 > subnet:172.16.1.0-24", "subnet:172.16.1.0-24 > host:host2",
            ])
    }

    @Test func aFigureWithoutATrailHasNoArrows() throws {
        for view in [FigureView.layer2, .layer3] {
            #expect(!(try Figures.draw(FigureTests.mixed, FigureOptions(view: view))).contains(" dir="))
        }
    }

    private func lit(_ figure: String) -> Set<String> {
        Set(
            figure.split(separator: "\n").filter { $0.contains(" -- ") && $0.contains(Theme.light.trail) }.compactMap {
                $0.firstMatch(of: /id="([^"]*)"/).map { String($0.1) }
            })
    }

    @Test func layer2LightsTheWayThroughTheTunnel() throws {
        let figure = try Figures.draw(FigureTests.mixed, FigureOptions(trail: Self.trail))
        #expect(
            lit(figure) == [
                "l2/host:host1/container:c1/interface:eth0", "l2/host:host1/port:vx0", "l2/host:host1/carrier:vx0",
                "l2/host:host1/ip:eth0", "l2/host:host1/plug:eth0", "l2/overlay:1/host:host1/tunnel:vx0",
                "l2/overlay:1/host:host2/tunnel:vx0", "l2/host:host2/plug:eth0", "l2/host:host2/carrier:vx0",
                "l2/host:host2/port:vx0", "l2/host:host2/container:c2/interface:eth0",
            ])
    }

    @Test func layer3LightsWhereIPIs() throws {
        let figure = try Figures.draw(FigureTests.mixed, FigureOptions(view: .layer3, trail: Self.trail))
        #expect(
            lit(figure) == [
                "l3/host:host1/container:c1/interface:eth0/subnet:10.0.0.0-24",
                "l3/host:host2/container:c2/interface:eth0/subnet:10.0.0.0-24",
                "l3/host:host1/interface:eth0/subnet:172.16.1.0-24",
                "l3/host:host2/interface:eth0/subnet:172.16.1.0-24",
            ])
    }

    @Test func aFoldedContainersWayIsLit() throws {
        let figure = try Figures.draw(FigureTests.mixed, FigureOptions(folding: .above(1), trail: Self.trail))
        #expect(lit(figure).contains("l2/host:host1/container:c1/interface:eth0"))
        #expect(lit(try Figures.draw(FigureTests.mixed, FigureOptions())).isEmpty)
    }

    @Test func otherNotationsHaveAnArrowForEachWay() throws {
        let options = FigureOptions(trail: Self.bothWays)
        let mermaid = try Figures.draw(FigureTests.mixed, options, in: .mermaid).split(separator: "\n")
        let styles = mermaid.filter { $0.contains("linkStyle") }
        #expect(styles.count >= 16 && styles.count { $0.contains("stroke-dasharray") } == styles.count / 2)
        #expect(styles.count == mermaid.count { $0.contains("->") || $0.contains("=>") })
        let d2 = try Figures.draw(FigureTests.mixed, options, in: .d2)
        let ends = [
            "\"host host1\".\"container c1\" ", " \"host host1\".\"bridge br0\": \"veth-c1\" {style: {stroke: \"",
        ]
        #expect(d2.contains("\(ends[0])->\(ends[1])\(Theme.light.trail)"))
        #expect(d2.contains("\(ends[0])<-\(ends[1])\(Theme.light.trailBack)"))
    }

    /// A container's interface may be called like one of its host.
    @Test func aContainersInterfaceIsNotItsHosts() throws {
        let point = Trail.Point(
            InterfaceName(host: "host1", container: "c1", interface: "eth0"), isRouted: true, isLeaving: true)
        let d2 = try Figures.draw(FigureTests.mixed, FigureOptions(trail: Trail(there: [point])), in: .d2)
        #expect(d2.contains("\"host host1\".\"container c1\" -> \"host host1\".\"bridge br0\""))
    }
}
