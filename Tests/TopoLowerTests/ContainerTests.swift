import Testing
import TopoDiagnostics
import TopoLower
import TopoModel

@Suite("Containers")
struct ContainerTests {
    /// The containers of a host with bridge `br0`, from the lines below `containers:`.
    private func containers(_ lines: String) throws -> [Container] {
        let indented = lines.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
        let text = hostText("bridges: {br0: {address: 10.1.0.1/24}}\ncontainers:\n\(indented)")
        return try #require(try Lowered(text).sound().hosts.first).containers
    }

    @Test("the short form has one interface, eth0")
    func short() throws {
        let container = try #require(
            try containers(
                """
                c1: {bridge: br0, address: 10.1.0.2/24, mac: 02:00:00:00:00:09, mtu: 1300, gateway: 10.1.0.1,
                  forwarding: true, image: x, runtime: netns, persist: false, description: d}
                """
            ).first)
        #expect(container.interfaces.map(\.name.value) == ["eth0"])
        let interface = try #require(container.interfaces.first)
        guard case .bridge(let bridge) = interface.attachment else { return #expect(Bool(false)) }
        #expect(bridge.value == "br0")
        #expect(interface.addresses.map(\.value.description) == ["10.1.0.2/24"])
        #expect(interface.mac?.value.description == "02:00:00:00:00:09")
        #expect(interface.mtu?.value == 1300)
        #expect(container.runtime == .netns)
        #expect(container.image?.value == "x")
        #expect(container.persist?.value == false)
        #expect(container.forwarding?.value == true)
        #expect(container.description == "d")
        guard case .routers(let gateways) = container.gateway else { return #expect(Bool(false)) }
        #expect(gateways.map(\.address.description) == ["10.1.0.1"])
    }

    @Test("several interfaces, in the order of the file")
    func long() throws {
        let container = try #require(
            try containers(
                "r1: {interfaces: {wan: {p2p: 10.2.0.0/30}, lan: {bridge: br0, description: in}}, gateway: none}"
            ).first)
        #expect(container.interfaces.map(\.name.value) == ["wan", "lan"])
        #expect(container.interfaces[1].description == "in")
        guard case .none = container.gateway else { return #expect(Bool(false)) }
    }

    @Test(
        "a link's subnet gives both ends their addresses",
        arguments: [
            ("10.2.0.0/30", "10.2.0.1/30", "10.2.0.2/30"),
            ("10.2.0.4/31", "10.2.0.4/31", "10.2.0.5/31"),
            ("10.2.0.0/24", "10.2.0.1/24", "10.2.0.2/24"),
            ("255.255.255.255/32", "255.255.255.255/32", "255.255.255.255/32"),
        ])
    func linkEnds(subnet: String, host: String, container: String) throws {
        let interface = try #require(try containers("c1: {p2p: \"\(subnet)\"}").first?.interfaces.first)
        guard case .pointToPoint(let links) = interface.attachment else { return #expect(Bool(false)) }
        #expect(links.map(\.host.value.description) == [host])
        #expect(links.map(\.container.value.description) == [container])
        #expect(links.map(\.host.span) == links.map(\.container.span))
        #expect(interface.addresses.isEmpty)
    }

    @Test("a link in full, and as a list")
    func links() throws {
        let read = try containers(
            """
            c1: {p2p: {host: 10.2.0.5/30, container: 10.2.0.6/30}}
            c2: {p2p: [10.2.0.8/30]}
            """)
        let addresses = read.map { $0.interfaces.flatMap(\.allAddresses).map(\.value.description) }
        #expect(addresses == [["10.2.0.6/30"], ["10.2.0.10/30"]])
    }

    @Test("runtime and image: its own, its host's, the topology's")
    func inheritance() throws {
        let topology = try Lowered(
            """
            topology: t
            runtime: lxd
            image: a
            hosts:
              h1: {runtime: docker, image: b, bridges: {br0: }, containers: {c1: {bridge: br0}, c2: {bridge: br0, runtime: netns, image: c}}}
              h2: {bridges: {br0: }, containers: {c3: {bridge: br0}}}
            """
        ).sound()
        let containers = topology.hosts.flatMap(\.containers)
        #expect(containers.map(\.runtime) == [.docker, .netns, .lxd])
        #expect(containers.map { $0.image?.value } == ["b", "c", "a"])
    }

    @Test(
        "what excludes each other, and what is missing",
        arguments: [
            (
                "c1: {bridge: br0, p2p: 10.2.0.0/30}",
                ["T0205 «p2p» host1's container \"c1\" has both \"bridge\" and \"p2p\""]
            ),
            (
                "c1: {p2p: 10.2.0.0/30, address: 10.2.0.2/30}",
                ["T0205 «address» host1's container \"c1\" has an address besides \"p2p\""]
            ),
            (
                "c1: {mtu: 1400, interfaces: {eth0: {bridge: br0}}}",
                ["T0205 «mtu» host1's container \"c1\" has \"mtu\" beside \"interfaces\""]
            ),
            (
                "c1: {address: 10.2.0.2/30}",
                [
                    "T0202 «c1» host1's container \"c1\" has neither \"bridge\", \"network\" nor \"p2p\", and no \"interfaces\""
                ]
            ),
            (
                "c1: {interfaces: {eth0: {mtu: 1400}}}",
                ["T0202 «eth0» c1's interface \"eth0\" has neither \"bridge\", \"network\" nor \"p2p\""]
            ),
            ("c1: {brdge: br0}", ["T0201 «brdge» unknown key \"brdge\" in host1's container \"c1\""]),
            ("c1: {p2p: []}", ["T0204 «[]» \"p2p\" is an empty list"]),
            ("c1: {p2p: {host: 10.2.0.1/30}}", ["T0202 «p2p» c1's point-to-point link has no \"container\""]),
            (
                "c1: {p2p: [10.2.0.0/30, 10.2.0.4/30]}",
                ["T0205 «10.2.0.4/30» host1's container \"c1\" has two IPv4 subnets on one link"]
            ),
            (
                "c1: {bridge: br0, gateway: [10.1.0.1, 10.1.0.2]}",
                ["T0205 «10.1.0.2» host1's container \"c1\" has two IPv4 gateways"]
            ),
            ("c1: {bridge: br0, gateway: nobody}", ["T0210 «nobody»"]),
            ("c1: br0", ["T0203 «br0» host1's container \"c1\" must be a mapping, found \"br0\""]),
        ])
    func faults(line: String, expected: [String]) throws {
        let text = hostText("bridges: {br0: {address: 10.1.0.1/24}}\ncontainers:\n  \(line)")
        let found = try Lowered(text).findings
        #expect(found.count == expected.count)
        for (one, other) in zip(found, expected) { #expect(one.hasPrefix(other)) }
    }

    @Test("containers that need an image and have none are reported once")
    func missingImage() throws {
        let text = "topology: t\nhosts: {h1: {bridges: {br0: }, containers: {c1: {bridge: br0}, c2: {bridge: br0}}}}"
        #expect(try Lowered(text).findings == ["T0202 «c1» 2 containers have no image: c1 and c2"])
        #expect(try Lowered("runtime: netns\n" + text).findings == [])
    }
}
