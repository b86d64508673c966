import Foundation
import Testing

extension LabTests {
    /// What is on a host's NIC goes to its bridge with it, and is the same again in the end.
    @Suite struct HandOverTests {
        /// A host before: what is done to its NIC, and what the bridge must have then.
        struct Before: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let line: String
            let shown: [String]
            let options: [String]

            init(_ name: String, _ line: String, shows shown: [String], options: [String] = []) {
                (testDescription, self.line, self.shown, self.options) = (name, line, shown, options)
            }
        }

        private static let address = "ip address add 198.51.100.7/24 brd + dev eth0; "

        // swift-format-ignore: a line a host
        private static let befores = [
            Before(
                "a route over two NICs",
                address
                    + "ip link add name eth9 type veth peer name far9; ip link set dev far9 up; ip link set dev eth9 up; ip address add 203.0.113.1/24 dev eth9; ip route add default nexthop via 198.51.100.1 dev eth0 weight 2 nexthop via 203.0.113.9 dev eth9",
                shows: ["nexthop via 198.51.100.1 dev br0 weight 2 nexthop via 203.0.113.9 dev eth9 weight 1"]),
            Before(
                "with a metric",
                address
                    + "ip link add name eth9 type veth peer name far9; ip link set dev far9 up; ip link set dev eth9 up; ip address add 203.0.113.1/24 dev eth9; ip route add default metric 70 nexthop via 203.0.113.9 dev eth9 nexthop via 198.51.100.1 dev eth0",
                shows: ["default metric 70", "dev br0 weight 1"]),
            Before(
                "of IPv6",
                "ip -6 address add 2001:db8::7/64 dev eth0 nodad; ip -6 route add default nexthop via 2001:db8::1 dev eth0 nexthop via 2001:db8::2 dev eth0",
                shows: ["via 2001:db8::1 dev br0", "via 2001:db8::2 dev br0"]),
            Before(
                "a table with a rule",
                address
                    + "ip route add default via 198.51.100.1 dev eth0 table 100; ip rule add from 198.51.100.7 table 100",
                shows: ["default via 198.51.100.1 dev br0 table 100"]),
            Before(
                "a gateway behind its own route",
                "ip address add 192.0.2.7/32 dev eth0; ip route add 198.51.100.1 dev eth0; ip route add default via 198.51.100.1 dev eth0",
                shows: ["default via 198.51.100.1 dev br0", "198.51.100.1 dev br0 scope link"]),
            Before(
                "two addresses of one subnet",
                address
                    + "ip address add 198.51.100.8/24 dev eth0; ip route add default via 198.51.100.1 src 198.51.100.8",
                shows: ["198.51.100.7/24", "198.51.100.8/24", "default via 198.51.100.1 dev br0 src 198.51.100.8"]),
            Before(
                "what a manager of networks gives",
                "ip address add 198.51.100.7/24 brd 198.51.100.255 dev eth0 noprefixroute label eth0:1; ip route add 198.51.100.0/24 dev eth0 proto kernel scope link src 198.51.100.7 metric 100; ip route add default via 198.51.100.1 dev eth0 proto dhcp src 198.51.100.7 metric 100",
                shows: [
                    "noprefixroute", "brd 198.51.100.255",
                    "198.51.100.0/24 dev br0 proto kernel scope link src 198.51.100.7 metric 100",
                    "default via 198.51.100.1 dev br0 proto dhcp src 198.51.100.7 metric 100",
                ]),
            Before(
                "an address with a metric", "ip address add 198.51.100.7/24 dev eth0 metric 300",
                shows: ["198.51.100.0/24 dev br0 proto kernel scope link src 198.51.100.7 metric 300"]),
            Before(
                "a peer", "ip address add 192.0.2.2 peer 192.0.2.9/32 dev eth0; ip route add default via 192.0.2.9",
                shows: ["192.0.2.2 peer 192.0.2.9/32", "default via 192.0.2.9 dev br0"]),
            Before(
                "a lease",
                "ip address add 198.51.100.7/24 brd + dev eth0 valid_lft 3600 preferred_lft 1800; ip route add default via 198.51.100.1 proto dhcp",
                shows: ["scope global dynamic br0", "preferred_lft 1"], options: ["--take-lease"]),
            Before(
                "a route with an MTU and a preference",
                address
                    + "ip route add 203.0.113.0/24 via 198.51.100.1 mtu lock 1400; ip -6 address add 2001:db8::7/64 dev eth0 nodad; ip -6 route add 2001:db8:1::/48 via 2001:db8::1 pref high expires 900",
                shows: ["203.0.113.0/24 via 198.51.100.1 dev br0 mtu lock 1400", "pref high", "expires"]),
        ]

