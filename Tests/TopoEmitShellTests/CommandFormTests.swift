import Testing

/// What `up.sh` makes of each command of its list: how it sees that it is done, what undoes it, and what goes before.
@Suite struct CommandFormTests {
    /// The calls that come of a list, a line each.
    private func calls(_ list: String..., families: String = "-4") throws -> [String] {
        try CompiledList(list, families: families).calls
    }

    @Test(arguments: [
        ("sysctl -q -w net.ipv4.ip_forward=0", "is_set net.ipv4.ip_forward 0", "keep_forwarding ipv4"),
        (
            "sysctl -q -w net.ipv6.conf.all.forwarding=1", "is_set net.ipv6.conf.all.forwarding 1",
            "keep_advertised; keep_forwarding ipv6"
        ),
        (
            "sysctl -q -w net.ipv6.conf.all.forwarding=0", "is_set net.ipv6.conf.all.forwarding 0",
            "keep_forwarding ipv6"
        ),
        (
            "ip netns exec c1 sysctl -q -w net.ipv4.ip_forward=1", "is_set net.ipv4.ip_forward 1 ip netns exec c1",
            "keep_setting net.ipv4.ip_forward ip netns exec c1"
        ),
        (
            "ip link set dev eth0 address 02:00:00:00:00:01", "has_mac 02:00:00:00:00:01 eth0",
            "keep_mac eth0 02:00:00:00:00:01"
        ),
        ("ip link set dev eth0 mtu 1400", "has_mtu 1400 eth0", "keep_mtu eth0 1400"),
        (
            "sysctl -q -w net.ipv6.conf.all.proxy_ndp=1", "is_set net.ipv6.conf.all.proxy_ndp 1",
            "keep_setting net.ipv6.conf.all.proxy_ndp"
        ),
        (
            "sysctl -q -w net/ipv6/conf/br0.10/proxy_ndp=1", "is_set net/ipv6/conf/br0.10/proxy_ndp 1",
            "keep_setting net/ipv6/conf/br0.10/proxy_ndp"
        ),
    ])
    func whatWasThereIsKept(command: String, question: String, keeping: String) throws {
        #expect(try calls(command) == ["\(question) || { \(keeping); run \(command); }"])
    }

    @Test(arguments: [
        ("ip link set dev eth0 up", "is_up eth0", "take_down eth0"),
        ("ip address add 10.0.0.1/24 dev eth0", "has_address 10.0.0.1/24 eth0", "remove_address 10.0.0.1/24 eth0"),
        (
            "ip neighbour replace proxy 203.0.113.20 dev eth0", "has_proxy 203.0.113.20 eth0",
            "remove_proxy 203.0.113.20 eth0"
        ),
        (
            "ip neighbour replace proxy 2001:db8::20 dev br0.10", "has_proxy 2001:db8::20 br0.10",
            "remove_proxy 2001:db8::20 br0.10"
        ),
        (
            "ip address replace fd00::1/64 dev eth0", "has_address fd00::1/64 eth0 || comes_by_units fd00::1/64 eth0",
            "remove_address fd00::1/64 eth0"
        ),
    ])
    func aNICsChangesAreUndone(command: String, question: String, undo: String) throws {
        #expect(try calls(command) == ["\(question) || { change '\(undo)' \(command); }"])
    }

