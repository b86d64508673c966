import Testing
import TopoDiagnostics
import TopoLower
import TopoModel

@Suite("Tunnels")
struct TunnelTests {
    /// Three hosts on a LAN; `tunnel` is host1's tunnel `t1`.
    private func text(_ tunnel: String) -> String {
        """
        topology: t
        hosts:
          host1: {nics: {eth0: {address: 172.16.1.1/24}}, tunnels: {t1: \(tunnel)}}
          host2: {nics: {eth0: {address: 172.16.1.2/24}}}
          host3: {nics: {eth0: {address: 172.16.1.3/24}}}
        """
    }

    private func tunnel(_ tunnel: String) throws -> Tunnel {
        try #require(try Lowered(text(tunnel)).sound().hosts.first?.tunnels.first)
    }

    @Test("gretap, by name and by addresses")
    func gretap() throws {
        let byName = try tunnel("{type: gretap, remote: host2, key: 4294967295, ttl: 64, mtu: 1400, description: d}")
        guard case .gretap(let remote, let key) = byName.kind else { return #expect(Bool(false)) }
        #expect(remote.host == "host2")
        #expect(remote.address == nil)
        #expect(key?.value == 4_294_967_295)
        #expect(byName.ttl?.value == 64)
        #expect(byName.mtu?.value == 1400)
        #expect(byName.description == "d")
        let byAddress = try tunnel("{type: gretap, local: 172.16.1.1, remote: 172.16.1.2, dev: eth0}")
        guard case .gretap(let end, nil) = byAddress.kind else { return #expect(Bool(false)) }
        #expect(end.host == "host2")
        #expect(end.address?.description == "172.16.1.2")
        #expect(byAddress.local?.value.description == "172.16.1.1")
        #expect(byAddress.dev?.value == "eth0")
    }

    @Test("an address that no host has is a far end of nobody's")
    func foreignAddress() throws {
        let kind = try tunnel("{type: gretap, remote: 198.51.100.1}").kind
        guard case .gretap(let end, _) = kind else { return #expect(Bool(false)) }
        #expect(end.host == nil)
    }

    @Test("VXLAN through a group, and to each far end")
    func vxlan() throws {
        let multicast = try tunnel("{type: vxlan, vni: 16777215, group: 239.1.1.42, dev: eth0, port: 8472}").kind
        guard case .vxlan(let vni, .group(let group), let port) = multicast else { return #expect(Bool(false)) }
        #expect(vni.value == 16_777_215)
        #expect(group.value.description == "239.1.1.42")
        #expect(port?.value == 8472)
        let unicast = try tunnel("{type: vxlan, vni: 1, remotes: [host2, 172.16.1.3]}").kind
        guard case .vxlan(_, .remotes(let ends), nil) = unicast else { return #expect(Bool(false)) }
        #expect(ends.map(\.host) == ["host2", "host3"])
        let single = try tunnel("{type: vxlan, vni: 1, remote: host2}").kind
        guard case .vxlan(_, .remotes(let one), _) = single else { return #expect(Bool(false)) }
        #expect(one.map(\.host) == ["host2"])
    }

    @Test(
        "what cannot be",
        arguments: [
            ("{remote: host2}", "T0202 «t1» host1's tunnel \"t1\" has no \"type\""),
            ("{type: gre, remote: host2}", "T0204 «gre» \"type\" must be gretap or vxlan, found \"gre\""),
            ("{type: gretap}", "T0202 «t1» host1's tunnel \"t1\" has no \"remote\""),
            (
                "{type: gretap, remote: host2, vni: 4}",
                "T0205 «vni» host1's tunnel \"t1\" is gretap, which has no \"vni\""
            ),
            (
                "{type: gretap, remotes: [host2]}",
                "T0205 «remotes» host1's tunnel \"t1\" is gretap, which has no \"remotes\""
            ),
            ("{type: gretap, remote: host1}", "T0204 «host1» \"remote\" is host1 itself, whose tunnel it is"),
            ("{type: gretap, remote: 172.16.1.1}", "T0204 «172.16.1.1» \"remote\" is host1 itself, whose tunnel it is"),
            ("{type: gretap, remote: 239.1.1.1}", "T0204 «239.1.1.1» \"remote\" is 239.1.1.1, a multicast address"),
            ("{type: gretap, remote: 172.16.1.300}", "T0301 «172.16.1.300»"),
            ("{type: gretap, remote: host4}", "T0210 «host4» unknown host \"host4\""),
            (
                "{type: gretap, remote: host2, dev: t1}",
                "T0204 «t1» \"dev\" of host1's tunnel \"t1\" is the tunnel itself"
            ),
            ("{type: vxlan, remotes: [host2]}", "T0202 «t1» host1's tunnel \"t1\" has no \"vni\""),
            (
                "{type: vxlan, vni: 0, remotes: [host2]}",
                "T0204 «0» \"vni\" is 0, which is not a number from 1 to 16777215"
            ),
            ("{type: vxlan, vni: 16777216, remotes: [host2]}", "T0204 «16777216» \"vni\" is 16777216, which is not"),
            ("{type: vxlan, vni: 1}", "T0202 «t1» host1's tunnel \"t1\" has neither \"group\" nor \"remotes\""),
            (
                "{type: vxlan, vni: 1, group: 239.1.1.1}",
                "T0202 «group» host1's tunnel \"t1\" has \"group\" without \"dev\""
            ),
            (
                "{type: vxlan, vni: 1, group: 10.0.0.1, dev: eth0}",
                "T0204 «10.0.0.1» \"group\" is 10.0.0.1, which is not a multicast address"
            ),
            (
                "{type: vxlan, vni: 1, group: 239.1.1.1, dev: eth0, remotes: [host2]}",
                "T0205 «remotes» host1's tunnel \"t1\" has both \"group\" and \"remotes\""
            ),
            ("{type: vxlan, vni: 1, remotes: []}", "T0204 «remotes» host1's tunnel \"t1\" has no far ends"),
            (
                "{type: vxlan, vni: 1, remotes: [host2, host2]}",
                "T0217 «host2» host1's tunnel \"t1\" has a far end twice"
            ),
            (
                "{type: vxlan, vni: 1, remotes: [host2], key: 1}",
                "T0205 «key» host1's tunnel \"t1\" is vxlan, which has no \"key\""
            ),
            (
                "{type: vxlan, vni: 1, remotes: [host2], ttl: 0}",
                "T0204 «0» \"ttl\" is 0, which is not a number from 1 to 255"
            ),
            ("{type: vxlan, vni: 1, remotes: [host2], port: 65536}", "T0204 «65536» \"port\" is 65536"),
        ])
    func faults(tunnel: String, expected: String) throws {
        let findings = try Lowered(text(tunnel)).findings
        #expect(findings.count == 1, "\(findings)")
        #expect(findings.first?.hasPrefix(expected) == true, "\(findings)")
    }
}
