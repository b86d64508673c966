import Testing
import TopoEmitGraphviz
import TopoModel

/// A packet's way is drawn over the figure, each line of it and no other.
@Suite struct TrailTests {
    /// c1 in host1 to c2 in host2, through the VXLAN.
    private static let trail = Trail(
        [
            ("c1", "host1", "eth0", true), (nil, "host1", "veth-c1", false), (nil, "host1", "br0", false),
            (nil, "host1", "vx0", false), (nil, "host1", "eth0", true), (nil, "host2", "eth0", true),
            (nil, "host2", "vx0", false), (nil, "host2", "br0", false), (nil, "host2", "veth-c2", false),
            ("c2", "host2", "eth0", true),
        ].map { container, host, interface, isRouted in
            Trail.Point(InterfaceName(host: host, container: container, interface: interface), isRouted: isRouted)
        })

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

    @Test func otherNotationsLightItToo() throws {
        let options = FigureOptions(trail: Self.trail)
        let mermaid = try Figures.draw(FigureTests.mixed, options, in: .mermaid)
        #expect(mermaid.split(separator: "\n").count { $0.contains("linkStyle") } >= 8)
        let d2 = try Figures.draw(FigureTests.mixed, options, in: .d2)
        #expect(
            d2.contains(
                "\"host host1\".\"container c1\" -- \"host host1\".\"bridge br0\": \"veth-c1\" {style: {stroke: \"#d6006c\""
            ))
    }
}
