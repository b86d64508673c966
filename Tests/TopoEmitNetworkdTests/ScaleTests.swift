import Testing

/// A thousand tunnels a host: what looks through all of them for each does not come to an end here.
@Suite struct ScaleTests {
    @Test func aHostMayHaveManyDevices() throws {
        let count = 1000
        let hosts = [(1, 2), (2, 1)].map { number, far in
            "  host\(number):\n    nics: {eth0: {lan: wire, address: 172.16.0.\(number)/16}}\n    tunnels:\n"
                + (1...count).map { "      vx\($0): {type: vxlan, vni: \($0), remote: host\(far)}\n" }.joined()
                + "    bridges:\n"
                + (1...count).map { index in
                    "      br\(index): {address: 10.\(index / 256).\(index % 256).\(number)/24, ports: [vx\(index)]}\n"
                }.joined()
        }
        let units = try Units(
            "topology: net\nruntime: netns\nlans: {wire: {subnet: 172.16.0.0/16, mtu: 1600}}\nhosts:\n" + hosts.joined()
        )
        #expect(units.paths.count { $0.hasPrefix("host1/networkd/") && $0.hasSuffix(".netdev") } == 2 * count)
        #expect(units["vx\(count).netdev"]?.contains("Local=172.16.0.1") == true)
        #expect(units["br\(count).network"]?.contains("Address=10.3.232.1/24") == true)
    }
}
