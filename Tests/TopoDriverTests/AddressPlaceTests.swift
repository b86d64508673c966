import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// Addresses in other places than NICs, bridges and containers' interfaces: what the files say of them.
@Suite struct AddressPlaceTests {
    private func files(_ name: String) throws -> [String: String] {
        let path = Fixtures.root.appendingPathComponent("Tests/Fixtures/Kernel/\(name).topo")
        return try files(text: String(contentsOf: path, encoding: .utf8))
    }

    private func files(text: String) throws -> [String: String] {
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        let outcome = try compile(source, templates: builtIn.get())
        #expect(outcome.diagnostics.isEmpty, "\(render(outcome.diagnostics, of: source, style: .plain))")
        let artifacts = try #require(outcome.output).artifacts
        return Dictionary(artifacts.map { ($0.path, $0.contents) }, uniquingKeysWith: { first, _ in first })
    }

    /// The commands of a host, a long one in one line.
    private func commands(_ files: [String: String], _ host: String = "host1") throws -> [String] {
        try #require(files["\(host)/plain.sh"]).replacing(/\ \\\n\ +/, with: " ").split(separator: "\n").map(
            String.init)
    }

    @Test func aTunnelBetweenLoopbackAddressesGoesByNoInterface() throws {
        let files = try files("loopback")
        let commands = try commands(files)
        let tunnel = try #require(commands.first { $0.contains("type vxlan") })
        #expect(tunnel.hasSuffix("type vxlan id 10 local 10.255.0.1 dstport 4789"))
        // 1,450 is what the LAN that the packets go over leaves.
        #expect(tunnel.contains(" mtu 1450 "))
        // The tunnel's end is there before the tunnel.
        let loopback = try #require(commands.firstIndex(of: "ip address add 10.255.0.1/32 dev lo"))
        #expect(try loopback < #require(commands.firstIndex(of: tunnel)))
        #expect(commands.contains("ip netns exec c1 ip address add 10.254.0.1/32 dev lo"))
        let netplan = try #require(files["host1/netplan/05-topoc.yaml"])
        #expect(netplan.contains("    lo:\n      addresses: [\"10.255.0.1/32\", \"fd00:255::1/128\"]\n"))
    }

    @Test func theReportTheFigureAndTheJSONShowThem() throws {
        let files = try files("loopback")
        let json = try #require(files["topology.json"].map { Data($0.utf8) })
        let root = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
        let hosts = try #require(root["hosts"] as? [[String: Any]])
        #expect(hosts[0]["loopback"] as? [String] == ["10.255.0.1/32", "fd00:255::1/128"])
        let containers = try #require(hosts[0]["containers"] as? [[String: Any]])
        #expect(containers[0]["loopback"] as? [String] == ["10.254.0.1/32"])
        #expect(try #require(hosts[1]["containers"] as? [[String: Any]])[0]["loopback"] == nil)
        #expect(try #require(files.first { $0.key.hasSuffix("l3.dot") }?.value).contains("lo 10.254.0.1"))
        let runbook = try #require(files["RUNBOOK.md"])
        #expect(runbook.contains("10.254.0.1/32") && runbook.contains("10.255.0.3/32"))
    }

    @Test func aTunnelWithAnAddressIsUsed() throws {
        let commands = try commands(files("tunnel-address"))
        let up = try #require(commands.firstIndex(of: "ip link set dev vx1 up"))
        #expect(try up < #require(commands.firstIndex(of: "ip address add 10.0.0.1/29 dev vx1")))
    }

    @Test func aNextHopOnTheLinkIsSaidToBeSo() throws {
        let files = try files("next-hops-on-link")
        let route = "ip route replace 10.9.0.0/24 via 192.0.2.1 dev eth0 metric 5 onlink"
        #expect(try commands(files).contains(route))
        let netplan = try #require(files["host1/netplan/05-topoc.yaml"])
        #expect(netplan.contains("{to: \"10.9.0.0/24\", via: \"192.0.2.1\", on-link: true, metric: 5}"))
    }

    /// What configures the container when it starts again repeats it.
    @Test func aContainersOwnFilesHaveItsLoopbackAddress() throws {
        let files = try files(
            text: """
                topology: t
                runtime: lxd
                image: images:debian/12
                hosts:
                  host1:
                    forwarding: true
                    bridges: {br0: {address: 10.1.0.1/24}}
                    routes: [{to: 10.254.0.1/32, via: c1}]
                    containers:
                      c1: {bridge: br0, address: 10.1.0.11/24, loopback: 10.254.0.1/32, routes: [{to: 10.9.0.0/16, via: 10.1.0.1, dev: eth0, onlink: true}]}

                """)
        let script = try #require(files["host1/up.sh"]).replacing(/\ \\\n\ +/, with: " ")
        #expect(script.contains("'    up ip address replace 10.254.0.1/32 dev lo'"))
        #expect(script.contains("Name=lo"))
        #expect(script.contains("'    lo:'"))
        #expect(script.contains("'    up ip route replace 10.9.0.0/16 via 10.1.0.1 dev eth0 onlink'"))
        #expect(script.contains("on-link: true"))
    }
}
