import Testing
import TopoEmit

/// What `install.sh` asks before it changes anything, and what it sets beside the units.
@Suite struct InstallTests {
    /// The calls of host1's script that begin with one of these words.
    private func calls(_ words: String..., of units: Units) throws -> [String] {
        try #require(units.lines("host1/networkd/install.sh")).map { $0.trimmingPrefix { $0 == " " } }
            .filter { line in words.contains { line.hasPrefix("\($0) ") } }.map(String.init)
    }

    /// No unit sets the usual MTU: the NIC must have it.
    @Test func aNICsMTUMustBeWhatNoUnitSets() throws {
        let usual = try Units(topology(""))
        #expect(try calls("need_mtu", of: usual) == ["need_mtu eth0 1500"])
        let jumbo = try Units(
            topology("").replacing("wire: {", with: "wire: {mtu: 9000, "))
        #expect(try calls("need_mtu", of: jumbo) == [])
        #expect(jumbo["eth0.network"]?.contains("MTUBytes=9000") == true)
    }

    /// What is inside containers is up.sh's.
    @Test func onlyTheHostsOwnAddressesAndRoutesMustBeFree() throws {
        let units = try Units(
            topology("routes: [{to: 10.9.0.0/16, type: unreachable}]\ncontainers: {c1: {p2p: 10.2.0.0/30}}"))
        #expect(
            try calls("free_address", "guard_route", of: units) == [
                "free_address 172.16.1.1 eth0", "free_address 10.2.0.1 veth-c1",
                "guard_route -4 0 10.9.0.0/16 'unreachable 10.9.0.0/16'",
            ])
    }

    @Test(arguments: [true, false]) func forwardingIsSwitchedAsTheTopologySays(isOn: Bool) throws {
        let units = try Units(topology("forwarding: \(isOn)"))
        #expect(units.lines("host1/networkd/60-topoc-net.conf") == ["net.ipv4.ip_forward = \(isOn ? 1 : 0)"])
    }
}
