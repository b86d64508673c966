import Foundation
import Testing

/// What `up.sh` makes of its list where it knows what is there: what is done already is left out, what is new is made together,
/// and the rest is asked for again.
@Suite struct SnapshotTests {
    private static let list = [
        "brctl addbr br0", "ip link set dev br0 address 02:00:00:00:00:09", "ip link set dev br0 up",
        "ip address add 10.0.0.1/24 dev br0", "ip netns add c1", "ip netns exec c1 ip link set dev lo up",
        "ip link add name veth-c1 address 02:00:00:00:00:01 type veth peer name eth0 address 02:00:00:00:00:02 netns c1",
        "brctl addif br0 veth-c1", "ip link set dev veth-c1 up", "ip netns exec c1 ip link set dev eth0 up",
        "ip netns exec c1 ip address add 10.0.0.11/24 dev eth0",
        "ip netns exec c1 ip route replace default via 10.0.0.1",
    ]

    /// What `ip` says of the host once all of it is there.
    private static let host = """
        1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
        4: br0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 1000\\    link/ether 02:00:00:00:00:09 brd ff:ff:ff:ff:ff:ff
        6: veth-c1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master br0 state UP mode DEFAULT group default qlen 1000\\    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff link-netns c1
        1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
        4: br0    inet 10.0.0.1/24 scope global br0\\       valid_lft forever preferred_lft forever
        4: br0    inet6 fe80::ff:fe00:9/64 scope link \\       valid_lft forever preferred_lft forever
        10.0.0.0/24 dev br0 proto kernel scope link src 10.0.0.1
        """

    /// And of the container.
    private static let inside = """
        1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
        2: eth0@if6: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 1000\\    link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff link-netnsid 0
        1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
        2: eth0    inet 10.0.0.11/24 scope global eth0\\       valid_lft forever preferred_lft forever
        2: eth0    inet6 fe80::ff:fe00:2/64 scope link \\       valid_lft forever preferred_lft forever
        default via 10.0.0.1 dev eth0
        10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.11
        """

    /// The calls where this is there; each question that no snapshot answers is left out.
    private func calls(host: String = host, names: String = "c1\n", inside: String? = inside) throws -> [String] {
        let state = "@ -\n\(host)\n@netns\n\(names)" + (inside.map { "@ c1\n\($0)\n" } ?? "") + "@list\n"
        return try CompiledList(Self.list, state: state).calls
            .filter {
                ![
                    "has_netns_folder || undo remove_netns_folder", "has_no_stp br0 || run brctl stp br0 off",
                    "filters_no_vlans br0 || run ip link set dev br0 type bridge vlan_filtering 0",
                ].contains($0)
            }
    }

