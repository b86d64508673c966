import Testing
import TopoDiagnostics
import TopoLower
import TopoModel

/// True where the model can read IPv6 addresses.
let readsIPv6 = (try? IPv6Address("2001:db8::1")) != nil

@Suite("IPv6", .enabled(if: readsIPv6))
struct IPv6Tests {
    /// Two hosts on a LAN, in both families, and one in IPv6 alone; `keys` are host1's.
    private func text(_ keys: String) -> String {
        """
        topology: t
        runtime: netns
        hosts:
          host1:
            nics: {eth0: {addresses: [172.16.1.1/24, "2001:db8:1::1/64"]}}
            bridges: {br0: {address: 10.1.0.1/24}}
            containers: {c9: {bridge: br0, address: 10.1.0.19/24}}
            \(keys)
          host2:
            nics: {eth0: {addresses: ["2001:db8:1::2/64", 172.16.1.2/24]}}
          host3:
            nics: {eth0: {address: "2001:db8:1::3/64"}}
        """
    }

    @Test(
        "a link's subnet gives both ends their addresses",
        arguments: [
            ("2001:db8::/127", "2001:db8::/127", "2001:db8::1/127"),
            ("2001:db8::4/126", "2001:db8::5/126", "2001:db8::6/126"),
            ("2001:db8::/64", "2001:db8::1/64", "2001:db8::2/64"),
            (
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"
            ),
        ])
    func linkEnds(subnet: String, host: String, container: String) throws {
        let text = "topology: t\nruntime: netns\nhosts: {h: {containers: {c1: {p2p: \"\(subnet)\"}}}}"
        let interface = try #require(try Lowered(text).sound().hosts.first?.containers.first?.interfaces.first)
        guard case .pointToPoint(let links) = interface.attachment else { return #expect(Bool(false)) }
        #expect(links.map(\.host.value.description) == [host])
        #expect(links.map(\.container.value.description) == [container])
    }

    @Test("a link for each family")
    func bothFamilies() throws {
        let link = "[10.2.0.8/30, {host: \"2001:db8::2/64\", container: \"2001:db8::1/64\"}]"
        let text = "topology: t\nruntime: netns\nhosts: {h: {containers: {c1: {p2p: \(link)}}}}"
        let interface = try #require(try Lowered(text).sound().hosts.first?.containers.first?.interfaces.first)
        #expect(interface.allAddresses.map(\.value.description) == ["10.2.0.10/30", "2001:db8::1/64"])
    }

    @Test(
        "a default route has its next hop's family, and a name the destination's",
        arguments: [
            ("{to: default, via: \"2001:db8:1::2\"}", "::/0", "2001:db8:1::2"),
            ("{to: default, via: host2}", "::/0", "2001:db8:1::2"),
            ("{to: \"2001:db8:2::/48\", via: host2}", "2001:db8:2::/48", "2001:db8:1::2"),
            ("{to: 10.0.0.0/8, via: host2}", "10.0.0.0/8", "172.16.1.2"),
        ])
    func routes(route: String, to: String, via: String) throws {
        let read = try #require(try Lowered(text("routes: [\(route)]")).sound().hosts.first?.routes.first)
        guard case .via(let hop) = read.action else { return #expect(Bool(false)) }
        #expect([read.to.value.description, hop.address.description] == [to, via])
    }

    @Test(
        "families that do not go together",
        arguments: [
            (
                "routes: [{to: \"2001:db8:2::/48\", via: 172.16.1.2}]",
                "T0204 «172.16.1.2» \"via\" is IPv4, and the destination is IPv6"
            ),
            ("routes: [{to: \"2001:db8:2::/48\", via: c9}]", "T0307 «c9» host1 and host1/c9 share no IPv6 subnet"),
            (
                "tunnels: {t1: {type: gretap, local: 172.16.1.1, remote: \"2001:db8:1::3\"}}",
                "T0205 «\"2001:db8:1::3\"» host1's tunnel \"t1\" has an IPv4 and an IPv6 end"
            ),
            (
                "tunnels: {t1: {type: vxlan, vni: 1, local: 172.16.1.1, remotes: [\"2001:db8:1::3\"]}}",
                "T0205 «\"2001:db8:1::3\"» host1's tunnel \"t1\" has an IPv4 and an IPv6 end"
            ),
        ])
    func mixedFamilies(keys: String, expected: String) throws {
        #expect(try Lowered(text(keys)).findings == [expected])
    }

    @Test("gretap's ends in IPv6")
    func gretap() throws {
        let keys = "tunnels: {a: {type: gretap, local: \"2001:db8:1::1\", remote: \"2001:db8:1::3\"}}"
        let tunnels = try #require(try Lowered(text(keys)).sound().hosts.first?.tunnels)
        guard case .gretap(let end, nil) = tunnels[0].kind else { return #expect(Bool(false)) }
        #expect(end.host == "host3")
        #expect(tunnels[0].local?.value.family == .ipv6)
    }

    @Test("a VXLAN's far end by its IPv6 address, and an IPv6 group")
    func tunnels() throws {
        let keys = """
            tunnels: {a: {type: vxlan, vni: 1, remotes: [host2, "2001:db8:1::3"]}, \
            b: {type: vxlan, vni: 2, group: "ff05::42", dev: eth0}}
            """
        let tunnels = try #require(try Lowered(text(keys)).sound().hosts.first?.tunnels)
        guard case .vxlan(_, .remotes(let ends), _) = tunnels[0].kind else { return #expect(Bool(false)) }
        #expect(ends.map(\.host) == ["host2", "host3"])
    }

    @Test("an unreachable default route in IPv6 is ::/0")
    func unreachable() throws {
        let read = try Lowered(text("routes: [{to: \"::/0\", type: blackhole}]")).sound().hosts.first?.routes.first
        #expect(read?.to.value.description == "::/0")
    }
}