    @Test(arguments: [
        ("ip route replace default via 10.0.0.1", "-4 0", "default via 10.0.0.1", "default"),
        ("ip route replace 10.9.0.0/16 via 10.0.0.1 metric 50", "-4 50", "10.9.0.0/16 via 10.0.0.1", "10.9.0.0/16"),
        (
            "ip route replace default via 192.0.2.1 dev eth0 metric 5 onlink", "-4 5", "default via 192.0.2.1 dev eth0",
            "default"
        ),
        ("ip -6 route replace default via fd00::1", "-6 1024", "default via fd00::1", "default"),
        ("ip -6 route replace default via fd00::1 metric 0", "-6 1024", "default via fd00::1", "default"),
        ("ip -6 route replace default via fd00::1 metric 7", "-6 7", "default via fd00::1", "default"),
        (
            "ip route replace 10.9.0.0/16 metric 5 nexthop via 10.0.0.1 dev eth0 nexthop via 10.0.1.1 dev eth1", "-4 5",
            "10.9.0.0/16 nexthop via 10.0.0.1 dev eth0 nexthop via 10.0.1.1 dev eth1", "10.9.0.0/16"
        ),
        (
            "ip -6 route replace default nexthop via fd00::1 dev eth0 nexthop via fd01::1 dev eth1", "-6 1024",
            "default nexthop via fd00::1 dev eth0 nexthop via fd01::1 dev eth1", "default"
        ),
        ("ip route replace unreachable 10.8.0.0/16", "-4 0", "unreachable 10.8.0.0/16", "10.8.0.0/16"),
        ("ip route replace blackhole 10.8.0.0/16", "-4 0", "blackhole 10.8.0.0/16", "10.8.0.0/16"),
    ])
    func aRouteTakesThePlaceOfAnother(command: String, place: String, route: String, destination: String) throws {
        let change = "keep_route \(place) \(destination); change 'remove_route \(place) \(route)' \(command)"
        #expect(try calls(command) == ["has_route \(place) '\(route)' || { \(change); }"])
    }

