import Testing

/// What `up.sh` makes of the commands for VLANs.
@Suite struct VLANFormTests {
    private static let bridge =
        "ip link add name br0 address 02:00:00:00:00:01 type bridge vlan_filtering 1 vlan_default_pvid 0"

    private func calls(_ list: String..., state: String? = nil) throws -> [String] {
        try CompiledList(list, state: state).calls
    }

    @Test func aBridgeIsMadeToTellVLANsApartAgainAndHasNoOthers() throws {
        let calls = try calls(Self.bridge, "bridge vlan add dev br0 vid 10 self")
        #expect(
            calls.contains(
                "filters_vlans br0 || run ip link set dev br0 type bridge vlan_filtering 1 vlan_default_pvid 0"))
        #expect(calls.contains("only_vlans br0 '10'"))
        #expect(calls.contains("has_vlan br0 10 || { run bridge vlan add dev br0 vid 10 self; }"))
        #expect(!calls.contains { $0.hasPrefix("filters_no_vlans") })
    }

    @Test func aBridgeThatIsToTellThemApartNoLongerDoesNot() throws {
        let calls = try calls("ip link add name br0 address 02:00:00:00:00:01 type bridge")
        #expect(calls.contains("filters_no_vlans br0 || run ip link set dev br0 type bridge vlan_filtering 0"))
        #expect(!calls.contains { $0.hasPrefix("only_vlans") || $0.hasPrefix("filters_vlans") })
    }

    @Test func aPortHasItsVLANsAndNoOthers() throws {
        let calls = try calls(
            Self.bridge, "ip link set dev eth0 master br0", "bridge vlan add dev eth0 vid 10 pvid untagged",
            "bridge vlan add dev eth0 vid 20-29")
        #expect(calls.contains("only_vlans eth0 '10u 20-29'"))
        #expect(calls.contains("has_vlan eth0 10u || { run bridge vlan add dev eth0 vid 10 pvid untagged; }"))
        #expect(calls.contains("has_vlan eth0 20-29 || { run bridge vlan add dev eth0 vid 20-29; }"))
    }

    /// With the bridge that the scripts make its own side goes; on one that stays the VLAN is taken out again.
    @Test func theOwnSideOfABridgeThatStaysIsGivenBack() throws {
        #expect(
            try calls("bridge vlan add dev br0 vid 10 pvid untagged self") == [
                "has_vlan br0 10u || { change 'remove_vlan br0 10u' bridge vlan add dev br0 vid 10 pvid untagged self; }"
            ])
    }

    @Test func aVLANInterfaceIsDeletedByDown() throws {
        let calls = try calls("ip link add link eth0 name eth0.10 mtu 1400 type vlan id 10")
        #expect(
            calls == [
                "has_link eth0.10 || { change 'delete_link eth0.10' ip link add link eth0 name eth0.10 mtu 1400 type vlan id 10; }",
                "settle eth0.10 - 1400 ''",
            ])
    }

    @Test(arguments: ["ip netns exec c1", "lxc exec -n c1 --"])
    func oneInAContainerIsTakenOutByItself(prefix: String) throws {
        let command = "\(prefix) ip link add link eth0 name eth0.10 address 02:00:00:00:00:09 type vlan id 10"
        let calls = try calls(command, "\(prefix) ip address replace 10.0.0.1/24 dev eth0.10")
        #expect(
            calls.first
                == "has_inner eth0.10 \(prefix) || { change 'remove_inner_link eth0.10 \(prefix)' \(command); }")
        #expect(calls.contains("settle eth0.10 02:00:00:00:00:09 1500 '10.0.0.1/24' \(prefix)"))
    }

    private static let state = """
        @ -
        1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
        2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master br0 state UP mode DEFAULT group default qlen 1000\\    link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff
        @vlan
        port              vlan-id
        eth0              10 PVID Egress Untagged
                          20
                          21

        """

    @Test(arguments: [
        ("10 pvid untagged", true), ("20", true), ("20-21", true), ("10", false), ("20 pvid untagged", false),
        ("22", false), ("21-22", false),
    ])
    func whatTheSnapshotShowsIsNotAsked(words: String, isThere: Bool) throws {
        let calls = try calls("bridge vlan add dev eth0 vid \(words)", state: Self.state)
        #expect(calls.isEmpty == isThere, "\(calls)")
    }
}
