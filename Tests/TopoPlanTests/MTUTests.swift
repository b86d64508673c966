import Testing
import TopoModel
import TopoPlan

@Suite struct MTUTests {
    /// The MTUs of a host's interfaces, by name, those in containers as `c1:eth0`.
    private func mtus(_ topology: Topology, host: Int = 0) -> [String: Int] {
        var mtus: [String: Int] = [:]
        for planned in plan(topology).hosts[host].objects {
            switch planned.object {
            case .nic(let nic): mtus[nic.name] = nic.mtu.value
            case .bridge(let bridge): mtus[bridge.name] = bridge.mtu.value
            case .tunnel(let tunnel): mtus[tunnel.name] = tunnel.mtu.value
            case .veth(let veth): mtus["\(veth.container):\(veth.interface)"] = veth.mtu.value
            case .forwarding, .vlan, .port, .container, .address, .route, .announcement, .nat: break
            }
        }
        return mtus
    }

    @Test func greTakes38BytesAnd4MoreForAKey() throws {
        let plain = try tunnelled { .gretap(remote: end($0), key: nil) }
        #expect(mtus(plain) == ["eth0": 1500, "tun0": 1462, "br0": 1462, "c1:eth0": 1462])
        let keyed = try tunnelled { .gretap(remote: end($0), key: at(7)) }
        #expect(mtus(keyed)["c1:eth0"] == 1458)
    }

    @Test func vxlanTakes50Bytes() throws {
        let group = try IPAddress("239.1.1.42")
        let topology = try tunnelled { _ in .vxlan(vni: at(42), flood: .group(at(group)), port: nil) }
        #expect(mtus(topology) == ["eth0": 1500, "tun0": 1450, "br0": 1450, "c1:eth0": 1450])
        let jumbo = try tunnelled(mtu: 9000) { .vxlan(vni: at(42), flood: .remotes([end($0)]), port: nil) }
        #expect(mtus(jumbo, host: 1) == ["eth0": 9000, "tun0": 1500, "br0": 1500, "c2:eth0": 1500])
    }

    /// Who raises the underlay keeps Ethernet's 1500 inside; more must be written.
    @Test(arguments: [(1549, nil, 1499), (1550, nil, 1500), (1600, nil, 1500), (9000, 9000, 9000), (9000, 1600, 1600)])
    func anOverlayHasMoreThan1500WhereThatIsWritten(underlay: Int, bridge: Int?, overlay: Int) throws {
        let topology = try tunnelled(mtu: underlay) { .vxlan(vni: at(42), flood: .remotes([end($0)]), port: nil) }
        var hosts = topology.hosts
        hosts[1] = Host(
            name: hosts[1].name, nics: hosts[1].nics,
            bridges: [Bridge(name: at("br0"), ports: [at("tun0")], mtu: bridge.map { at($0) })],
            tunnels: hosts[1].tunnels, containers: hosts[1].containers)
        let changed = Topology(name: topology.name, runtime: .netns, lans: topology.lans, hosts: hosts)
        #expect(mtus(changed)["c1:eth0"] == min(overlay, underlay - 50))
        #expect(mtus(changed)["eth0"] == underlay)
    }

    @Test func whatIsWrittenForOnePartHoldsForTheSegment() throws {
        let topology = try tunnelled { .gretap(remote: end($0), key: nil) }
        var hosts = topology.hosts
        hosts[1] = Host(
            name: hosts[1].name, nics: hosts[1].nics,
            bridges: [Bridge(name: at("br0"), ports: [at("tun0")], mtu: at(1400))], tunnels: hosts[1].tunnels,
            containers: hosts[1].containers)
        let changed = Topology(name: topology.name, runtime: .netns, lans: topology.lans, hosts: hosts)
        #expect(mtus(changed)["c1:eth0"] == 1400)
    }

