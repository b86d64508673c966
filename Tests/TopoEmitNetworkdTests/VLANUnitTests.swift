import Testing
import TopoEmit

/// What units say of VLANs, and what netplan's drop-ins say for it.
@Suite struct VLANUnitTests {
    private func units() throws -> Units {
        try Units(
            """
            topology: net
            runtime: netns
            lans: {wire: {mtu: 1400}}
            hosts:
              host1:
                nics: {eth0: {lan: wire}}
                bridges:
                  br0: {vlan-filtering: true, vlan: 5, address: 10.0.5.1/24, ports: {eth0: {vlan: 5, tagged: [10, 20-29]}}}
                  br30: {ports: [v30]}
                vlans:
                  br0.10: {link: br0, address: 10.0.10.1/24, mac: "02:00:00:00:00:0a"}
                  v30: {link: eth0, id: 30}
                  eth0.40: {link: eth0, address: 10.0.40.1/24}
                containers:
                  c1: {bridge: br30, address: 10.0.30.11/24}
              host2:
                nics: {eth0: {lan: wire}}
                vlans: {eth0.10: {link: eth0, address: 10.0.10.2/24}, eth0.30: {link: eth0, address: 10.0.30.2/24}, eth0.40: {link: eth0, address: 10.0.40.2/24}}
            """)
    }

    @Test func aVLANInterfaceIsMadeOnItsLink() throws {
        let units = try units()
        let device = try #require(units.lines("host1/networkd/05-topoc-br0.10.netdev"))
        for line in ["Name=br0.10", "Kind=vlan", "Id=10", "MTUBytes=1400", "MACAddress=02:00:00:00:00:0a"] {
            #expect(device.contains(line), "\(line)")
        }
        #expect(try #require(units.lines("host1/networkd/05-topoc-br0.network")).contains("VLAN=br0.10"))
        #expect(try #require(units.lines("host1/networkd/05-topoc-eth0.network")).contains("VLAN=v30"))
        #expect(try #require(units.lines("host1/networkd/05-topoc-eth0.network")).contains("VLAN=eth0.40"))
        let port = try #require(units.lines("host1/networkd/05-topoc-v30.network"))
        #expect(port.contains("Bridge=br30") && port.contains("MTUBytes=1400"))
    }

    @Test func aBridgeTellsVLANsApartAndItsPortsHaveTheirs() throws {
        let units = try units()
        let bridge = try #require(units.lines("host1/networkd/05-topoc-br0.netdev"))
        #expect(bridge.contains("VLANFiltering=yes") && bridge.contains("DefaultPVID=none"))
        let port = try #require(units.lines("host1/networkd/05-topoc-eth0.network"))
        for line in ["PVID=5", "EgressUntagged=5", "VLAN=5", "VLAN=10", "VLAN=20-29"] {
            #expect(port.contains(line), "\(line)")
        }
        let own = try #require(units.lines("host1/networkd/05-topoc-br0.network"))
        #expect(own.contains("PVID=5") && own.contains("VLAN=10") && !own.contains("VLAN=20-29"))
        #expect(!(try #require(units.lines("host1/networkd/05-topoc-br30.netdev"))).contains("VLANFiltering=yes"))
    }

    @Test func whatNetplanHasNoWordsForIsInDropIns() throws {
        let units = try units()
        let folder = "host1/netplan/"
        let bridge = try #require(units.lines("\(folder)10-netplan-br0.netdev.d/topoc.conf"))
        #expect(bridge.contains("VLANFiltering=yes"))
        let port = try #require(units.lines("\(folder)10-netplan-eth0.network.d/topoc.conf"))
        #expect(port.contains("VLAN=20-29"))
        let file = try #require(units.lines("\(folder)05-topoc.yaml"))
        for line in ["  vlans:", "      id: 10", "      link: \"br0\"", "      macaddress: \"02:00:00:00:00:0a\""] {
            #expect(file.contains(line), "\(line)")
        }
    }

    @Test func whatTheKernelMustHaveIsAskedBefore() throws {
        let script = try #require(try units().lines("host1/networkd/install.sh"))
        for call in ["need_vlan", "need_filtering", "free_link br0.10 delete_link br0.10"] {
            #expect(script.contains { $0.contains(call) }, "\(call)")
        }
    }
}
