import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// Networks that work, though a careless reading of the kernel's rules says otherwise: nothing is an error, and their own
/// checks are predicted to hold. A new case is a new file.
@Suite struct NetworkFixtureTests {
    private static let folder = Fixtures.root.appendingPathComponent("Tests/Fixtures/Networks")

    @Test(arguments: Fixtures.names(in: folder, ending: "topo"))
    func isNoError(name: String) throws {
        let compilation = try Self.compiled(name)
        #expect(!compilation.isWrong)
    }

    @Test func theOverlaysMTUFollowsTheRouteOfTheLeastMetric() throws {
        // A long command goes on in the next line.
        let script = try Self.script("underlay-by-metric", "near").replacing(/\ \\\n\ +/, with: " ")
        #expect(script.contains(" mtu 1262"))
        #expect(!script.contains(" mtu 1462"))
    }

    @Test func aWrittenDefaultRouteIsTheOnlyOne() throws {
        let script = try Self.script("written-default", "host1")
        #expect(script.contains("route replace default via 10.1.0.12"))
        #expect(script.contains("route replace default via fd01::12"))
        #expect(!script.contains("netns exec pc1 ip route replace default via 10.1.0.1 "))
        #expect(!script.contains("netns exec pc1 ip -6 route replace default via fd01::1 "))
    }

    @Test func aTunnelsEndsAreNotInTheSegmentThatItExtends() throws {
        #expect(try Self.script("remote-by-name", "left").contains("dev vx7 dst 192.0.2.135"))
        #expect(try Self.script("remote-by-name", "right").contains("dev vx7 dst 192.0.2.7"))
    }

    @Test func aTunnelsOwnEndIsWhereTheOtherSendsTo() throws {
        // A long command goes on in the next line.
        let script = try Self.script("underlay-by-metric", "near").replacing(/\ \\\n\ +/, with: " ")
        #expect(script.contains("type gretap remote 10.9.0.1 local 172.16.1.1"))
    }

    /// A ping to an address that somebody nearer has says nothing about who was meant.
    @Test func nothingIsSaidOfAnAddressThatSomebodyElseAnswersFor() throws {
        let check = try #require(
            Self.compiled("two-tenants").artifacts.first { $0.path == "host1/check.sh" }
        ).contents
        #expect(check.contains("red1 red2 10.0.0.2"))
        #expect(check.contains("blue2 blue1 10.0.0.1"))
        #expect(!check.contains("reaches_not"))
        #expect(!check.contains("red1 blue2"))
    }

    /// A bridge that is there already gets ports; its MAC and its MTU are its own. What is made for it has its MTU.
    @Test func aBridgeThatExistsIsLeftAsItIs() throws {
        let commands = try Self.commands("kinds-of-hosts", "near")
        #expect(
            commands.filter { $0.contains(" br1") } == [
                "ip link set dev br1 up", "brctl addif br1 eth1", "brctl addif br1 b", "brctl addif br1 veth-n2",
            ])
        for link in ["ip link set dev eth1 mtu 1400", "ip link add name b ", "ip link add name veth-n2 "] {
            #expect(commands.contains { $0.hasPrefix(link) && $0.contains("mtu 1400") }, "\(link)")
        }
        let files = try Self.compiled("kinds-of-hosts").artifacts
        #expect(!files.contains { $0.path.hasPrefix("near/networkd/") && $0.path.contains("-br1.") })
        let port = try #require(files.first { $0.path == "near/networkd/05-topoc-eth1.network" }).contents
        #expect(port.contains("\nMTUBytes=1400\n") && port.contains("\nBridge=br1\n"))
    }

    /// Two tunnels between two hosts: each end has the key of the other end of its bridge, in whatever order they stand.
    @Test func tunnelsMeetByTheirKeys() throws {
        let compilation = try Self.compiled("kinds-of-hosts")
        for host in ["near", "far"] {
            let made = try Self.commands("kinds-of-hosts", host)
            for (name, key) in [("a", 1), ("b", 2)] {
                #expect(made.contains { $0.hasPrefix("ip link add name \(name) ") && $0.hasSuffix(" key \(key)") })
            }
        }
        let check = try #require(compilation.artifacts.first { $0.path == "near/check.sh" }).contents
        #expect(check.contains("  reaches n1 f1 10.0.0.2\n") && check.contains("  reaches n2 f2 10.0.1.2\n"))
        #expect(!check.contains(" reaches n1 f2"))
    }

    /// A host forwards before it has addresses, since that is when the kernel takes router advertisements or not; its routes
    /// come last, when there is a way to their routers.
    @Test func forwardingComesFirstAndRoutesLast() throws {
        for (host, route) in [
            ("near", "2001:db8:3::/64 via 2001:db8:1::2"), ("far", "2001:db8:2::/64 via 2001:db8:1::1"),
        ] {
            let commands = try Self.commands("kinds-of-hosts", host)
            #expect(
                commands.prefix(2) == [
                    "sysctl -q -w net.ipv4.ip_forward=1", "sysctl -q -w net.ipv6.conf.all.forwarding=1",
                ])
            #expect(commands.last == "ip -6 route replace \(route)")
        }
    }

    /// Docker's container is without a network of Docker's, has IPv6 before its link, and its link before its addresses.
    @Test func aContainerOfDockersIsMadeThenPluggedThenAddressed() throws {
        let commands = try Self.commands("kinds-of-hosts", "far")
        let marks = [
            "docker create --name f3 --hostname f3 --network none ", "docker start f3",
            "sysctl -q -w net.ipv6.conf.all.disable_ipv6=0", "ip link add name veth-f3 ", "brctl addif br2 veth-f3",
            "ip address add 2001:db8:3::2/64 dev eth0", "default via 2001:db8:3::1",
        ]
        let places = marks.map { mark in commands.lastIndex { $0.contains(mark) } }
        #expect(!places.contains(nil) && places.compactMap { $0 } == places.compactMap { $0 }.sorted(), "\(places)")
    }

    /// The commands of a host's `plain.sh`, each on one line.
    private static func commands(_ name: String, _ host: String) throws -> [String] {
        let plain = try #require(compiled(name).artifacts.first { $0.path == "\(host)/plain.sh" }).contents
        let lines = plain.replacing(/\ \\\n\ +/, with: " ").split(separator: "\n").map(String.init)
        return Array(lines.drop { $0 != "set -e" }.dropFirst().filter { !$0.hasPrefix("#") })
    }

    private static func compiled(_ name: String) throws -> Compilation {
        let bytes = try Data(contentsOf: folder.appendingPathComponent("\(name).topo"))
        let source = SourceFile(path: "\(name).topo", bytes: Array(bytes))
        let outcome = try compile(source, templates: builtIn.get())
        return try #require(outcome.output, "\(render(outcome.diagnostics, of: source, style: .plain))")
    }

    private static func script(_ name: String, _ host: String) throws -> String {
        try #require(compiled(name).artifacts.first { $0.path == "\(host)/up.sh" }).contents
    }
}