    @Test func overIPv6GreTakes58BytesAndVXLAN70() throws {
        let underlay = [["2001:db8::1/64"], ["2001:db8::2/64"]]
        let gre = try tunnelled(underlay: underlay) { .gretap(remote: end($0), key: nil) }
        #expect(mtus(gre) == ["eth0": 1500, "tun0": 1442, "br0": 1442, "c1:eth0": 1442])
        let keyed = try tunnelled(underlay: underlay) { .gretap(remote: end($0), key: at(7)) }
        #expect(mtus(keyed, host: 1)["c2:eth0"] == 1438)
        let vxlan = try tunnelled(underlay: underlay) { .vxlan(vni: at(42), flood: .remotes([end($0)]), port: nil) }
        #expect(mtus(vxlan)["c1:eth0"] == 1430)
        let group = try IPAddress("ff05::42")
        let multicast = try tunnelled(underlay: underlay) { _ in
            .vxlan(vni: at(42), flood: .group(at(group)), port: nil)
        }
        #expect(mtus(multicast)["c1:eth0"] == 1430)
    }

    @Test(arguments: [(1500, 1400, 1362), (1400, 1500, 1362), (9000, 1500, 1462)])
    func theSmallestLANOnTheWayCountsAtBothEnds(west: Int, east: Int, overlay: Int) throws {
        let topology = try routedUnderlay(west: west, east: east)
        #expect(mtus(topology) == ["eth0": west, "tun0": overlay, "br0": overlay, "c1:eth0": overlay])
        #expect(mtus(topology, host: 1) == ["eth0": west, "eth1": east])
        #expect(mtus(topology, host: 2) == ["eth0": east, "tun0": overlay, "br0": overlay, "c2:eth0": overlay])
    }

    /// A hub on LAN west with a tunnel to a spoke there and one to a spoke behind the router.
    @Test func theLeastOfAllTunnelsHoldsForTheSegment() throws {
        let routed = try routedUnderlay(west: 1500, east: 1400)
        let (hub, spoke) = (routed.hosts[0], "host4")
        let hosts =
            [
                Host(
                    name: hub.name, nics: hub.nics,
                    bridges: [Bridge(name: at("br0"), ports: [at("tun0"), at("tun1")])],
                    tunnels: hub.tunnels
                        + [Tunnel(name: at("tun1"), kind: .gretap(remote: end(spoke), key: nil))],
                    routes: hub.routes, containers: hub.containers)
            ] + routed.hosts.dropFirst() + [
                Host(
                    name: at(spoke),
                    nics: [NIC(name: at("eth0"), lan: at("west"), addresses: [try address("172.16.1.4/24")])],
                    bridges: [Bridge(name: at("br0"), ports: [at("tun0")])],
                    tunnels: [Tunnel(name: at("tun0"), kind: .gretap(remote: end("host1"), key: nil))],
                    containers: [try bridged("c4", "br0", "10.0.0.14/24")])
            ]
        let topology = Topology(name: routed.name, runtime: .netns, lans: routed.lans, hosts: hosts)
        #expect(mtus(topology)["tun1"] == 1362)
        #expect(mtus(topology, host: 2)["c2:eth0"] == 1362)
        #expect(mtus(topology, host: 3) == ["eth0": 1500, "tun0": 1362, "br0": 1362, "c4:eth0": 1362])
    }

    @Test func bothEndsChooseTheSameAddresses() throws {
        let topology = try tunnelled(underlay: [["172.16.1.1/24", "fd00::1/64"], ["fd00::2/64", "172.16.1.2/24"]]) {
            .gretap(remote: end($0), key: nil)
        }
        let ends = plan(topology).hosts.map { host -> [String] in
            host.objects.flatMap { planned -> [String] in
                guard case .tunnel(let tunnel) = planned.object, case .gretap(let remote, _) = tunnel.kind else {
                    return []
                }
                return ["\(tunnel.local.map { "\($0.value)" } ?? "-")", "\(remote.value)"]
            }
        }
        #expect(ends == [["172.16.1.1", "172.16.1.2"], ["172.16.1.2", "172.16.1.1"]])
    }

    @Test func tunnelEndsAreTheHostsAddressesOnTheLANTheyShare() throws {
        let topology = try tunnelled { .gretap(remote: end($0), key: nil) }
        let tunnel = try #require(
            plan(topology).hosts[1].objects.compactMap {
                if case .tunnel(let tunnel) = $0.object { tunnel } else { nil }
            }
            .first)
        #expect(tunnel.local?.value == (try IPAddress("172.16.1.2")))
        guard case .gretap(let remote, _) = tunnel.kind else { return #expect(Bool(false), "no gretap") }
        #expect(remote.value == (try IPAddress("172.16.1.1")))
        #expect(remote.isDerived)
    }
}
