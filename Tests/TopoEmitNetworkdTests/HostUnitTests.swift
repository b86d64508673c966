import Testing
import TopoEmit

/// What a host's units say.
@Suite struct HostUnitTests {
    private static let statics = ["LinkLocalAddressing=no", "IPv6AcceptRA=no", "ConfigureWithoutCarrier=yes"]

    @Test func aNICHasItsAddressesRoutesMACAndMTU() throws {
        let units = try Units(
            """
            topology: net
            runtime: netns
            lans:
              wire: {subnet: 172.16.1.0/24, mtu: 9000}
            hosts:
              host1:
                forwarding: true
                nics:
                  eth0: {lan: wire, addresses: [172.16.1.1/24, "fd00::1/64"], mac: "02:00:00:00:00:01"}
                  eth1: {}
                routes:
                  - {to: default, via: host2}
                  - {to: 10.0.0.0/8, metric: 7, type: unreachable}
                  - {to: "fd01::/64", via: "fd00::2"}
              host2:
                nics: {eth0: {lan: wire, addresses: [172.16.1.2/24, "fd00::2/64"]}}

            """)
        #expect(
            units["eth0.network"] == [
                "[Match]", "Name=eth0", "[Link]", "MACAddress=02:00:00:00:00:01", "MTUBytes=9000", "[Network]",
                "IPv6AcceptRA=no", "ConfigureWithoutCarrier=yes",
                "[Address]", "Address=172.16.1.1/24", "Broadcast=no", "[Address]", "Address=fd00::1/64",
                "[Route]", "Destination=0.0.0.0/0", "Gateway=172.16.1.2", "Protocol=boot",
                "[Route]", "Destination=10.0.0.0/8", "Type=unreachable", "Metric=7", "Protocol=boot",
                "[Route]", "Destination=fd01::/64", "Gateway=fd00::2", "Protocol=boot",
            ])
        // Of eth1 nothing is said, so it is left to whoever has it.
        #expect(!units.paths.contains { $0.contains("eth1") })
        #expect(
            units.lines("host1/networkd/60-topoc-net.conf") == [
                "net.ipv4.ip_forward = 1", "net.ipv6.conf.all.forwarding = 1",
            ])
        #expect(!units.paths.contains("host2/networkd/60-topoc-net.conf"))
    }

    /// Two hosts with the ends of a VXLAN, more said of host1.
    private static func overlay(_ host1: String) -> String {
        topology(host1) + """
                tunnels: {vx1: {type: vxlan, vni: 7, remote: host1, address: 10.0.0.2/30}}
                routes: [{to: 10.255.0.1/32, via: host1}]

            """
    }

    /// systemd-networkd would wait for a VXLAN's interface, and one between loopback addresses has none.
    @Test func loopbackAddressesAreOfALoopbackUnitAndTheTunnelBetweenThemOfNoInterface() throws {
        let units = try Units(
            Self.overlay(
                """
                loopback: [10.255.0.1/32, "fd00::1/128"]
                gateway: host2
                routes: [{to: 10.9.0.0/16, via: 192.0.2.9, dev: eth0, onlink: true}, {to: 10.8.0.0/16, type: blackhole}]
                tunnels: {vx1: {type: vxlan, vni: 7, local: 10.255.0.1, remote: 172.16.1.2, address: 10.0.0.1/30}}
                """))
        #expect(
            units["lo.network"] == [
                "[Match]", "Name=lo", "[Network]", "Address=10.255.0.1/32", "Address=fd00::1/128",
            ])
        let nic = try #require(units["eth0.network"])
        #expect(nic.contains("GatewayOnLink=yes"))
        #expect(!nic.contains("VXLAN=vx1"))
        // Routes by no interface are with the first that is there to carry packets.
        #expect(nic.contains("Type=blackhole"))
        #expect(nic.suffix(4) == ["[Route]", "Destination=0.0.0.0/0", "Gateway=172.16.1.2", "Protocol=boot"])
        #expect(try #require(units["vx1.netdev"]).contains("Independent=yes"))
        let tunnel = try #require(units["vx1.network"])
        #expect(tunnel.contains("Address=10.0.0.1/30"))
        #expect(!tunnel.contains { $0.hasPrefix("Bridge=") })
    }

    @Test func aTunnelOfAnInterfaceIsNotIndependent() throws {
        let units = try Units(
            Self.overlay("tunnels: {vx1: {type: vxlan, vni: 7, remote: 172.16.1.2, address: 10.0.0.1/30}}"))
        #expect(units["eth0.network"]?.contains("VXLAN=vx1") == true)
        #expect(units["vx1.netdev"]?.contains("Independent=yes") == false)
    }

    /// The kernel finds a router behind a route by device; the unit of that interface has the route.
    @Test func aRouteIsOfTheInterfaceThatItsRouterIsBehind() throws {
        let units = try Units(
            """
            topology: net
            runtime: netns
            lans: {wire: {}}
            hosts:
              host1:
                nics: {eth0: {lan: wire, addresses: [172.16.1.1/24, "fd00::1/64"]}, eth1: {lan: wire}}
                routes:
                  - {to: 192.0.2.1/32, dev: eth1}
                  - {to: default, via: 192.0.2.1}
                  - {to: "fd01::/64", via: "fe80::9", dev: eth1}
                  - {to: 10.0.0.0/8, via: 172.16.1.2}
              host2:
                nics: {eth0: {lan: wire, addresses: [172.16.1.2/24, 192.0.2.1/32, "fe80::9/64"]}}

            """)
        func gateways(_ name: String) -> [String] { (units[name] ?? []).filter { $0.hasPrefix("Gateway=") } }
        #expect(gateways("eth1.network") == ["Gateway=192.0.2.1", "Gateway=fe80::9"])
        #expect(gateways("eth0.network") == ["Gateway=172.16.1.2"])
    }

    /// Containers alone give it no carrier, and duplicate address detection would wait for one.
    @Test func aBridgeForContainersAloneDetectsNoDuplicates() throws {
        func address(ports: String) throws -> [String] {
            let units = try Units(
                """
                topology: net
                runtime: netns
                hosts:
                  host1:
                    nics: {eth1: {}}
                    bridges: {br0: {ports: \(ports), addresses: [10.1.0.1/24, "fd01::1/64"]}}
                    containers: {c1: {bridge: br0, address: "fd01::11/64"}}

                """)
            return try #require(units["br0.network"]).filter { !Self.statics.contains($0) }
        }
        let all = [
            "[Match]", "Name=br0", "[Network]", "[Address]", "Address=10.1.0.1/24", "Broadcast=no", "[Address]",
            "Address=fd01::1/64",
        ]
        #expect(try address(ports: "[eth1]") == all)
        #expect(try address(ports: "[]") == all + ["DuplicateAddressDetection=none"])
    }

    @Test func aBridgeHasItsSettingsAndPorts() throws {
        let units = try Units(
            """
            topology: net
            runtime: netns
            lans:
              wire: {subnet: 10.0.0.0/24}
            hosts:
              host1:
                nics: {eth0: {lan: wire}}
                bridges:
                  br0: {ports: [eth0], stp: true, address: 10.0.0.1/24, mac: "02:00:00:00:00:0b"}
                containers: {c1: {bridge: br0, address: 10.0.0.11/24}}
              host2:
                nics: {eth0: {lan: wire, address: 10.0.0.2/24}}

            """)
        #expect(
            units["br0.netdev"] == [
                "[NetDev]", "Name=br0", "Kind=bridge", "MACAddress=02:00:00:00:00:0b", "[Bridge]", "STP=yes",
            ])
        #expect(
            units["br0.network"] == ["[Match]", "Name=br0", "[Network]"] + Self.statics + [
                "[Address]", "Address=10.0.0.1/24", "Broadcast=no",
            ])
        let port = ["[Link]", "RequiredForOnline=no", "[Network]", "Bridge=br0"]
        #expect(units["eth0.network"] == ["[Match]", "Name=eth0"] + port)
        // Whoever makes the container puts its link into the bridge.
        #expect(units["veth-c1.network"] == nil)
    }

    @Test(arguments: [("topoc", true, true), ("lxd", true, true), ("existing", false, false)])
    func bridgesOfOthersAreTheirs(manager: String, hasNetdev: Bool, hasNetwork: Bool) throws {
        let text = topology("bridges: {br0: {managed-by: \(manager)}}\ncontainers: {}")
        let units = try Units(text.replacing("runtime: netns", with: "runtime: lxd"))
        #expect((units["br0.netdev"] != nil) == hasNetdev)
        #expect((units["br0.network"] != nil) == hasNetwork)
        let addressed = topology("bridges: {br0: {managed-by: \(manager), address: 10.0.0.1/24}}\ncontainers: {}")
        #expect(try Units(addressed)["br0.network"]?.contains("Address=10.0.0.1/24") == true)
    }

    /// Its MTU is for whoever made it, though the LAN's is another.
    @Test(arguments: [("topoc", true), ("lxd", true), ("existing", false)])
    func theMTUOfABridgeOfOthersIsTheirs(manager: String, isSet: Bool) throws {
        let text = """
            topology: net
            runtime: netns
            lans: {wire: {subnet: 10.0.0.0/24, mtu: 9000}}
            hosts:
              host1:
                nics: {eth0: {lan: wire}}
                bridges: {br0: {managed-by: \(manager), ports: [eth0], address: 10.0.0.1/24}}
              host2:
                nics: {eth0: {lan: wire, address: 10.0.0.2/24}}

            """
        let lines = try #require(try Units(text)["br0.network"])
        #expect(lines.contains("MTUBytes=9000") == isSet)
        #expect(lines.contains("Address=10.0.0.1/24"))
    }

    @Test func aPointToPointLinkIsMatchedByItsNameAlone() throws {
        let units = try Units(topology("forwarding: true\ncontainers: {c1: {p2p: 10.2.0.0/30}}"))
        #expect(
            units["veth-c1.network"] == ["[Match]", "Name=veth-c1", "[Network]"] + Self.statics + [
                "[Address]", "Address=10.2.0.1/30", "Broadcast=no",
            ])
    }

    @Test func gretapWithKeyAndTTL() throws {
        let text = """
            tunnels: {gre1: {type: gretap, remote: host2, key: 7, ttl: 64}}
            bridges: {br0: {ports: [gre1]}}
            """
        let peer = topology(text).replacing(
            "172.16.1.2/24\"}}\n",
            with: """
                172.16.1.2/24"}}
                    tunnels: {gre1: {type: gretap, remote: host1, key: 7, ttl: 64}}
                    bridges: {br0: {ports: [gre1]}}

                """)
        let netdev = try #require(try Units(peer)["gre1.netdev"])
        #expect(netdev.prefix(3) == ["[NetDev]", "Name=gre1", "Kind=gretap"])
        #expect(
            netdev.dropFirst(4) == [
                "[Tunnel]", "Local=172.16.1.1", "Remote=172.16.1.2", "Key=7", "TTL=64", "Independent=yes",
            ])
        #expect(
            try Units(peer)["gre1.network"] == [
                "[Match]", "Name=gre1", "[Link]", "MTUBytes=1458", "RequiredForOnline=no", "[Network]", "Bridge=br0",
            ])
    }

    @Test func vxlanIsRequestedByItsInterface() throws {
        func text(_ flood: String, _ other: String) -> String {
            topology("tunnels: {vx0: {type: vxlan, vni: 42, \(flood)}}\nbridges: {br0: {ports: [vx0]}}").replacing(
                "172.16.1.2/24\"}}\n",
                with: """
                    172.16.1.2/24"}}
                        tunnels: {vx0: {type: vxlan, vni: 42, \(other)}}
                        bridges: {br0: {ports: [vx0]}}

                    """)
        }
        let group = try Units(text("group: 239.1.1.42, dev: eth0, ttl: 3", "group: 239.1.1.42, dev: eth0, ttl: 3"))
        #expect(group["eth0.network"]?.contains("VXLAN=vx0") == true)
        #expect(
            group["vx0.netdev"]?.dropFirst(4) == [
                "[VXLAN]", "VNI=42", "Group=239.1.1.42", "DestinationPort=4789", "TTL=3", "UDPChecksum=yes",
            ])
        let unicast = try Units(text("remotes: [host2], port: 8472", "remotes: [host1], port: 8472"))
        #expect(unicast["eth0.network"]?.contains("VXLAN=vx0") == true)
        #expect(
            unicast["vx0.netdev"]?.dropFirst(4) == [
                "[VXLAN]", "VNI=42", "Local=172.16.1.1", "DestinationPort=8472", "UDPChecksum=yes",
            ])
        #expect(
            unicast["vx0.network"]?.suffix(3) == [
                "[BridgeFDB]", "MACAddress=00:00:00:00:00:00", "Destination=172.16.1.2",
            ])
    }

    @Test func namesAndTextsOfATopologyAreNoMoreThanThat() throws {
        let text = topology("bridges: {br+@x: {address: 10.0.0.1/24}}")
            .replacing(
                "title: A net", with: "title: \"% [Match] Name=* \\\\\"")
        let units = try Units(text)
        #expect(units.lines("host1/networkd/05-topoc-br+2b+40x.network")?[1] == "Name=br+@x")
        #expect(units.lines("host1/networkd/05-topoc-br+2b+40x.netdev")?[1] == "Name=br+@x")
        for artifact in units.artifacts {
            let lines = artifact.contents.split(separator: "\n")
            #expect(!lines.contains { $0.contains("% [Match]") && !$0.hasPrefix("# ") }, "\(artifact.path)")
        }
    }
}
