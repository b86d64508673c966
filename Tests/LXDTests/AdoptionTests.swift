import HostBed
import Testing

extension RealLXD {
    /// A daemon that has something already: a profile's NIC, or a container or network of a name that the topology uses.
    @Suite struct AdoptionTests {
        private static let topology = """
            topology: taken
            runtime: lxd
            image: bare
            lans:
              internal: {}
            hosts:
              host1:
                forwarding: true
                nics:
                  eth0: {lan: internal}
                bridges:
                  lxdbr0: {address: 10.1.0.1/24, ports: [eth0], managed-by: lxd}
                containers:
                  c1: {bridge: lxdbr0, address: 10.1.0.11/24}
                  c2:
                    interfaces:
                      lan0: {bridge: lxdbr0, address: 10.1.0.12/24}
            """

        /// Runs a command on the host that must succeed.
        private static func prepare(_ bed: Bed, _ commands: String) throws {
            let run = try bed.run("host1", ["sh", "-e"], input: commands)
            try #require(run.status == 0, "\(run.text)")
        }

        private static func links(of container: String, in bed: Bed) throws -> [String] {
            let run = try bed.run("host1", ["lxc", "exec", "-n", container, "--", "ls", "/sys/class/net"])
            return run.output.split(separator: "\n").map(String.init)
        }

        @Test func aStockProfilesNICIsReplacedOrHidden() throws {
            let bed = try Bed(hosts: ["host1"])
            try AdoptionTests.prepare(
                bed,
                """
                lxc network create other ipv4.address=none ipv6.address=none </dev/null
                lxc profile device add default eth0 nic network=other name=eth0 </dev/null
                """)
            let before = try State(of: "host1", in: bed)
            let scripts = try Scripts(AdoptionTests.topology)
            let up = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(up.status == 0, "\(up.text)")
            #expect(try AdoptionTests.links(of: "c1", in: bed) == ["eth0", "lo"])
            #expect(try AdoptionTests.links(of: "c2", in: bed) == ["lan0", "lo"])
            let ping = try bed.run(
                "host1", ["lxc", "exec", "-n", "c1", "--", "ping", "-c", "1", "-W", "5", "10.1.0.12"])
            #expect(ping.status == 0, "\(ping.text)")
            let down = try scripts.run("down.sh", on: "host1", of: bed)
            #expect(down.status == 0, "\(down.text)")
            #expect(try State(of: "host1", in: bed).difference(from: before) == [])
        }

        @Test func namesThatAreTakenAreRefusedBeforeAnyChange() throws {
            let bed = try Bed(hosts: ["host1"])
            try AdoptionTests.prepare(
                bed,
                """
                lxc network create lxdbr0 ipv4.address=none ipv6.address=none </dev/null
                lxc init --quiet bare c2 </dev/null
                """)
            let before = try State(of: "host1", in: bed)
            let up = try Scripts(AdoptionTests.topology).run("up.sh", on: "host1", of: bed)
            #expect(up.status == 3)
            #expect(
                up.error == """
                    up.sh: there is an LXD network "lxdbr0" already, not of this topology: rename one of the two, or use it as it is with --adopt
                    up.sh: there is a container "c2" already, not of this topology: rename one of the two, or use it as it is with --adopt
                    up.sh: nothing was changed

                    """)
            #expect(up.output == "")
            #expect(try State(of: "host1", in: bed).difference(from: before) == [])
        }

        /// A container that runs, with an address, a default route and a NIC of its own, on a network that is there.
        private static let taken = """
            exec </dev/null
            lxc network create lxdbr0 ipv4.address=none ipv6.address=none
            lxc network create other ipv4.address=none ipv6.address=none
            lxc init --quiet bare c1
            lxc config device add c1 eth0 nic nictype=bridged parent=lxdbr0 name=eth0
            lxc config device add c1 mine nic nictype=bridged parent=other name=mine
            lxc start c1
            lxc exec -n c1 -- ip address add 10.1.0.200/24 dev eth0
            lxc exec -n c1 -- ip link set dev eth0 up
            lxc exec -n c1 -- ip route add default via 10.1.0.2
            lxc init --quiet bare c2
            """

        private static func inside(_ bed: Bed) throws -> String {
            try bed.run(
                "host1",
                [
                    "lxc", "exec", "-n", "c1", "--", "sh", "-c",
                    "ip -o -4 address show; ip route show; ls /sys/class/net; cat /proc/sys/net/ipv4/ip_forward",
                ]
            ).output
        }

        @Test func adoptedOnesAreUsedAsTheyAreAndLeftAsTheyWere() throws {
            let bed = try Bed(hosts: ["host1"])
            try AdoptionTests.prepare(bed, AdoptionTests.taken)
            let before = try State(of: "host1", in: bed)
            let configuration = try bed.run("host1", ["lxc", "config", "show", "c2"]).output
            let inside = try AdoptionTests.inside(bed)
            let scripts = try Scripts(AdoptionTests.topology)
            let up = try scripts.run("up.sh", on: "host1", of: bed, "--adopt")
            #expect(up.status == 0, "\(up.text)")
            #expect(!up.output.contains("lxc init") && !up.output.contains("network create"), "\(up.text)")
            let ping = try bed.run(
                "host1", ["lxc", "exec", "-n", "c1", "--", "ping", "-c", "1", "-W", "5", "10.1.0.12"])
            #expect(ping.status == 0, "\(ping.text)")
            let addresses = try AdoptionTests.inside(bed)
            #expect(addresses.contains("10.1.0.200/24") && addresses.contains("10.1.0.11/24"), "\(addresses)")
            #expect(addresses.contains("default via 10.1.0.1 ") && addresses.contains("mine"), "\(addresses)")
            let again = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(again.output == "  nothing to do: all of it is there\nhost1: up\n", "\(again.text)")
            let stop = try bed.run("host1", ["lxc", "stop", "--force", "c2"])
            #expect(stop.status == 0, "\(stop.text)")
            let repair = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(repair.status == 0 && repair.output.contains("lxc start c2"), "\(repair.text)")
            let down = try scripts.run("down.sh", on: "host1", of: bed)
            #expect(down.status == 0, "\(down.text)")
            #expect(try State(of: "host1", in: bed).difference(from: before) == [])
            #expect(try AdoptionTests.inside(bed) == inside)
            let later = try bed.run("host1", ["lxc", "config", "show", "c2"]).output
            #expect(AdoptionTests.lasting(later) == AdoptionTests.lasting(configuration))
            let unasked = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(unasked.status == 3, "what was adopted once is not adopted for ever: \(unasked.text)")
        }

        /// A container's configuration without what LXD notes of its last run.
        private static func lasting(_ configuration: String) -> [Substring] {
            configuration.split(separator: "\n").filter { !$0.contains("volatile.") }
        }
    }
}
