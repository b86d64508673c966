import HostBed
import Testing

extension RealLXD {
    /// A container with a single address is on a `routed` NIC: the same link as by hand, and complete again after a restart.
    @Suite struct RoutedNICTests {
        private static let both =
            "[{container: 203.0.113.20/32, announce: eth0}, {container: \"2001:db8::20/128\", announce: eth0}]"

        private static func topology(_ link: String = both, checks: Bool = true) -> String {
            """
            topology: routed-nic
            runtime: lxd
            image: bare
            lans:
              lan: {subnet: [203.0.113.0/24, "2001:db8::/64"]}
            hosts:
              host1:
                forwarding: true
                nics: {eth0: {lan: lan, addresses: [203.0.113.10/24, "2001:db8::10/64"]}}
                containers:
                  web: {p2p: \(link)}
                  db: {p2p: {container: 198.18.0.5/32}}
              host2:
                nics: {eth0: {lan: lan, addresses: [203.0.113.11/24, "2001:db8::11/64"]}}
                routes: [{to: 198.18.0.5/32, via: host1}]
            """
                + (checks
                    ? """

                    checks:
                      - {ping: [host2, web]}
                      - {ping: ["2001:db8::11", "2001:db8::20"]}
                      - {ping: [web, host2]}
                      - {ping: [host2, db]}
                      - {trace: [host2, web], hops: [host1]}
                    """ : "") + "\n"
        }

        /// What the host has of the link, and the container.
        private static func link(in bed: Bed) throws -> [String] {
            let question = """
                ip -o address show | awk '$3 ~ /^inet/ && $4 ~ /^(169.254|fe80::1\\/)/ { print $2, $4 }'
                ip route show | grep -E '^(203.0.113.20|198.18.0.5) ' | sed 's/ *$//'
                ip -6 route show 2001:db8::20 | sed 's/ pref.*//; s/ *$//'
                ip neighbour show proxy | sed 's/ *$//'
                lxc exec -n web -- ip route show | grep default | sed 's/ onlink//; s/ *$//'
                """
            return try bed.run("host1", ["sh", "-c", question]).output.split(separator: "\n").map(String.init).sorted()
        }

        private static let wanted = [
            "198.18.0.5 dev veth-db scope link", "2001:db8::20 dev eth0 proxy",
            "2001:db8::20 dev veth-web metric 1024", "203.0.113.20 dev eth0 proxy",
            "203.0.113.20 dev veth-web scope link", "default via 169.254.0.1 dev eth0",
            "veth-db 169.254.0.1/32", "veth-web 169.254.0.1/32", "veth-web fe80::1/128",
        ]

        private func reach(_ address: String, in bed: Bed) throws -> Bool {
            try bed.run("host2", ["ping", "-n", "-c", "3", "-W", "2", address]).status == 0
        }

        @Test func itIsTheSameLinkAndOutlivesARestart() throws {
            let bed = try Bed()
            for host in ["host1", "host2"] {
                let once = "ip link set dev eth0 up && sleep 0.1 && ip link set dev eth0 down"
                try #require(try bed.run(host, ["sh", "-c", once]).status == 0)
            }
            let before = try State(of: "host1", in: bed)
            let scripts = try Scripts(RoutedNICTests.topology())
            for host in ["host2", "host1"] {
                let up = try scripts.run("up.sh", on: host, of: bed)
                try #require(up.status == 0, "\(up.text)")
            }
            let device = try bed.run("host1", ["lxc", "config", "device", "show", "web"]).output
            for line in ["nictype: routed", "parent: eth0", "ipv4.address: 203.0.113.20", "ipv6.address: 2001:db8::20"]
            {
                #expect(device.contains("  \(line)\n"), "\(device)")
            }
            #expect(try RoutedNICTests.link(in: bed) == RoutedNICTests.wanted)
            for host in ["host1", "host2"] {
                let check = try scripts.run("check.sh", on: host, of: bed)
                #expect(check.status == 0 && !check.output.contains("not ok"), "\(check.text)")
            }
            let again = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(again.output == "  nothing to do: all of it is there\nhost1: up\n", "\(again.text)")
            // Without up.sh: LXD brings back both ends.
            let restart = try bed.run("host1", ["lxc", "restart", "--force", "web"])
            #expect(restart.status == 0, "\(restart.text)")
            #expect(try RoutedNICTests.link(in: bed) == RoutedNICTests.wanted)
            #expect(try reach("203.0.113.20", in: bed) && reach("2001:db8::20", in: bed))
            let after = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(after.output == "  nothing to do: all of it is there\nhost1: up\n", "\(after.text)")
            // An edit: it is not announced any more, and has another address.
            let other = try Scripts(RoutedNICTests.topology("{container: 198.18.0.20/32}", checks: false))
            let edited = try other.run("up.sh", on: "host1", of: bed)
            #expect(edited.status == 0, "\(edited.text)")
            #expect(try bed.run("host1", ["ip", "neighbour", "show", "proxy"]).output == "")
            #expect(try bed.run("host1", ["ping", "-n", "-c", "1", "-W", "2", "198.18.0.20"]).status == 0)
            #expect(try !reach("203.0.113.20", in: bed))
            let back = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(back.status == 0, "\(back.text)")
            #expect(try RoutedNICTests.link(in: bed) == RoutedNICTests.wanted)
            #expect(try reach("203.0.113.20", in: bed) && reach("2001:db8::20", in: bed))
            let down = try scripts.run("down.sh", on: "host1", of: bed)
            #expect(down.status == 0, "\(down.text)")
            #expect(try State(of: "host1", in: bed).difference(from: before) == [])
        }
    }
}