        private static let topology = """
            topology: handed
            runtime: netns
            lans:
              internal: {subnet: 10.0.0.0/24}
            hosts:
              host1:
                nics:
                  eth0: {lan: internal}
                bridges:
                  br0: {ports: [eth0]}
                containers:
                  c1: {bridge: br0, address: 10.0.0.11/24}

            """

        /// A host with its NIC as it is before.
        private struct Subject {
            let lab: Lab
            let scripts: URL
            let before: State

            init(_ line: String) throws {
                lab = try Lab(text: HandOverTests.topology, on: Machine())
                scripts = try lab.upWithoutScripts(["host1"])
                let made = try lab.exec("host1", "sh", "-ec", "ip link set dev eth0 up; " + line)
                try #require(made.status == 0, "\(made.text)")
                usleep(200_000)
                before = try HandOverTests.timeless(lab.state(of: "host1"))
            }

            func path(_ script: String) -> String { scripts.appendingPathComponent("host1/\(script)").path }

            func shell(_ line: String) throws -> String { try lab.exec("host1", "sh", "-c", line).text }

            func expectAsBefore(_ what: String) throws {
                var difference = "?"
                for _ in 0..<30 where !difference.isEmpty {
                    usleep(100_000)
                    difference = try HandOverTests.timeless(lab.state(of: "host1")).difference(from: before)
                }
                #expect(difference == "", "\(what)")
            }
        }

        /// A state without how long something is valid yet: that it is for a time only is in it.
        private static func timeless(_ state: State) throws -> State {
            try State(
                state.lines.map { line in
                    line.replacing(/"(valid_life_time|preferred_life_time|expires)":[0-9]{1,5}\b/) {
                        "\"\($0.output.1)\":0"
                    }
                }.joined(separator: "\n"), isExact: false)
        }

        private static let shown =
            "ip -o address show dev br0; ip -o -4 route show table all; ip -o -6 route show table all"

