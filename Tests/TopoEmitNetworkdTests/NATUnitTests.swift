import Testing
import TopoEmit

/// With units, what a host does to addresses is there after a reboot.
@Suite struct NATUnitTests {
    private func units(_ nat: String) throws -> Units {
        try Units(
            """
            topology: net
            runtime: netns
            lans: {wire: {subnet: ["192.0.2.0/24", "2001:db8::/64"], gateway: 192.0.2.1}}
            hosts:
              host1:
                forwarding: true
                nics: {eth0: {lan: wire, addresses: [192.0.2.10/24, 192.0.2.11/24, "2001:db8::10/64"]}}
                bridges: {br0: {addresses: [10.1.0.1/24, "fd00::1/64"]}}
                containers: {c1: {bridge: br0, addresses: [10.1.0.11/24, "fd00::11/64"]}}
            \(nat)
            """)
    }

    @Test func theServiceReadsTheRulesAndDeletesTheTable() throws {
        let units = try units(
            """
                nat:
                  - {out: eth0, from: [10.1.0.0/25, 10.1.0.0/24], except: [198.51.100.0/24, 203.0.113.0/24], as: 192.0.2.11}
                  - {out: eth0}
                publish: [{in: eth0, tcp: 8080, to: c1, port: 80}, {in: eth0, udp: 53, to: c1}]
            """)
        let service = try #require(units.lines("host1/networkd/topoc-net-nat.service"))
        for line in [
            "PartOf=nftables.service", "After=nftables.service", "Type=oneshot", "RemainAfterExit=yes",
            "ExecStart=/usr/sbin/nft -f /etc/systemd/network/topoc-net-nat.nft",
            "ExecStop=-/usr/sbin/nft delete table inet topoc-net", "WantedBy=multi-user.target",
        ] {
            #expect(service.contains(line), "\(line)")
        }
        let pre = "add rule inet topoc-net prerouting iifname \"eth0\""
        let post = "add rule inet topoc-net postrouting"
        #expect(
            units.lines("host1/networkd/topoc-net-nat.nft") == [
                "add table inet topoc-net", "delete table inet topoc-net", "add table inet topoc-net",
                "add chain inet topoc-net prerouting { type nat hook prerouting priority dstnat - 5; }",
                "\(pre) ip daddr { 192.0.2.10, 192.0.2.11 } tcp dport 8080 dnat ip to 10.1.0.11:80",
                "\(pre) ip6 daddr 2001:db8::10 tcp dport 8080 dnat ip6 to [fd00::11]:80",
                "\(pre) ip daddr { 192.0.2.10, 192.0.2.11 } udp dport 53 dnat ip to 10.1.0.11:53",
                "\(pre) ip6 daddr 2001:db8::10 udp dport 53 dnat ip6 to [fd00::11]:53",
                "add chain inet topoc-net postrouting { type nat hook postrouting priority srcnat - 5; }",
                "\(post) fib saddr type local return",
                "\(post) oifname \"eth0\" ip saddr 192.0.2.0/24 return",
                "\(post) oifname \"eth0\" ip6 saddr 2001:db8::/64 return",
                "\(post) oifname \"eth0\" ip saddr 10.1.0.0/24 ip daddr != { 198.51.100.0/24, 203.0.113.0/24 } snat ip to 192.0.2.11",
                "\(post) oifname \"eth0\" meta nfproto ipv4 masquerade",
                "\(post) oifname \"eth0\" meta nfproto ipv6 masquerade",
            ])
        let install = try #require(units.lines("host1/networkd/install.sh")).map { line in
            String(line.drop { $0 == " " })
        }
        for call in ["place_nat topoc-net-nat", "need nft nftables", "need_nat"] {
            #expect(install.contains { $0 == call }, "\(call)")
        }
        #expect(
            install.contains { $0.hasPrefix("need_files ") && $0.hasSuffix("topoc-net-nat.nft topoc-net-nat.service") })
        // It has the mark of units, and is not one of an earlier build.
        #expect(install.contains { $0.hasPrefix("drop_others ") && $0.hasSuffix(" topoc-net-nat.nft") })
        let netplan = units.artifacts.first { $0.path == "host1/netplan/05-topoc.yaml" }?.contents ?? ""
        #expect(netplan.contains("- NAT: it is in ../networkd/"))
    }

    /// Where `br_netfilter` is loaded, frames without a tag pass the hooks as the bridge's: before they have a VLAN, and as they leave.
    @Test func aBridgeThatTellsVLANsApartIsAskedForThoseOfItsVLANs() throws {
        func rules(_ bridge: String) throws -> [String] {
            let units = try Units(
                """
                topology: net
                runtime: netns
                lans: {wire: {subnet: 192.0.2.0/24, gateway: 192.0.2.1}}
                hosts:
                  host1:
                    forwarding: true
                    nics: {eth0: {lan: wire}}
                    bridges: {br0: {\(bridge)}}
                    vlans: {br0.10: {link: br0, addresses: [10.1.0.1/24, "fd00::1/64"]}}
                    containers: {c1: {bridge: br0, vlan: 10, addresses: [10.1.0.11/24, "fd00::11/64"]}}
                    nat: [{out: br0, from: 10.1.0.0/24}]
                    publish: [{in: br0.10, tcp: 80, to: c1, port: 8080}, {in: br0, tcp: 80, to: c1, port: 8080}]
                """)
            let lines = try #require(units.lines("host1/networkd/topoc-net-nat.nft"))
            return lines.filter { $0.hasPrefix("add rule") }.map { $0.replacing("add rule inet topoc-net ", with: "") }
        }
        let own = "vlan-filtering: true, vlan: 20, address: 192.0.2.10/24, ports: {eth0: {vlan: 20}}"
        let (way, six) = ("fib saddr oifname \"br0.10\"", "dnat ip6 to [fd00::11]:8080")
        #expect(
            try rules(own) == [
                "prerouting iifname \"br0.10\" ip daddr 10.1.0.1 tcp dport 80 dnat ip to 10.1.0.11:8080",
                "prerouting iifname \"br0\" \(way) ip daddr 10.1.0.1 tcp dport 80 dnat ip to 10.1.0.11:8080",
                "prerouting iifname \"br0.10\" ip6 daddr fd00::1 tcp dport 80 \(six)",
                "prerouting iifname \"br0\" \(way) ip6 daddr fd00::1 tcp dport 80 \(six)",
                "prerouting iifname \"br0\" ip daddr 192.0.2.10 tcp dport 80 dnat ip to 10.1.0.11:8080",
                "postrouting fib saddr type local return",
                "postrouting oifname \"br0\" ip saddr 192.0.2.0/24 return",
                "postrouting oifname \"br0\" ip saddr 10.1.0.0/24 ip daddr 10.1.0.0/24 return",
                "postrouting oifname \"br0\" ip saddr 10.1.0.0/24 masquerade",
            ])
    }

    @Test func aHostWithoutTakesAnEarlierBuildsAway() throws {
        let units = try units("    routes: []")
        #expect(!units.paths.contains { $0.contains("-nat.") })
        let install = try #require(units.lines("host1/networkd/install.sh")).map { line in
            String(line.drop { $0 == " " })
        }
        #expect(install.contains("drop_nat ''") && !install.contains("need_nat"))
    }
}
