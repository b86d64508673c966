import RandomNumbers
import Testing
import TopoDiagnostics
import TopoDriver
import TopoForwarding
import TopoJSON
import TopoModel
import TopoPlan

@testable import TopoEmitReport

/// The page tells the way between any two containers from that between two of their classes: it must be the same.
@Suite struct ContainerClassTests {
    private static func classes(_ text: String) throws -> ContainerClasses {
        let source = SourceFile(path: "classes.topo", bytes: Array(text.utf8))
        let outcome = examine(source)
        let plan = try #require(outcome.output, "\(render(outcome.diagnostics, of: source, style: .plain))").plan
        return ContainerClasses(plan, predict(plan))
    }

    /// Three routers with bridges and links, and routes to some of the links at a time.
    private static let routed: String = {
        var text = "topology: t\nruntime: netns\nlans: {lan: {subnet: 172.16.0.0/24}}\nhosts:\n"
        for host in 1...3 {
            text += "  h\(host):\n    forwarding: true\n"
            text += "    nics: {eth0: {lan: lan, address: 172.16.0.\(host)/24}}\n"
            text += "    bridges: {br0: {address: 10.\(host).0.1/24}, br1: {address: 10.\(host).1.1/24}}\n    routes:\n"
            for other in 1...3 where other != host {
                text += "      - {to: 10.\(other).0.0/24, via: h\(other)}\n"
                text += "      - {to: 10.\(other).1.0/24, via: h\(other)}\n"
                text += "      - {to: 10.\(other).2.0/27, via: h\(other)}\n"
                text += "      - {to: 10.\(other).2.32/28, via: h\(other)}\n"
            }
            text += "    containers:\n"
            for number in 1...5 {
                text += "      a\(number): {bridge: br0, address: 10.\(host).0.\(number + 10)/24}\n"
                text += "      b\(number): {bridge: br1, address: 10.\(host).1.\(number + 10)/24}\n"
            }
            text += "      silent: {bridge: br0, address: 10.\(host).0.30/24, gateway: none}\n"
            // The /27 of the other hosts' routes holds the first eight of these links, the /28 the rest.
            for number in 0..<12 {
                let mtu = number == 11 ? ", mtu: 1400" : ""
                text += "      p\(number): {p2p: 10.\(host).2.\(number * 4)/30\(mtu)}\n"
            }
        }
        return text
    }()

    /// A VXLAN with containers on both ends, of IPv4, IPv6 or both.
    private static let bridged: String = {
        var text = "topology: t\nruntime: netns\nlans: {lan: {subnet: 172.16.0.0/24}}\nhosts:\n"
        for host in 1...2 {
            text += "  h\(host):\n    nics: {eth0: {lan: lan, address: 172.16.0.\(host)/24}}\n"
            text += "    tunnels: {vx0: {type: vxlan, vni: 7, group: 239.1.1.7, dev: eth0}}\n"
            text += "    bridges: {br0: {ports: [vx0]}}\n    containers:\n"
            for number in 1...4 {
                text += "      a\(number): {bridge: br0, address: 10.0.\(host).\(number)/16}\n"
                text +=
                    "      d\(number): {bridge: br0, addresses: [10.0.\(host).1\(number)/16, \"fd00::\(host)\(number)/64\"]}\n"
            }
        }
        return text
    }()

    @Test(arguments: [routed, bridged])
    func theWayBetweenTwoIsThatBetweenTheirClasses(text: String) throws {
        let classes = try Self.classes(text)
        #expect(classes.classes.count < classes.members.count / 2, "alike ones are found")
        let pairs = PairPaths(classes)
        var generator = Dice(seed: 7)
        var compared = 0
        for _ in 0..<600 {
            let (from, to) = (
                classes.classes.randomElement(using: &generator), classes.classes.randomElement(using: &generator)
            )
            guard let source = from?.randomElement(using: &generator),
                let target = to?.randomElement(using: &generator),
                source != target
            else { continue }
            let ends = (classes.members[source], classes.members[target])
            let numbers = [source, target].compactMap { one in classes.classes.firstIndex { $0.contains(one) } }
            let pair = try #require(pairs.pair(numbers[0], numbers[1]))
            for (index, family) in AddressFamily.allCases.enumerated() {
                let path = classes.path(ends.0, ends.1, family)
                let told = pair.paths[index].map(PathCode(source: pair.source, target: pair.target, .english).json)
                #expect(
                    told == path.map(PathCode(source: ends.0, target: ends.1, .english).json),
                    "\(ends.0.name) to \(ends.1.name)")
                compared += path == nil ? 0 : 1
            }
        }
        #expect(compared > 300)
    }

    /// The page's script reads a hop by its places: node, in by, out by, next hop, route, MTU, TTL, link.
    @Test func aHopSaysByWhichInterfaceAPacketComesAndLeaves() throws {
        let classes = try Self.classes(Self.routed)
        func member(_ host: String, _ name: String) throws -> ContainerClasses.Member {
            try #require(classes.members.first { $0.name == NodeName(host: host, container: name) })
        }
        let (source, target) = (try member("h1", "a1"), try member("h2", "b1"))
        let path = try #require(classes.path(source, target, .ipv4))
        let code = PathCode(source: source, target: target, .english).json(path)
        guard case .object(let members) = code,
            case .array(let hops)? = members.first(where: { $0.name == "hops" })?.value
        else {
            Issue.record("a path is an object with hops")
            return
        }
        let places = hops.map { hop -> [JSON] in if case .array(let parts) = hop { Array(parts.prefix(4)) } else { [] }
        }
        // 0 is the sender, 1 its interface, 10 and 11 the answerer and its own.
        #expect(
            places == [
                [.number(0), .nothing, .number(1), .string("10.1.0.1")],
                [.string("h1"), .string("br0"), .string("eth0"), .string("172.16.0.2")],
                [.string("h2"), .string("eth0"), .string("br1"), .number(13)],
                [.number(10), .number(11), .nothing, .nothing],
            ])
    }

    @Test func containersThatDifferAreInClassesOfTheirOwn() throws {
        let classes = try Self.classes(Self.routed)
        func place(_ host: String, _ name: String) throws -> Int {
            let member = try #require(
                classes.members.firstIndex { $0.name == NodeName(host: host, container: name) })
            return try #require(classes.classes.firstIndex { $0.contains(member) })
        }
        #expect(try place("h1", "a1") == place("h1", "a5"))
        #expect(try place("h1", "p0") == place("h1", "p7"))
        #expect(try place("h1", "p0") != place("h1", "p8"), "the others' route to p8 is another")
        #expect(try place("h1", "a1") != place("h1", "silent"), "it has no default route")
        #expect(try place("h1", "p8") == place("h1", "p10"))
        #expect(try place("h1", "p8") != place("h1", "p11"), "its link takes no packets as large")
        #expect(try place("h1", "a1") != place("h2", "a1"))
        #expect(try place("h1", "a1") != place("h1", "b1"))
    }
}
