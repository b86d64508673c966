import HostBed
import Testing

extension RealLXD {
    /// What a container still has after a restart of its own, and what up.sh makes of the rest.
    @Suite struct PersistenceTests {
        private static func topology(_ persist: String = "", image: String = "ifupdown") -> String {
            """
            topology: lasting
            runtime: lxd
            image: \(image)
            hosts:
              host1:
                bridges:
                  br0: {address: 10.1.0.1/24}
                  br1: {address: 10.2.0.1/24, mtu: 1400}
                forwarding: true
                containers:
                  c1:
                    \(persist)
                    forwarding: true
                    interfaces:
                      eth0: {bridge: br0, addresses: [10.1.0.11/24, "fd00:1::11/64"]}
                      lan1: {bridge: br1, address: 10.2.0.11/24}
                    gateway: 10.1.0.1
                    routes:
                      - {to: 10.9.0.0/16, via: 10.2.0.1}
            """
        }

        /// What the container has to have, line by line, and nothing twice.
        private static let wanted = [
            "10.1.0.0/24 dev eth0 scope link src 10.1.0.11", "10.2.0.0/24 dev lan1 scope link src 10.2.0.11",
            "10.9.0.0/16 via 10.2.0.1 dev lan1", "default via 10.1.0.1 dev eth0", "eth0 inet 10.1.0.11/24",
            "eth0 inet6 fd00:1::11/64", "lan1 inet 10.2.0.11/24", "mtu 1400", "net.ipv4.ip_forward = 1",
        ]

        /// What the container has, once it has what it has to have, or after ten seconds.
        private static func network(of container: String, in bed: Bed) throws -> [String] {
            let question = """
                ip -o address show | grep -v -e fe80 -e ' lo ' | awk '{ print $2, $3, $4 }'
                ip route show | sed 's/  */ /g; s/ *$//'
                ip link show dev lan1 | grep -o 'mtu [0-9]*'
                sysctl net.ipv4.ip_forward
                """
            var lines: [String] = []
            for _ in 0..<100 {
                let run = try bed.run("host1", ["lxc", "exec", "-n", container, "--", "sh", "-c", question])
                lines = run.output.split(separator: "\n").map(String.init).sorted()
                if lines == wanted { break }
                _ = try bed.run("host1", ["sleep", "0.1"])
            }
            return lines
        }

        /// With ifupdown as in Alpine's images, systemd-networkd as in Debian's, netplan as in Ubuntu's: the image's own
        /// file, which asks for DHCP, is not the one that systemd-networkd goes by.
        @Test(arguments: [
            ("ifupdown", ""), ("networkd", "/etc/systemd/network/05-topoc-eth0.network"),
            ("netplan", "/run/systemd/network/10-netplan-eth0.network"),
        ])
        func addressesRoutesAndForwardingAreThereAfterARestart(_ image: String, _ file: String) throws {
            let bed = try Bed(images: [image], hosts: ["host1"])
            let scripts = try Scripts(PersistenceTests.topology(image: image))
            let up = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(up.status == 0 && !up.output.contains("waits for up.sh"), "\(up.text)")
            #expect(try PersistenceTests.network(of: "c1", in: bed) == PersistenceTests.wanted)
            let restart = try bed.run("host1", ["lxc", "restart", "--force", "c1"])
            #expect(restart.status == 0, "\(restart.text)")
            #expect(try PersistenceTests.network(of: "c1", in: bed) == PersistenceTests.wanted)
            let again = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(again.output == "  nothing to do: all of it is there\nhost1: up\n", "\(again.text)")
            guard !file.isEmpty else { return }
            let question = "cat /run/systemd/netif/links/*; cat '\(file)'"
            let seen = try bed.run("host1", ["lxc", "exec", "-n", "c1", "--", "sh", "-c", question]).output
            #expect(seen.contains("NETWORK_FILE=\(file)\n"), "\(seen)")
            #expect(seen.contains("Address=10.1.0.11/24\n") && !seen.contains("DHCP=yes"), "\(seen)")
        }

        @Test func theImagesOwnConfigurationIsNoLongerObeyed() throws {
            let bed = try Bed(images: ["ifupdown"], hosts: ["host1"])
            let up = try Scripts(PersistenceTests.topology()).run("up.sh", on: "host1", of: bed)
            #expect(up.status == 0, "\(up.text)")
            let file = try bed.run("host1", ["lxc", "file", "pull", "c1/etc/network/interfaces", "-"]).output
            #expect(file.contains("iface eth0 inet manual\n") && !file.contains("dhcp"), "\(file)")
            let log = try bed.run("host1", ["lxc", "exec", "-n", "c1", "--", "cat", "/var/ifup.log"])
            #expect(log.output == "", "ifup complains")
        }

        @Test func withoutPersistOnlyUpBringsThemBack() throws {
            let bed = try Bed(images: ["ifupdown"], hosts: ["host1"])
            let scripts = try Scripts(PersistenceTests.topology("persist: false"))
            #expect(!scripts.text("up.sh", of: "host1").contains("\n            write_for "))
            let up = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(up.status == 0, "\(up.text)")
            let file = try bed.run("host1", ["lxc", "file", "pull", "c1/etc/network/interfaces", "-"]).output
            #expect(file.contains("dhcp"), "the image's file")
        }

        @Test func anImageWithNoneOfThemIsSaidAndRepairedByUp() throws {
            let bed = try Bed()
            let scripts = try Scripts(topology: "routed")
            for host in ["host1", "host2"] {
                let up = try scripts.run("up.sh", on: host, of: bed)
                #expect(up.status == 0, "\(up.text)")
                #expect(up.output.contains("has no netplan, systemd-networkd or ifupdown"), "\(up.text)")
            }
            for (host, container) in [("host1", "c1"), ("host2", "c3")] {
                let restart = try bed.run(host, ["lxc", "restart", "--force", container])
                #expect(restart.status == 0, "\(restart.text)")
            }
            let lost = try bed.run("host1", ["lxc", "exec", "-n", "c1", "--", "ip", "route"])
            #expect(lost.output == "")
            // c3 is at the end of a point-to-point link, of which the host has lost its own end's address.
            let told = try scripts.run("check.sh", on: "host2", of: bed)
            #expect(told.status == 1 && told.output.contains("\nnot ok "), "\(told.text)")
            #expect(told.output.contains("# where a container or this host has restarted, up.sh brings back"))
            for host in ["host1", "host2"] {
                let repair = try scripts.run("up.sh", on: host, of: bed)
                #expect(repair.status == 0 && repair.output.contains(" ip address "), "\(repair.text)")
            }
            let ping = try bed.run(
                "host1", ["lxc", "exec", "-n", "c1", "--", "ping", "-c", "1", "-W", "5", "10.2.0.2"])
            #expect(ping.status == 0, "\(ping.text)")
            let check = try scripts.run("check.sh", on: "host2", of: bed)
            #expect(check.status == 0, "\(check.text)")
        }
    }
}
