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
            case .forwarding, .port, .container, .address, .route: break
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
        #expect(mtus(jumbo, host: 1) == ["eth0": 9000, "tun0": 8950, "br0": 8950, "c2:eth0": 8950])
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
