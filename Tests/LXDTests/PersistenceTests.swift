import Testing

extension RealLXD {
    /// What a container still has after a restart of its own, and what up.sh makes of the rest.
    @Suite struct PersistenceTests {
        private static func topology(_ persist: String = "") -> String {
            """
            topology: lasting
            runtime: lxd
            image: ifupdown
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

        /// What the container has, line by line.
        private static func network(of container: String, in bed: Bed) throws -> [String] {
            let question = """
                ip -o address show | grep -v -e fe80 -e ' lo ' | sed 's/^[0-9]*: //'
                ip route show
                ip link show dev lan1 | grep -o 'mtu [0-9]*'
                sysctl net.ipv4.ip_forward
                """
            let run = try bed.run("host1", ["lxc", "exec", "-n", container, "--", "sh", "-c", question])
            return run.output.split(separator: "\n").map(String.init).sorted()
        }

        /// Waits until the container has it, or for ten seconds.
        private static func waits(for lines: [String], of container: String, in bed: Bed) throws -> [String] {
            for _ in 0..<100 {
                if try network(of: container, in: bed) == lines { break }
                _ = try bed.run("host1", ["sleep", "0.1"])
            }
            return try network(of: container, in: bed)
        }

        @Test func addressesRoutesAndForwardingAreThereAfterARestart() throws {
            let bed = try Bed(hosts: ["host1"])
            let scripts = try Scripts(PersistenceTests.topology())
            let up = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(up.status == 0, "\(up.text)")
            let before = try PersistenceTests.network(of: "c1", in: bed)
            #expect(before.contains { $0.contains("inet 10.1.0.11/24") } && before.contains("mtu 1400"), "\(before)")
            let restart = try bed.run("host1", ["lxc", "restart", "--force", "c1"])
            #expect(restart.status == 0, "\(restart.text)")
            #expect(try PersistenceTests.waits(for: before, of: "c1", in: bed) == before)
            let again = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(again.output == "  nothing to do: all of it is there\nhost1: up\n", "\(again.text)")
        }

        @Test func theImagesOwnConfigurationIsNoLongerObeyed() throws {
            let bed = try Bed(hosts: ["host1"])
            let up = try Scripts(PersistenceTests.topology()).run("up.sh", on: "host1", of: bed)
            #expect(up.status == 0, "\(up.text)")
            let file = try bed.run("host1", ["lxc", "file", "pull", "c1/etc/network/interfaces", "-"]).output
            #expect(file.contains("iface eth0 inet manual\n") && !file.contains("dhcp"), "\(file)")
            let log = try bed.run("host1", ["lxc", "exec", "-n", "c1", "--", "cat", "/var/ifup.log"])
            #expect(log.output == "", "ifup complains")
        }

        @Test func withoutPersistOnlyUpBringsThemBack() throws {
            let bed = try Bed(hosts: ["host1"])
            let scripts = try Scripts(PersistenceTests.topology("persist: false"))
            #expect(!scripts.text("up.sh", of: "host1").contains("/etc/"))
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
            for host in ["host1", "host2"] {
                let repair = try scripts.run("up.sh", on: host, of: bed)
                #expect(repair.status == 0 && repair.output.contains(" ip address "), "\(repair.text)")
            }
            let ping = try bed.run(
                "host1", ["lxc", "exec", "-n", "c1", "--", "ping", "-c", "1", "-W", "5", "10.2.0.2"])
            #expect(ping.status == 0, "\(ping.text)")
        }
    }
}
