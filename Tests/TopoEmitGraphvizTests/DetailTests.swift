import Testing
import TopoEmitGraphviz

/// Which MACs and MTUs a figure shows.
@Suite struct DetailTests {
    private static let topology = """
        topology: details
        runtime: netns
        lans:
          lan: {subnet: 172.16.1.0/24}
          jumbo: {subnet: 172.16.2.0/24, mtu: 9000}
        hosts:
          host1:
            forwarding: true
            nics:
              eth0: {lan: lan, address: 172.16.1.1/24, mac: "02:00:00:00:00:07"}
              eth1: {lan: jumbo, address: 172.16.2.1/24}
            bridges:
              br0: {address: 10.1.0.1/24}
            containers:
              c1: {bridge: br0, address: 10.1.0.11/24}
              c2: {p2p: 10.2.0.0/30}
              c3: {bridge: br0, address: 10.1.0.12/24, mac: "02:00:00:00:00:08"}

        """

    /// What is to be seen without pointing at anything.
    private func shown(_ options: FigureOptions, in notation: FigureNotation = .dot) throws -> String {
        try Figures.draw(Self.topology, options, in: notation).replacing(/tooltip="[^"]*"/, with: "")
    }

    private func macs(_ figure: String) -> Set<String> {
        Set(figure.matches(of: /[0-9a-f]{2}(:[0-9a-f]{2}){5}/).map { String($0.0) })
    }

    private func mtus(_ figure: String) -> Set<String> { Set(figure.matches(of: /MTU \d+/).map { String($0.0) }) }

    @Test func whatIsUnremarkableIsLeftOut() throws {
        let figure = try shown(FigureOptions())
        #expect(macs(figure) == ["02:00:00:00:00:07", "02:00:00:00:00:08"])
        #expect(mtus(figure) == ["MTU 9000"])
    }

    @Test func allAreShownWhereAsked() throws {
        let figure = try shown(FigureOptions(macs: .all, mtus: .all))
        // Those given, of the bridge, of c1 and its end in the host, of c2 and its, and of c3's.
        #expect(macs(figure).count == 2 + 1 + 2 + 2 + 1)
        #expect(mtus(figure) == ["MTU 1500", "MTU 9000"])
        #expect(
            figure.matches(of: /MTU 1500/).count == 2 + 1 + 1 + 3,
            "a LAN, a NIC, a link's end, a bridge, containers")
    }

    @Test func noneAreShownWhereAsked() throws {
        let figure = try shown(FigureOptions(macs: .none, mtus: .none))
        #expect(macs(figure).isEmpty && mtus(figure).isEmpty)
    }

    /// A container that forwards is drawn as a router, by its ground too.
    @Test func aContainerThatForwardsLooksLikeARouter() throws {
        let figure = try Figures.draw(
            Self.topology.replacing("c3: {", with: "c3: {forwarding: true, "), FigureOptions())
        let grounds = try ["c1", "c2", "c3"].map { name in
            let start = try #require(figure.firstRange(of: "\"host:host1/container:\(name)\" [label=")).upperBound
            return try #require(figure[start...].firstMatch(of: /BGCOLOR="(#[0-9a-f]{6})"/)).1
        }
        #expect(grounds[0] == grounds[1] && grounds[1] != grounds[2], "\(grounds)")
    }

    @Test func otherNotationsLeaveOutTheSameMTUs() throws {
        for notation in [FigureNotation.mermaid, .d2] {
            #expect(mtus(try shown(FigureOptions(), in: notation)) == ["MTU 9000"])
            #expect(mtus(try shown(FigureOptions(mtus: .all), in: notation)) == ["MTU 1500", "MTU 9000"])
            #expect(mtus(try shown(FigureOptions(mtus: .none), in: notation)).isEmpty)
        }
    }

    @Test func pointingAtAThingTellsAll() throws {
        let figure = try Figures.draw(Self.topology, FigureOptions(macs: .none, mtus: .none))
        #expect(mtus(figure) == ["MTU 1500", "MTU 9000"] && macs(figure).contains("02:00:00:00:00:07"))
    }

    @Test func anOverlaysMTUIsThatOfItsTunnels() throws {
        for (mtus, isShown) in [(Details.automatic, true), (.all, true), (.none, false)] {
            let figure = try Figures.draw(FigureTests.mixed, FigureOptions(view: .overlay, mtus: mtus))
            #expect(figure.replacing(/tooltip="[^"]*"/, with: "").contains("MTU 1450") == isShown)
        }
    }

    @Test func severalTunnelsAreToldApartWithoutColour() throws {
        let two = FigureTests.mixed.replacing(
            "dev: eth0}\n", with: "dev: eth0}\n      vx1: {type: vxlan, vni: 43, group: 239.1.1.43, dev: eth0}\n"
        )
        .replacing("{ports: [vx0]}", with: "{ports: [vx0]}\n      br7: {ports: [vx1]}")
        let figure = try Figures.draw(two, FigureOptions())
        let pipes = figure.split(separator: "\n").filter { $0.contains("class=\"pipe\"") }
        let styles = pipes.compactMap { $0.firstMatch(of: /style=(\w+)/).map { String($0.1) } }
        #expect(styles == ["solid", "solid", "dashed", "dashed"])
        for vni in ["VNI 42", "VNI 43"] { #expect(figure.matches(of: try Regex(">\(vni)|/>\(vni)")).count == 2) }
        let alone = try Figures.draw(FigureTests.mixed, FigureOptions())
        #expect(!alone.split(separator: "\n").contains { $0.contains("class=\"pipe\"") && $0.contains("style=") })
        #expect(try Figures.draw(two, FigureOptions(), in: .mermaid).contains("VNI 43"))
    }
}
