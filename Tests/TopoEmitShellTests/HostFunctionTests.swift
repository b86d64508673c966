import Testing

/// Functions of the scripts that decide by what a tool says or by what the journal has: they run by themselves, with a tool's
/// words given to them.
@Suite struct HostFunctionTests {
    @Test(arguments: [
        ("<BROADCAST,MULTICAST,UP,LOWER_UP>", true), ("<UP>", true), ("<LOOPBACK,UP>", true),
        ("<NO-CARRIER,BROADCAST,UP>", true), ("<BROADCAST,LOWER_UP>", false), ("<BROADCAST,SLAVE,UPPER>", false),
    ])
    func aLinkIsUpByItsOwnFlag(flags: String, isUp: Bool) throws {
        let lines = "quietly() { echo '2: eth0: \(flags) mtu 1500'; }\nif is_up eth0; then echo up; fi"
        #expect(try said(lines, calling: "is_up") == (isUp ? ["up"] : []))
    }

    /// The first echo request may go before ARP is done; where it does, three more are sent, and one answer is enough.
    @Test func aPingThatIsLostIsSentThreeTimesMore() throws {
        let lines = """
            from=
            inside() { shift; echo "$*"; [ "$4" -ge "${least}" ]; }
            for least in 1 3 4; do
                echo_reply c1 10.0.0.1 -q; echo "status $?"
            done
            """
        let (once, again) = ("ping -n -c 1 -W 1 -q 10.0.0.1", "ping -n -c 3 -i 0.5 -W 1 -q 10.0.0.1")
        #expect(
            try said(lines, calling: "echo_reply") == [
                once, "status 0", once, again, "status 0", once, again, "status 1",
            ])
    }

    /// A command in a container begins with two to four words; with unset ones the shell would end.
    @Test(arguments: ["in_docker c1", "ip netns exec c1", "lxc exec -n c1 --"])
    func aSettingIsKeptUnderItsContainersName(prefix: String) throws {
        let lines = """
            recorded() { false; }
            keep() { echo "keep $*"; }
            undo() { echo "undo $*"; }
            keep_setting net.ipv4.ip_forward \(prefix)
            """
        #expect(
            try said(lines, calling: "keep_setting") == [
                "keep setting.net.ipv4.ip_forward.c1 kept_setting net.ipv4.ip_forward \(prefix)",
                "undo put_back_setting net.ipv4.ip_forward \(prefix)",
            ])
    }

    /// A key with an interface of the name a.b has slashes, which no file's name has.
    @Test func aSettingOfTheHostIsKeptAndPutBack() throws {
        let lines = """
            recorded() { false; }
            keep() { echo "keep $*"; }
            undo() { echo "undo $*"; }
            keep_setting net/ipv6/conf/br0.10/proxy_ndp
            shows() { echo "asked: $*"; "${there}"; }
            run() { echo "run $*"; }
            cat() { echo 0; }
            state=/x
            for there in true false; do put_back_setting net.ipv6.conf.all.proxy_ndp; done
            """
        #expect(
            try said(lines, calling: "keep_setting", "put_back_setting") == [
                "keep setting.net:ipv6:conf:br0.10:proxy_ndp. kept_setting net/ipv6/conf/br0.10/proxy_ndp",
                "undo put_back_setting net/ipv6/conf/br0.10/proxy_ndp",
                "asked: sysctl -n net.ipv6.conf.all.proxy_ndp", "run sysctl -q -w net.ipv6.conf.all.proxy_ndp=0",
                "asked: sysctl -n net.ipv6.conf.all.proxy_ndp",
            ])
    }

    /// Whole addresses are compared.
    @Test func aProxiedAddressIsFoundAmongOthers() throws {
        let lines = """
            quietly() { echo "$*" >&2; printf '%s\\n' '203.0.113.20  proxy' '2001:db8::20  proxy'; }
            for address in 203.0.113.20 203.0.113.2 2001:db8::20 2001:db8::2 3.0.113.20; do
                ! has_proxy "${address}" eth0 2>/dev/null || echo "${address}"
            done
            has_proxy 203.0.113.20 eth1 2>&1
            run() { echo "run $*"; }
            remove_proxy 203.0.113.20 eth0 2>/dev/null
            remove_proxy 203.0.113.21 eth0 2>/dev/null
            """
        #expect(
            try said(lines, calling: "has_proxy", "remove_proxy") == [
                "203.0.113.20", "2001:db8::20", "ip neighbour show proxy dev eth1",
                "run ip neighbour delete proxy 203.0.113.20 dev eth0",
            ])
    }

    /// LXC makes the way to the gateway of a routed NIC when it starts a container.
    @Test func theWayToTheGatewayOfARoutedNICStays() throws {
        let lines = """
            quietly() {
                printf '%s\\n' 'default via 169.254.0.1 dev eth0 ' '169.254.0.1 dev eth0 scope link ' '10.0.0.9 dev eth0 scope link '
            }
            run() { echo "run $*"; }
            only_routes -4 '0 default via 169.254.0.1 dev eth0' lxc exec -n c1 --
            """
        #expect(
            try said(lines, calling: "only_routes")
                == ["run lxc exec -n c1 -- ip -4 route delete 10.0.0.9 dev eth0 scope link"])
    }

    /// Of longer and shorter destinations nothing is taken.
    @Test func aRoutesPlaceIsItsDestinationAndMetric() throws {
        let lines = """
            ip() { echo "asked: $*" >&2; printf '%s\\n' '10.2.0.0/16 via 10.0.0.1' '10.2.0.0/16 via 10.0.0.2 metric 7'; }
            routes_at -4 7 10.2.0.0/16 2>&1
            routes_at -4 0 10.2.0.0/16 2>/dev/null
            """
        #expect(
            try said(lines, calling: "routes_at") == [
                "asked: -o -4 route show exact 10.2.0.0/16", "10.2.0.0/16 via 10.0.0.2 metric 7",
                "10.2.0.0/16 via 10.0.0.1",
            ])
    }

    /// Several next hops, as `ip -o` prints them.
    private static let nextHops = """
        ip() {
            printf '10.2.0.0/16 proto static metric 7 \\\\\tnexthop via 10.0.0.1 dev eth0 weight 1 linkdown \\\\\tnexthop via 10.0.1.1 dev eth1 weight 1 \n'
        }
        quietly() { "$@"; }
        run() { echo "run $*"; }
        """

    @Test func aRouteWithSeveralNextHopsIsKeptAsACommandTakesIt() throws {
        #expect(
            try said(Self.nextHops + "\nroutes_at -4 7 10.2.0.0/16", calling: "routes_at") == [
                "10.2.0.0/16 proto static metric 7 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.1.1 dev eth1 weight 1"
            ])
    }

    @Test(arguments: [
        ("7 10.2.0.0/16 nexthop via 10.0.0.1 dev eth0 nexthop via 10.0.1.1 dev eth1", true),
        ("7 10.2.0.0/16 nexthop via 10.0.1.1 dev eth1 nexthop via 10.0.0.1 dev eth0", false),
        ("0 10.2.0.0/16 nexthop via 10.0.0.1 dev eth0 nexthop via 10.0.1.1 dev eth1", false),
        ("7 10.2.0.0/16 nexthop via 10.0.0.1 dev eth0 nexthop via 10.0.1.1 dev eth2", false),
        ("7 10.2.0.0/16 via 10.0.0.1", false),
    ])
    func aRouteWithSeveralNextHopsIsRemovedByItsDestinationAndMetric(route: String, isThere: Bool) throws {
        #expect(
            try said(Self.nextHops + "\nremove_route -4 \(route)", calling: "remove_route")
                == (isThere ? ["run ip -4 route delete 10.2.0.0/16 metric 7"] : []))
    }

    @Test func anEditTakesAContainersOtherNextHops() throws {
        let lines =
            Self.nextHops + """

                take() { only_routes -4 "$1" ip netns exec c1; }
                quietly() { ip; }
                take '7 10.2.0.0/16 nexthop via 10.0.0.1 dev eth0 nexthop via 10.0.1.1 dev eth1'
                echo then
                take '7 10.2.0.0/16 nexthop via 10.0.0.1 dev eth0 nexthop via 10.0.1.9 dev eth1'
                """
        #expect(
            try said(lines, calling: "only_routes") == [
                "then",
                "run ip netns exec c1 ip -4 route delete 10.2.0.0/16 proto static metric 7 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.1.1 dev eth1 weight 1",
            ])
    }

    @Test func portsAreCalledByTheirNamesAlone() throws {
        let lines = """
            quietly() { printf '%s\\n' '7: veth-a@if2: <UP>' '8: eth1: <UP>' '9: mine@eth0: <UP>'; }
            recorded() { [ "$2" = mine ]; }
            others_of br0
            """
        #expect(try said(lines, calling: "others_of") == ["veth-a", "eth1"])
    }

    @Test func aBridgeThatStaysIsTrouble() throws {
        let lines = """
            me=down.sh trouble=no
            sleep() { :; }
            others_of() { echo "${port}"; }
            for port in '' eth9; do
                is_left_alone br0 && echo alone
                echo "${trouble}"
            done
            """
        #expect(try said(lines, calling: "is_left_alone") == ["alone", "no", "yes"])
    }

    private static let journal = """
        journal=$(mktemp)
        cat >"${journal}" <<'END'
        remove_route -4 0 unreachable 10.1.0.0/16 # ip route replace unreachable 10.1.0.0/16
        remove_route -4 0 10.2.0.0/16 via 172.16.0.2 # ip route replace 10.2.0.0/16 via 172.16.0.2
        remove_route -4 0 10.3.0.0/16 via 172.16.0.3 # ip route replace 10.3.0.0/16 via 172.16.0.3
        delete_link br0 # ip link add br0 type bridge
        END
        wanted='remove_route -4 0 10.1.0.0/16 via 172.16.0.9 # ip route replace 10.1.0.0/16 via 172.16.0.9
        remove_route -4 0 10.2.0.0/16 via 172.16.0.2 # ip route replace 10.2.0.0/16 via 172.16.0.2'

        """

    /// A new route takes the place of the old one of its destination and metric, whatever kind either is.
    @Test func whatIsWantedNoMoreIsStaleButForRoutesThatOthersTakeThePlaceOf() throws {
        let lines = Self.journal + "find_stale; printf '%s\\n' \"${stale}\"; rm \"${journal}\""
        #expect(
            try said(lines, calling: "find_stale").map { $0.prefix { $0 != "#" } } == [
                "delete_link br0 ", "remove_route -4 0 10.3.0.0/16 via 172.16.0.3 ",
            ])
    }

    @Test func routesThatAreNoneOfTheWantedAreStruckFromTheJournal() throws {
        let lines = Self.journal + "strike() { printf '%s\\n' \"$1\"; }\nsettle_routes\nrm \"${journal}\""
        #expect(
            try said(lines, calling: "settle_routes").map { $0.prefix { $0 != "#" } } == [
                "remove_route -4 0 unreachable 10.1.0.0/16 ", "remove_route -4 0 10.3.0.0/16 via 172.16.0.3 ",
            ])
    }

    /// What is in the journal is run as root.
    @Test(arguments: [
        ("drwx------", "0", true), ("drwxr-xr-x", "0", true), ("drwxrwxr-x", "0", false), ("drwx----w-", "0", false),
        ("drwx------", "1000", false), ("lrwxrwxrwx", "0", false),
    ])
    func aJournalIsTrustedInFoldersThatRootAloneWritesTo(mode: String, owner: String, isTrusted: Bool) throws {
        let lines = """
            state=/run/topoc/net/host1
            ls() { echo '\(mode) 2 \(owner) 0 40 Jan 1 00:00 x'; }
            problem() { echo refused; }
            trust_journal
            """
        #expect(try said(lines, calling: "trust_journal") == (isTrusted ? [] : ["refused"]))
    }

    @Test func whatATopologysOwnContainerGetsIsNotTakenBack() throws {
        let lines = """
            is_ours() { [ "$1" = own ]; }
            undo() { echo "$*"; }
            for name in own lent; do lend lxc config device add "${name}" eth0 nic nictype=bridged; done
            """
        #expect(try said(lines, calling: "lend") == ["remove_device lent eth0"])
    }

    @Test func whatIsHandedOverIsOneInterfacesAlone() throws {
        let lines = """
            printf '%s\\n' 'route add default via 10.0.0.1 dev eth0' 'route add 10.9.0.0/16 dev eth1' |
                move eth0 br0
            """
        #expect(
            try said(lines, calling: "move") == [
                "route add default via 10.0.0.1 dev br0", "route add 10.9.0.0/16 dev eth1",
            ])
    }
}