    /// What the scripts made takes its settings, addresses and routes with it.
    @Test func whatIsMadeNeedsOneUndo() throws {
        let list = [
            "brctl addbr br0", "ip link set dev br0 address 02:00:00:00:00:01", "ip link set dev br0 mtu 1450",
            "ip link set dev br0 up", "ip address add 10.0.0.1/24 dev br0",
        ]
        #expect(
            try calls(list[0], list[1], list[2], list[3], list[4]) == [
                "has_link br0 || { note 'delete_bridge br0' bridge; run \(list[0]); }",
                "settle br0 - - '10.0.0.1/24'", "has_no_stp br0 || run brctl stp br0 off",
                "filters_no_vlans br0 || run ip link set dev br0 type bridge vlan_filtering 0",
                "has_mac 02:00:00:00:00:01 br0 || { run \(list[1]); }", "has_mtu 1450 br0 || { run \(list[2]); }",
                "is_up br0 || { run \(list[3]); }", "has_address 10.0.0.1/24 br0 || { run \(list[4]); }",
            ])
    }

    @Test(arguments: ["", " stp_state 1"])
    func aBridgeOfIproute2HasItsSettingsAtOnce(stp: String) throws {
        let add = "ip link add name br0 address 02:00:00:00:00:01 mtu 1450 type bridge\(stp)"
        let setting = "run ip link set dev br0 type bridge stp_state"
        #expect(
            try calls(add, "brctl stp br1 on") == [
                "has_link br0 || { note 'delete_link br0' bridge; run \(add); }",
                "settle br0 02:00:00:00:00:01 1450 ''",
                stp.isEmpty ? "has_no_stp br0 || \(setting) 0" : "has_stp br0 || \(setting) 1",
                "filters_no_vlans br0 || run ip link set dev br0 type bridge vlan_filtering 0",
                "has_stp br1 || { run brctl stp br1 on; }",
            ])
    }

    /// A NIC's addresses and MAC go to the bridge, whichever line comes first; what the scripts made goes as it came.
    @Test func aNICHandsOver() throws {
        let add = "ip link add name br0 address 02:00:00:00:00:01 type bridge"
        #expect(
            try calls(add, "ip link set dev br0 address 02:00:00:00:00:01", "ip link set dev eth1 master br0")
                .dropFirst() == [
                    "settle br0 - 1500 ''", "has_no_stp br0 || run ip link set dev br0 type bridge stp_state 0",
                    "filters_no_vlans br0 || run ip link set dev br0 type bridge vlan_filtering 0",
                    "has_mac 02:00:00:00:00:01 br0 eth1 || { run ip link set dev br0 address 02:00:00:00:00:01; }",
                    "is_plain_port br0 eth1 || hand_over eth1 br0 || { change 'release_port br0 eth1' ip link set dev eth1 master br0; }",
                ])
        #expect(
            try calls("brctl addif br0 eth1") == [
                "is_plain_port br0 eth1 || hand_over eth1 br0 || { leave_port br0 eth1; change 'remove_port br0 eth1' brctl addif br0 eth1; }"
            ])
        let tunnel =
            "ip link add name gre1 address 02:00:00:00:00:02 mtu 1462 type gretap remote 10.0.0.2 local 10.0.0.1"
        #expect(
            try calls(tunnel, "brctl addif br0 gre1", "ip link set dev gre1 up") == [
                "has_link gre1 || { change 'delete_link gre1' \(tunnel); }", "settle gre1 02:00:00:00:00:02 1462 ''",
                "has_port br0 gre1 || { leave_port br0 gre1; run brctl addif br0 gre1; }",
                "is_up gre1 || { run ip link set dev gre1 up; }",
            ])
        #expect(
            try calls(tunnel, "ip link set dev gre1 master br0").last
                == "has_port br0 gre1 || { run ip link set dev gre1 master br0; }")
    }

    @Test func aVXLANSendsToItsPeersAlone() throws {
        let (add, append) = (
            "ip link add name vx0 mtu 1450 type vxlan id 7 dev eth0", "bridge fdb append 00:00:00:00:00:00 dev vx0 dst"
        )
        #expect(
            try calls(add, "\(append) 10.0.0.2", "\(append) 10.0.0.3").dropFirst(2) == [
                "forget_peers vx0 '10.0.0.2 10.0.0.3'", "floods_to vx0 10.0.0.2 || { run \(append) 10.0.0.2; }",
                "floods_to vx0 10.0.0.3 || { run \(append) 10.0.0.3; }",
            ])
        #expect(try calls("ip link add name vx0 mtu 1450 type vxlan id 7 group 239.0.0.1 dev eth0").count == 2)
    }

    /// Forwarding is put right on the interfaces with addresses, wherever these stand in the list.
    @Test func forwardingIsOfAllInterfaces() throws {
        let list = try calls(
            "sysctl -q -w net.ipv4.ip_forward=1", "ip address add 10.0.0.1/24 dev eth0",
            "ip address add 10.0.1.1/24 dev eth0", "ip address add 10.1.0.1/24 dev eth1",
            "ip netns exec c1 ip address add 10.1.0.2/24 dev eth2")
        #expect(list[1] == "settle_forwarding ipv4 1 'eth0 eth1'")
    }

    @Test func aNamespaceHasItsRoutesAndLinks() throws {
        let pair =
            "ip link add name veth-c1 address 02:00:00:00:00:01 type veth peer name eth0 address 02:00:00:00:00:02 mtu 1400 netns c1"
        let inside = "ip netns exec c1"
        let list = [
            "ip netns add c1", pair, "ip address add 10.0.0.1/30 dev veth-c1",
            "\(inside) ip address add 10.0.0.2/30 dev eth0",
            "\(inside) ip route replace default via 10.0.0.1",
            "\(inside) ip -6 route replace default via fd00::1 metric 9",
        ]
        #expect(
            try calls(list[0], list[1], list[2], list[3], list[4], list[5], families: "-4 -6") == [
                "has_netns_folder || undo remove_netns_folder",
                "has_netns c1 || { clear_netns c1; change 'delete_netns c1' ip netns add c1; }",
                "only_routes -4 '0 default via 10.0.0.1' \(inside)", "only_routes -6 '9 default via fd00::1' \(inside)",
                "is_linked veth-c1 eth0 \(inside) || { clear_link veth-c1; change 'delete_link veth-c1' \(pair); }",
                "leave_port - veth-c1", "settle veth-c1 02:00:00:00:00:01 1500 '10.0.0.1/30'",
                "settle eth0 02:00:00:00:00:02 1400 '10.0.0.2/30' \(inside)",
                "has_address 10.0.0.1/30 veth-c1 || { run \(list[2]); }",
                "has_address 10.0.0.2/30 eth0 \(inside) || { run \(list[3]); }",
                "has_route -4 0 'default via 10.0.0.1' \(inside) || { run \(list[4]); }",
                "has_route -6 9 'default via fd00::1' \(inside) || { run \(list[5]); }",
            ])
        let macvlan = "ip link add link eth0 name eth0 address 02:00:00:00:00:03 netns c2 type macvlan mode bridge"
        #expect(
            try calls("ip netns add c1", "ip netns add c2", macvlan, "ip address add 10.0.0.9/24 dev eth0").dropFirst(4)
                == [
                    "only_routes -4 '' ip netns exec c2",
                    "has_inner eth0 ip netns exec c2 || { change 'remove_inner c2 eth0' \(macvlan); }",
                    "settle eth0 02:00:00:00:00:03 - '' ip netns exec c2",
                    // The NIC of the same name is the host's.
                    "has_address 10.0.0.9/24 eth0 || { change 'remove_address 10.0.0.9/24 eth0' ip address add 10.0.0.9/24 dev eth0; }",
                ])
    }

    @Test func anInstanceHasItsDevicesBeforeItStarts() throws {
        let (inside, nic) = (
            "lxc exec -n c2 --",
            "nictype=bridged parent=br0 name=eth0 host_name=veth-c2 hwaddr=02:00:00:00:00:01 mtu=1400"
        )
        let image = "'an image'\\''s name'"
        let list = [
            "lxc init --quiet \(image) c2 --config user.topoc=net/host1",
            "lxc config device add c2 eth0 nic \\\n    \(nic)",
            "lxc start c2", "ip link set dev veth-c2 up", "\(inside) ip address replace 10.0.0.2/24 dev eth0 brd +",
            "\(inside) ip route replace default via 10.0.0.1 proto static",
        ]
        #expect(
            try calls(list[0], list[1], list[2], list[3], list[4], list[5]) == [
                "note 'delete_container c2' \(image)", "has_container c2 || { run \(list[0]); }",
                "hide_other_nics c2 eth0",
                "has_nic c2 eth0 \(nic) || { drop_nic c2 eth0; run lxc config device add c2 eth0 nic \(nic); }",
                "persist c2", "is_running c2 || { run lxc start c2; }",
                "is_lent c2 || only_routes -4 '0 default via 10.0.0.1' \(inside)", "settle veth-c2 - 1400 ''",
                "is_lent c2 || settle eth0 - 1400 '10.0.0.2/24' \(inside)", "is_up veth-c2 || { run \(list[3]); }",
                "has_address 10.0.0.2/24 eth0 \(inside) || { run \(list[4]); }",
                "has_route -4 0 'default via 10.0.0.1' \(inside) || { run \(list[5]); }",
            ])
        let network =
            "lxc network create br0 ipv4.address=none ipv6.address=none bridge.hwaddr=02:00:00:00:00:01 bridge.mtu=1500 user.topoc=net/host1"
        #expect(
            try calls(network, "ip link set dev br0 up", "ip address add 10.0.0.1/24 dev br0") == [
                "note 'delete_network br0'", "has_network br0 || { run \(network); }",
                "set_network br0 bridge.hwaddr=02:00:00:00:00:01 bridge.mtu=1500", "settle br0 - - '10.0.0.1/24'",
                "has_no_stp br0 || run ip link set dev br0 type bridge stp_state 0",
                "is_up br0 || { run ip link set dev br0 up; }",
                // It may be another's, which --adopt lets the scripts use.
                "has_address 10.0.0.1/24 br0 || { change 'remove_address 10.0.0.1/24 br0' ip address add 10.0.0.1/24 dev br0; }",
            ])
        #expect(
            try calls(network, "ip link set dev br0 type bridge stp_state 1").dropFirst(4)
                == ["has_stp br0 || { run ip link set dev br0 type bridge stp_state 1; }"])
    }

    @Test func aContainerOfDockersIsPluggedByHand() throws {
        let process = "\"$(docker inspect --format '{{.State.Pid}}' c3)\""
        let create =
            "docker create --name c3 --hostname c3 --network none --label topoc=net/host1 --interactive --tty some sh -c 'a # b'"
        let pair = "name veth-c3 address 02:00:00:00:00:01 type veth peer name eth0 address 02:00:00:00:00:02"
        let list = [create, "docker start c3", "ip link add \(pair) netns \(process)", "brctl addif br0 veth-c3"]
        let inside = "nsenter --target \(process) --net"
        #expect(
            try calls(
                list[0], list[1], list[2], list[3], "\(inside) ip address add 10.0.0.3/24 dev eth0",
                "\(inside) sysctl -q -w net.ipv6.conf.all.disable_ipv6=0") == [
                    "tell_in_docker", "note 'delete_docker c3' --interactive --tty some sh -c 'a # b'",
                    "has_docker c3 || { run docker create --name c3 --hostname c3 --network none --label topoc=net/host1 --interactive --tty some sh -c 'a # b'; }",
                    "runs_docker c3 || { run docker start c3; }", "only_routes -4 '' in_docker c3",
                    "is_plugged c3 eth0 veth-c3 || plug c3 \(pair)", "settle veth-c3 02:00:00:00:00:01 1500 ''",
                    "settle eth0 02:00:00:00:00:02 1500 '10.0.0.3/24' in_docker c3",
                    "has_port br0 veth-c3 || { leave_port br0 veth-c3; run brctl addif br0 veth-c3; }",
                    "has_address 10.0.0.3/24 eth0 in_docker c3 || { run in_docker c3 ip address add 10.0.0.3/24 dev eth0; }",
                    "is_set net.ipv6.conf.all.disable_ipv6 0 in_docker c3 || { run in_docker c3 sysctl -q -w net.ipv6.conf.all.disable_ipv6=0; }",
                ])
    }

    /// A network of Docker's cannot change, nor be deleted while a container is on it: the container goes with it.
    @Test func aContainerOnDockersNetworkIsMadeAnewWithIt() throws {
        let words =
            "--driver bridge --subnet 10.0.0.0/24 --opt=com.docker.network.bridge.name=br0 --label topoc=net/host1 br0"
        let add = "ip link add name br0 address 02:00:00:00:00:01 type bridge"
        let create = "--hostname c3 --network=br0 --ip=10.0.0.3 --label topoc=net/host1 --interactive --tty some"
        #expect(
            try calls("docker network create \(words)", add, "docker create --name c3 \(create)", "docker start c3")
                == [
                    "note 'delete_docker_network br0' \(words)",
                    "has_docker_network br0 || { run docker network create \(words); }",
                    // A daemon that starts may have made it.
                    "note 'delete_link br0' bridge", "has_link br0 || { run \(add); }",
                    "settle br0 02:00:00:00:00:01 1500 ''",
                    "has_no_stp br0 || run ip link set dev br0 type bridge stp_state 0",
                    "filters_no_vlans br0 || run ip link set dev br0 type bridge vlan_filtering 0",
                    "note 'delete_docker c3' \(create) \(words)",
                    "has_docker c3 || { run docker create --name c3 \(create); }",
                    "runs_docker c3 || { run docker start c3; }",
                ])
    }

    /// A command that has no form would be run each time: that is told, and all is undone.
    @Test func whatHasNoFormIsRefused() throws {
        #expect(try calls("# a comment", "", "ip rule add from 10.0.0.1") == ["failed ip rule add from 10.0.0.1"])
    }

    /// That a container is made without a network of Docker's is one sentence for all of them.
    @Test func whatDockerShowsDifferentlyIsToldOnce() throws {
        let creates = ["c3", "c4"].map {
            "docker create --name \($0) --hostname \($0) --network none --label topoc=net/host1 some"
        }
        #expect(try calls(creates[0], creates[1]).count { $0 == "tell_in_docker" } == 1)
    }
}
