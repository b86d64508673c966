import Testing
import TopoDiagnostics
import TopoLower
import TopoModel

@Suite("Routes")
struct RouteTests {
    /// Three hosts; `routes` are host1's.
    private func text(_ routes: String) -> String {
        """
        topology: t
        runtime: netns
        hosts:
          host1:
            nics: {eth0: {address: 172.16.1.1/24}, eth1: {address: 192.168.0.1/24}}
            routes: [\(routes)]
            bridges: {br0: {address: 10.1.0.1/24}}
            containers:
              c1: {bridge: br0, address: 10.1.0.11/24, routes: [{to: 10.9.0.0/16, via: c9, metric: 7}, {to: 10.8.0.0/16, dev: eth0}]}
              c9: {bridge: br0, address: 10.1.0.19/24}
          host2:
            nics: {eth0: {address: 172.16.1.2/24}}
          host3:
            nics: {eth0: {address: 192.168.7.3/24}}
        """
    }

    /// Host1's only route, in one line.
    private func route(_ route: String) throws -> String {
        let host = try #require(try Lowered(text(route)).sound().hosts.first)
        let route = try #require(host.routes.first)
        return "\(route.to.value) \(words(route.action))\(route.metric.map { " metric \($0.value)" } ?? "")"
    }

    private func words(_ action: Route.Action) -> String {
        switch action {
        case .via(let hop):
            "via \(hop.address)\(hop.name.map { " (\($0))" } ?? "")\(hop.onLink == nil ? "" : " on \(hop.device?.value ?? "")")"
        case .multipath(let hops):
            "via " + hops.map { "\($0.address)" + ($0.name.map { " (\($0))" } ?? "") }.joined(separator: " or ")
        case .dev(let name): "dev \(name.value)"
        case .unreachable: "unreachable"
        case .blackhole: "blackhole"
        }
    }

    @Test(
        "what is written, and what it means",
        arguments: [
            ("{to: default, via: 172.16.1.2}", "0.0.0.0/0 via 172.16.1.2"),
            ("{to: default, via: host2}", "0.0.0.0/0 via 172.16.1.2 (host2)"),
            ("{to: 10.0.0.0/8, via: host2, metric: 20}", "10.0.0.0/8 via 172.16.1.2 (host2) metric 20"),
            ("{to: 10.9.0.0/16, via: c9}", "10.9.0.0/16 via 10.1.0.19 (host1/c9)"),
            ("{to: 10.9.0.0/16, via: host1/c9, type: unicast}", "10.9.0.0/16 via 10.1.0.19 (host1/c9)"),
            ("{to: 10.9.0.0/16, via: [host2]}", "10.9.0.0/16 via 172.16.1.2 (host2)"),
            (
                "{to: default, via: [192.168.0.9, host2, c9], metric: 5}",
                "0.0.0.0/0 via 192.168.0.9 or 172.16.1.2 (host2) or 10.1.0.19 (host1/c9) metric 5"
            ),
            ("{to: default, via: [\"fd00::1\", \"fd00::2\"]}", "::/0 via fd00::1 or fd00::2"),
            ("{to: 10.9.0.0/16, dev: eth1}", "10.9.0.0/16 dev eth1"),
            ("{to: default, type: unreachable}", "0.0.0.0/0 unreachable"),
            ("{to: default, via: 192.0.2.1, dev: eth1, onlink: true}", "0.0.0.0/0 via 192.0.2.1 on eth1"),
            ("{to: default, via: 192.0.2.1, dev: eth1, onlink: false}", "0.0.0.0/0 via 192.0.2.1"),
            ("{to: 10.0.0.0/8, via: host3, dev: eth1, onlink: true}", "10.0.0.0/8 via 192.168.7.3 (host3) on eth1"),
        ])
    func forms(written: String, meant: String) throws {
        #expect(try route(written) == meant)
    }

    @Test("a container's routes")
    func ofContainer() throws {
        let host = try #require(try Lowered(text("")).sound().hosts.first)
        let routes = try #require(host.containers.first).routes
        #expect(routes.map { words($0.action) } == ["via 10.1.0.19 (host1/c9)", "dev eth0"])
        #expect(routes.first?.metric?.value == 7)
    }

    @Test(
        "what cannot be",
        arguments: [
            ("{via: 172.16.1.2}", "T0202 «{via: 172.16.1.2}» host1's route has no \"to\""),
            ("{to: default}", "T0202 «{to: default}» host1's route has no \"via\""),
            ("{to: default, via: host3}", "T0307 «host3» host1 and host3 share no subnet"),
            ("{to: default, via: host1}", "T0204 «host1» \"via\" names host1 itself, whose route it is"),
            ("{to: default, via: host9}", "T0210 «host9» unknown container or host \"host9\""),
            ("{to: default, via: eth0}", "T0210 «eth0» \"eth0\" is a NIC, not a container or a host"),
            (
                "{to: default, via: 172.16.1.2, dev: eth9}",
                "T0210 «eth9» unknown NIC, bridge, tunnel or VLAN interface \"eth9\" in host1"
            ),
            ("{to: default, via: 172.16.1.2, type: unreachable}", "T0205 «via» unreachable route has a next hop"),
            (
                "{to: default, dev: eth9}",
                "T0210 «eth9» unknown NIC, bridge, tunnel or VLAN interface \"eth9\" in host1"
            ),
            (
                "{to: default, dev: c1}",
                "T0210 «c1» \"c1\" is a container, not a NIC, a bridge, a tunnel or a VLAN interface"
            ),
            (
                "{to: default, type: prohibit}",
                "T0204 «prohibit» \"type\" must be unicast, unreachable or blackhole, found \"prohibit\""
            ),
            ("{to: 10.9.0.0/16, via: []}", "T0204 «via» \"via\" is an empty list"),
            ("{to: 10.9.0.0/16, via: [host2, host3]}", "T0307 «host3» host1 and host3 share no IPv4 subnet"),
            ("{to: default, via: [host2, 172.16.1.2]}", "T0205 «172.16.1.2» host1's route names 172.16.1.2 twice"),
            (
                "{to: default, via: [host2, \"fd00::1\"]}",
                "T0205 «\"fd00::1\"» host1's route has routers of both families"
            ),
            (
                "{to: 10.9.0.0/16, via: [host2, \"fd00::1\"]}",
                "T0204 «\"fd00::1\"» \"via\" is IPv6, and the destination is IPv4"
            ),
            (
                "{to: default, via: [192.0.2.1, 192.0.2.2], dev: eth1, onlink: true}",
                "T0205 «true» host1's route has \"onlink\" and several routers"
            ),
            ("default", "T0203 «default» host1's route must be a mapping, found \"default\""),
        ])
    func faults(route: String, expected: String) throws {
        #expect(try Lowered(text(route)).findings == [expected])
    }

    @Test("no shared subnet: both sides' subnets are shown")
    func sides() throws {
        let finding = try #require(try Lowered(text("{to: 10.0.0.0/8, via: host3}")).diagnostics.first)
        #expect(
            finding.notes == [
                "host1 is in 172.16.1.0/24, 192.168.0.0/24, 10.1.0.0/24", "host3 is in 192.168.7.0/24",
            ])
    }
}