    private func expect(
        _ text: String, became other: String, inHost: Bool, _ expected: [String],
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let (whole, part) = (inHost ? Self.host : Self.inside, inHost)
        try #require(whole.contains(text), "\(text)", sourceLocation: location)
        let changed = whole.replacing(text, with: other)
        #expect(
            try part ? calls(host: changed) == expected : calls(inside: changed) == expected, sourceLocation: location)
    }

    @Test func whatIsThereIsLeftOut() throws {
        #expect(try calls() == [])
    }

    @Test func whatIsMissingOnTheHostIsMade() throws {
        let (bridge, veth) = (Self.list[2], Self.list[8])
        try expect(
            "<BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state",
            became: "<BROADCAST,MULTICAST> mtu 1500 qdisc noqueue state", inHost: true,
            ["is_up br0 || { run \(bridge); }", "has_address 10.0.0.1/24 br0 || { run \(Self.list[3]); }"])
        try expect(
            "<BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master",
            became: "<BROADCAST,LOWER_UP> mtu 1500 qdisc noqueue master", inHost: true,
            ["is_up veth-c1 || { run \(veth); }"])
        try expect(
            " master br0", became: " master br00", inHost: true,
            [
                "has_port br0 veth-c1 || { leave_port br0 veth-c1; run \(Self.list[7]); }",
                "is_up veth-c1 || { run \(veth); }",
            ])
        try expect(
            "inet 10.0.0.1/24", became: "inet 10.0.0.1/25", inHost: true,
            [
                "settle br0 - 1500 '10.0.0.1/24'", "has_mac 02:00:00:00:00:09 br0 || { run \(Self.list[1]); }",
                "is_up br0 || { run \(bridge); }", "has_address 10.0.0.1/24 br0 || { run \(Self.list[3]); }",
            ])
        try expect(
            "02:00:00:00:00:09 brd", became: "02:00:00:00:00:08 brd", inHost: true,
            [
                "has_mac 02:00:00:00:00:09 br0 || { run \(Self.list[1]); }", "is_up br0 || { run \(bridge); }",
                "has_address 10.0.0.1/24 br0 || { run \(Self.list[3]); }",
            ])
        try expect(
            "02:00:00:00:00:01 brd", became: "02:00:00:00:00:03 brd", inHost: true,
            [
                "settle veth-c1 02:00:00:00:00:01 1500 ''",
                "has_port br0 veth-c1 || { leave_port br0 veth-c1; run \(Self.list[7]); }",
                "is_up veth-c1 || { run \(veth); }",
            ])
    }

    @Test func whatIsMissingInAContainerIsMade() throws {
        let prefix = "ip netns exec c1"
        let rest = [
            "is_up eth0 \(prefix) || { run \(Self.list[9]); }",
            "has_address 10.0.0.11/24 eth0 \(prefix) || { run \(Self.list[10]); }",
            "has_route -4 0 'default via 10.0.0.1' \(prefix) || { run \(Self.list[11]); }",
        ]
        let settle = "settle eth0 02:00:00:00:00:02 1500 '10.0.0.11/24' \(prefix)"
        try expect(
            "default via 10.0.0.1", became: "default via 10.0.0.2", inHost: false,
            ["only_routes -4 '0 default via 10.0.0.1' \(prefix)", rest[2]])
        try expect(
            "via 10.0.0.1 dev eth0", became: "via 10.0.0.1 dev eth0 metric 5", inHost: false,
            ["only_routes -4 '0 default via 10.0.0.1' \(prefix)", rest[2]])
        try expect("default via 10.0.0.1 dev eth0\n", became: "", inHost: false, [rest[2]])
        try expect(
            "scope link src", became: "scope link\n10.7.0.0/24 via 10.0.0.9 src", inHost: false,
            ["only_routes -4 '0 default via 10.0.0.1' \(prefix)", rest[2]])
        try expect("inet 10.0.0.11/24", became: "inet 10.0.0.12/24", inHost: false, [settle] + rest)
        try expect("UP,LOWER_UP> mtu 1500", became: "LOWER_UP> mtu 1500", inHost: false, rest)
        try expect("mtu 1500", became: "mtu 1400", inHost: false, [settle] + rest)
        try expect(
            "<LOOPBACK,UP,", became: "<LOOPBACK,", inHost: false,
            ["is_up lo \(prefix) || { run \(Self.list[5]); }", rest[2]])
        try expect(
            "    inet 10.0.0.11/24 scope global",
            became: "    inet 10.0.0.11/24 scope global eth0\\\n2: eth0    inet 10.0.0.99/24 scope global",
            inHost: false, [settle] + rest)
        // A router has advertised it, or DHCP has given it.
        try expect(
            "inet6 fe80::ff:fe00:2/64 scope link", became: "inet6 fd00::9/64 scope global dynamic", inHost: false, [])
    }

    /// What is new needs no questions: its undos are written down at once, and it takes a process for the host and one inside.
    @Test func aNewContainerIsMadeTogether() throws {
        let without = Self.host.split(separator: "\n").filter { !$0.contains("veth-c1") }.joined(separator: "\n")
        let list = Self.list
        let inner = [5, 9, 10, 11].map { list[$0].dropFirst("ip netns exec c1 ip ".count) }.joined(separator: "\n")
        let together = """
            together 'delete_netns c1 # \(list[4])
            delete_link veth-c1 # \(list[6])' '\(list[4])
            \(list[6])
            \(list[8])
            \(list[7])' c1 '\(inner)'
            """
        #expect(try calls(host: without, names: "", inside: nil).joined(separator: "\n") == together)
    }

    /// On the host's end of a link the host's own units may be faster: it is asked for once the link is there.
    @Test func anAddressThatOthersMaySetIsAskedFor() throws {
        let list = [Self.list[4], Self.list[6], Self.list[8], "ip address replace 10.5.0.1/30 dev veth-c1"]
        let calls = try CompiledList(list, state: "@ -\n1: lo: <LOOPBACK,UP> mtu 65536\n@netns\n").calls
        #expect(
            calls.last == "has_address 10.5.0.1/30 veth-c1 || comes_by_units 10.5.0.1/30 veth-c1 || { run \(list[3]); }"
        )
    }

    /// A namespace that ended takes its link along, but only some time later: the old one is not taken for the new.
    @Test func whatIsGoingIsNotTakenForWhatComes() throws {
        let found = try calls(names: "", inside: nil)
        let prefix = "ip netns exec c1"
        #expect(found.count == 8, "\(found)")
        #expect(
            found[0].hasPrefix("together 'delete_netns c1 # ip netns add c1' 'ip netns add c1' c1 'link set dev lo up'")
        )
        #expect(
            found.contains(
                "is_linked veth-c1 eth0 \(prefix) || { clear_link veth-c1; change 'delete_link veth-c1' \(Self.list[6]); }"
            ))
        #expect(found.contains("is_up veth-c1 || { run \(Self.list[8]); }"))
    }

    /// A file without a namespace, which a killed `ip netns add` has left.
    @Test func aNameWithoutANamespaceIsClearedFirst() throws {
        let without = Self.host.split(separator: "\n").filter { !$0.contains("veth-c1") }.joined(separator: "\n")
        let found = try calls(host: without, inside: nil)
        #expect(found.first == "has_netns c1 || { clear_netns c1; change 'delete_netns c1' ip netns add c1; }")
        #expect(!found.contains { $0.hasPrefix("together") })
    }

    /// What hands over its addresses changes the bridge; and a container that LXD starts, its end on the host.
    @Test func whatAnotherCallChangesIsAskedForAgain() throws {
        let up =
            "4: br0: <BROADCAST,UP> mtu 1500 qdisc noqueue state UP\\    link/ether 02:00:00:00:00:09 brd ff:ff:ff:ff:ff:ff"
        let veth =
            "6: veth-c2@if2: <BROADCAST,UP> mtu 1500 qdisc noqueue master br0 state UP\\    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff"
        let state =
            "@ -\n\(up)\n\(veth)\n4: br0    inet 10.0.0.1/24 scope global br0\\       valid_lft forever\n@netns\n"
        let address = "ip address add 10.0.0.1/24 dev br0"
        let question = "has_address 10.0.0.1/24 br0 || { run \(address); }"
        #expect(!(try CompiledList(["brctl addbr br0", address], state: state).calls.contains(question)))
        #expect(
            try CompiledList(["brctl addbr br0", "brctl addif br0 eth1", address], state: state).calls.last == question)
        let instance = [
            "lxc init --quiet some c2 --config user.topoc=net/host1",
            "lxc config device add c2 eth0 nic nictype=bridged parent=br0 name=eth0 host_name=veth-c2", "lxc start c2",
        ]
        #expect(try CompiledList(instance, state: state).calls.contains("settle veth-c2 - 1500 ''"))
    }

    /// Another user may not look into namespaces: what is to be done is asked for and shown all the same.
    @Test func aSnapshotThatFailsLeavesNothingOut() throws {
        let expected = try CompiledList(Self.list).calls
        #expect(expected.count > 10)
        #expect(try CompiledList(Self.list, state: "", fails: true).calls == expected)
        let state = "@ -\n\(Self.host)\n@netns\nc1\n@ c1\n\(Self.inside)\n"
        #expect(
            try CompiledList(Self.list, state: state, fails: true).calls == CompiledList(Self.list, state: state).calls)
    }

    /// Of the same destination and router, with another metric it is another route.
    @Test(arguments: [("metric 50", 0), ("metric 60", 1), ("", 1)])
    func aRouteIsTheOneOfItsMetric(words: String, count: Int) throws {
        let lo = "1: lo: <LOOPBACK,UP> mtu 65536 qdisc noqueue state UNKNOWN"
        let state = "@ -\n\(lo)\n10.9.0.0/16 via 10.0.0.1 dev eth0 \(words)\n@netns\n"
        let list = ["ip route replace 10.9.0.0/16 via 10.0.0.1 metric 50"]
        #expect(try CompiledList(list, state: state).calls.count == count)
    }

    /// As `ip -o` prints several next hops of one route; another order, or a part of them, is another route.
    @Test(arguments: [
        ("metric 5", ["10.0.0.1 dev eth0 weight 1", "10.0.1.1 dev eth1 weight 1"], 0),
        ("proto static metric 5", ["10.0.0.1 dev eth0 weight 1 linkdown", "10.0.1.1 dev eth1 weight 1"], 0),
        ("metric 5", ["10.0.1.1 dev eth1 weight 1", "10.0.0.1 dev eth0 weight 1"], 1),
        ("metric 6", ["10.0.0.1 dev eth0 weight 1", "10.0.1.1 dev eth1 weight 1"], 1),
        ("metric 5", ["10.0.0.1 dev eth0 weight 1"], 1),
    ])
    func theNextHopsOfARouteAreItsWords(options: String, hops: [String], count: Int) throws {
        let lo = "1: lo: <LOOPBACK,UP> mtu 65536 qdisc noqueue state UNKNOWN"
        let line = "10.9.0.0/16 \(options) " + hops.map { "\\\tnexthop via \($0) " }.joined()
        let command =
            "ip route replace 10.9.0.0/16 metric 5 nexthop via 10.0.0.1 dev eth0 nexthop via 10.0.1.1 dev eth1"
        #expect(try CompiledList([command], state: "@ -\n\(lo)\n\(line)\n@netns\n").calls.count == count)
    }

    /// The same calls come of it in each POSIX shell, and by another awk(1) than the machine's own.
    @Test func eachShellAndAwkGivesTheSame() throws {
        let state = "@ -\n\(Self.host)\n@netns\nc1\n"
        let expected = try CompiledList(Self.list, state: state).calls
        #expect(expected.count > 5)
        let files = FileManager.default
        let folder = files.temporaryDirectory.appendingPathComponent("topoc-awk-\(UUID().uuidString)")
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: folder) }
        for shell in [["/bin/dash"], ["/bin/bash", "--posix"], ["/bin/busybox", "sh"]] {
            guard files.isExecutableFile(atPath: shell[0]) else { continue }
            #expect(try CompiledList(Self.list, state: state, shell: shell).calls == expected, "\(shell)")
        }
        for awk in ["/bin/busybox", "/usr/bin/gawk", "/usr/bin/original-awk"] where files.isExecutableFile(atPath: awk)
        {
            let link = folder.appendingPathComponent("awk")
            try? files.removeItem(at: link)
            try files.createSymbolicLink(atPath: link.path, withDestinationPath: awk)
            #expect(try CompiledList(Self.list, state: state, path: folder.path).calls == expected, "\(awk)")
        }
    }
}