        @Test(arguments: befores) func whatTheNICHadComesBack(before: Before) throws {
            let subject = try Subject(before.line)
            let up = try subject.lab.confirmed("host1", subject.path("up.sh"), before.options)
            #expect(up.status == 0, "\(up.text)")
            let shown = try subject.shell(Self.shown).replacing("\\", with: " ").replacing(/[ \t]+/, with: " ")
            for text in before.shown { #expect(shown.contains(text), "\(shown)") }
            let again = try subject.lab.exec("host1", "sh", subject.path("up.sh"))
            #expect(again.text.contains("nothing to do"), "\(again.text)")
            let down = try subject.lab.exec("host1", "sh", subject.path("down.sh"))
            #expect(down.status == 0, "\(down.text)")
            try subject.expectAsBefore(before.testDescription)
        }

        /// Killed while addresses and routes move: the next run ends what that one began.
        @Test(arguments: [befores[0], befores[2], befores[4], befores[5]]) func killedOnTheWayItGoesOn(
            before: Before
        ) throws {
            let subject = try Subject(before.line)
            // A batch of which only a part is done, after which the script and all that it has started is killed.
            let kill = """
                mkdir /run/shim && cat >/run/shim/ip <<'END' && chmod 755 /run/shim/ip
                #!/bin/sh
                PATH=${PATH#*:}
                [ "$1" = -batch ] || exec ip "$@"
                head -n 3 "$2" | ip -batch -
                for child in $(cat "/proc/$PPID/task/$PPID/children"); do
                    [ "$child" = $$ ] || kill -KILL $(cat "/proc/$child/task/$child/children") "$child"
                done
                kill -KILL "$PPID"
                exit 1
                END
                PATH=/run/shim:$PATH sh '\(subject.path("up.sh"))' --confirm 600 >/dev/null 2>&1
                rm -rf /run/shim
                """
            _ = try subject.shell(kill)
            let up = try subject.lab.confirmed("host1", subject.path("up.sh"), before.options)
            #expect(up.status == 0, "\(up.text)")
            let shown = try subject.shell(Self.shown).replacing("\\", with: " ").replacing(/[ \t]+/, with: " ")
            for text in before.shown { #expect(shown.contains(text), "\(shown)") }
            let down = try subject.lab.exec("host1", "sh", subject.path("down.sh"))
            #expect(down.status == 0, "\(down.text)")
            try subject.expectAsBefore(before.testDescription)
        }

        /// What cannot be given back as it was is not taken.
        @Test(arguments: [
            ("ip address add 198.51.100.7/24 dev eth0 valid_lft 3600 preferred_lft 1800", "--take-lease"),
            (address + "ip rule add iif eth0 table 100", "a rule of ip-rule(8)"),
        ])
        func whatCannotComeBackIsNotTaken(line: String, said: String) throws {
            let subject = try Subject(line)
            let up = try subject.lab.exec("host1", "sh", subject.path("up.sh"), "--confirm", "5")
            #expect(up.status == 3 && up.text.contains(said), "\(up.text)")
            try subject.expectAsBefore(line)
        }

        /// A way to the host that `ip route show default dev NIC` does not show is guarded, too.
        @Test(arguments: [befores[0], befores[2], befores[3]])
        func theWayToTheHostIsNotTakenByMistake(before: Before) throws {
            let subject = try Subject(before.line)
            let up = try subject.lab.exec("host1", ["sh", subject.path("up.sh")] + before.options)
            #expect(up.status == 3 && up.text.contains("--confirm SECONDS"), "\(up.text)")
            try subject.expectAsBefore(before.testDescription)
        }

        private static let router = """
            topology: handed
            runtime: netns
            lans:
              internal: {subnet: "2001:db8:1::/64"}
            hosts:
              host1:
                forwarding: true
                nics:
                  eth0: {lan: internal, address: "2001:db8:1::1/64"}
                bridges:
                  br0: {address: "2001:db8:2::1/64"}
                containers:
                  c1: {bridge: br0, address: "2001:db8:2::2/64"}

            """

        /// A host whose own way out is from a router's advertisements keeps it when it becomes a router (accept_ra 2).
        @Test func theAdvertisedRouteStaysWithForwarding() throws {
            let lab = try Lab(text: Self.router, on: Machine())
            let scripts = try lab.upWithoutScripts(["host1"])
            let advertise = """
                ip netns add isp && ip link add name up0 type veth peer name down0 netns isp && ip link set dev up0 up
                ip -n isp link set dev down0 up && sleep 2.5
                ip netns exec isp python3 -c '
                import socket, struct
                s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
                s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"down0")
                s.sendto(struct.pack("!BBHBBHII", 134, 0, 0, 64, 0, 1800, 0, 0), ("ff02::1", 0, 0, socket.if_nametoindex("down0")))
                '
                tries=0
                until ip -6 route show default | grep -q . || [ "$tries" -ge 30 ]; do sleep 0.1; tries=$((tries + 1)); done
                """
            _ = try lab.exec("host1", "sh", "-c", advertise)
            let shown = "ip -6 route show default; cat /proc/sys/net/ipv6/conf/up0/accept_ra"
            let before = try lab.exec("host1", "sh", "-c", shown).text
            try #require(before.contains("dev up0 proto ra") && before.hasSuffix("\n1\n"), "\(before)")
            let up = try lab.exec("host1", "sh", scripts.appendingPathComponent("host1/up.sh").path)
            #expect(up.status == 0, "\(up.text)")
            let during = try lab.exec("host1", "sh", "-c", shown).text
            #expect(during.contains("dev up0 proto ra") && during.hasSuffix("\n2\n"), "\(during)")
            let again = try lab.exec("host1", "sh", scripts.appendingPathComponent("host1/up.sh").path)
            #expect(again.text.contains("nothing to do"), "\(again.text)")
            let down = try lab.exec("host1", "sh", scripts.appendingPathComponent("host1/down.sh").path)
            #expect(down.status == 0, "\(down.text)")
            let after = try lab.exec("host1", "sh", "-c", shown).text
            #expect(after.contains("dev up0 proto ra") && after.hasSuffix("\n1\n"), "\(after)")
        }

        /// Addresses that somebody has given to others by now are not taken again.
        @Test func whatTheNICHasNowGoesToTheBridge() throws {
            let subject = try Subject(Self.address)
            let up = try subject.lab.exec("host1", "sh", subject.path("up.sh"))
            #expect(up.status == 0, "\(up.text)")
            _ = try subject.shell(
                "ip link set dev eth0 nomaster; ip address delete 198.51.100.7/24 dev br0; ip address add 198.51.100.9/24 dev eth0"
            )
            let again = try subject.lab.exec("host1", "sh", subject.path("up.sh"))
            #expect(again.status == 0, "\(again.text)")
            let shown = try subject.shell("ip -br address show dev br0")
            #expect(shown.contains("198.51.100.9/24") && !shown.contains("198.51.100.7/24"), "\(shown)")
            #expect(try subject.lab.exec("host1", "sh", subject.path("down.sh")).status == 0)
            let left = try subject.shell("ip -br address show dev eth0")
            #expect(left.contains("198.51.100.9/24") && !left.contains("198.51.100.7/24"), "\(left)")
        }
    }
}
