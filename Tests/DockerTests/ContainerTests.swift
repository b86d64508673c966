import HostBed
import Testing

extension RealDocker {
    /// One host: containers that restart, that are others', that are stopped half-way, beside bare namespaces.
    @Suite struct ContainerTests {
        private static let topology = """
            topology: single
            runtime: docker
            image: bare
            hosts:
              host1:
                forwarding: true
                bridges:
                  br0: {address: 10.1.0.1/24, mtu: 1400}
                containers:
                  c1:
                    bridge: br0
                    addresses: [10.1.0.11/24, "fd00:1::11/64"]
                    mac: "02:00:00:00:00:11"
                    command: [sh, -c, "echo 'it runs' && exec sleep 1000"]
                  c2: {p2p: 10.2.0.0/30, command: [sleep, "1000"]}
                  n1: {bridge: br0, addresses: [10.1.0.12/24, "fd00:1::12/64"], runtime: netns}
            """

        private static func inside(_ container: String, _ command: String, _ bed: Bed) throws -> String {
            try bed.run("host1", ["docker", "exec", container, "sh", "-c", command]).output
        }

        @Test func theCommandTheNameTheMACAndTheMTUAreThoseOfTheTopology() throws {
            let bed = try Bed(hosts: ["host1"])
            let scripts = try Scripts(ContainerTests.topology)
            let up = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(up.status == 0, "\(up.text)")
            #expect(try bed.run("host1", ["docker", "logs", "c1"]).output.contains("it runs"))
            #expect(try ContainerTests.inside("c1", "hostname", bed) == "c1\n")
            let link = try ContainerTests.inside("c1", "ip link show dev eth0", bed)
            #expect(link.contains("02:00:00:00:00:11") && link.contains(" mtu 1400 "), "\(link)")
            for target in ["10.1.0.12", "10.2.0.1", "10.2.0.2", "fd00:1::12"] {
                let ping = try bed.run("host1", ["docker", "exec", "c1", "ping", "-c", "3", "-W", "2", target])
                #expect(ping.status == 0, "\(target): \(ping.text)")
            }
            let check = try scripts.run("check.sh", on: "host1", of: bed)
            #expect(check.status == 0, "\(check.text)")
        }

        /// Also after a boot, which takes the journal.
        @Test func containersAreDeletedWhereThatIsSaidAlone() throws {
            let bed = try Bed(hosts: ["host1"])
            let (scripts, next) = try (
                Scripts(ContainerTests.topology),
                Scripts(ContainerTests.topology.replacing("c2: {", with: "c3: {"))
            )
            let up = try scripts.run("up.sh", on: "host1", of: bed)
            try #require(up.status == 0, "\(up.text)")
            func boot() throws {
                let line = "docker kill $(docker ps --quiet); ip netns delete n1; ip link delete br0; rm -rf /run/topoc"
                _ = try bed.run("host1", ["sh", "-c", line])
            }
            for isAfterABoot in [false, true] {
                if isAfterABoot { try boot() }
                let refused = try next.run("up.sh", on: "host1", of: bed)
                #expect(refused.status == 3 && refused.text.contains("all that is in them: c2."), "\(refused.text)")
                #expect(try bed.run("host1", ["docker", "inspect", "c2"]).status == 0)
            }
            let pruned = try next.run("up.sh", on: "host1", of: bed, "--prune")
            #expect(pruned.status == 0 && pruned.output.contains("docker rm --force --volumes c2"), "\(pruned.text)")
            let names = try bed.run("host1", ["docker", "ps", "--all", "--format", "{{.Names}}"]).output
            #expect(names.split(separator: "\n").sorted() == ["c1", "c3"])
            try boot()
            // Its c3 is none of the first topology's, and carries the same mark.
            let down = try scripts.run("down.sh", on: "host1", of: bed)
            #expect(down.status == 0, "\(down.text)")
            #expect(try bed.run("host1", ["docker", "ps", "--all", "--quiet"]).output == "", "\(down.text)")
        }

        @Test func upBringsBackWhatARestartLost() throws {
            let bed = try Bed(hosts: ["host1"])
            let scripts = try Scripts(ContainerTests.topology)
            let before = try State(of: "host1", in: bed)
            _ = try scripts.run("up.sh", on: "host1", of: bed)
            let all = try State(of: "host1", in: bed)
            let restart = try bed.run(
                "host1", ["sh", "-c", "docker restart --time 0 c1 && docker kill c2 && docker wait c2"])
            #expect(restart.status == 0, "\(restart.text)")
            #expect(try !ContainerTests.inside("c1", "ls /sys/class/net", bed).contains("eth0"))
            let repair = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(repair.status == 0 && !repair.output.contains("docker create"), "\(repair.text)")
            #expect(repair.output.contains("  docker start c2\n") && !repair.output.contains("docker start c1"))
            #expect(try State(of: "host1", in: bed).difference(from: all) == [])
            let check = try scripts.run("check.sh", on: "host1", of: bed)
            #expect(check.status == 0, "\(check.text)")
            let down = try scripts.run("down.sh", on: "host1", of: bed)
            #expect(down.status == 0, "\(down.text)")
            #expect(try State(of: "host1", in: bed).difference(from: before) == [])
        }

        @Test func containersOfOthersAreRefusedAndLeft() throws {
            let bed = try Bed(hosts: ["host1"])
            let make = ["docker", "create", "--name", "c1", "--network", "none", "bare", "sh"]
            #expect(try bed.run("host1", make).status == 0)
            let before = try State(of: "host1", in: bed)
            let scripts = try Scripts(ContainerTests.topology)
            let up = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(up.status == 3)
            #expect(
                up.error == """
                    up.sh: there is a Docker container "c1" already, not of this topology: rename one of the two
                    up.sh: nothing was changed

                    """)
            let down = try scripts.run("down.sh", on: "host1", of: bed)
            #expect(down.output == "host1: nothing to undo\n", "\(down.text)")
            #expect(try State(of: "host1", in: bed).difference(from: before) == [])
        }

        /// To Docker, the beginning of an ID is as good as a name.
        @Test func aNameThatBeginsTheIDOfAnotherIsAName() throws {
            let bed = try Bed(hosts: ["host1"])
            let made = try bed.run("host1", ["docker", "create", "--name", "theirs", "bare", "sh"])
            let name = String(made.output.prefix(6))
            let text = ContainerTests.topology.replacing("  c1:\n", with: "  \"\(name)\":\n")
            let scripts = try Scripts(text)
            let before = try State(of: "host1", in: bed)
            let up = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(up.status == 0, "\(up.text)")
            let names = try bed.run("host1", ["docker", "ps", "--all", "--format", "{{.Names}}"]).output
            #expect(Set(names.split(separator: "\n")) == ["c2", "theirs", Substring(name)])
            for _ in 0..<2 { _ = try scripts.run("down.sh", on: "host1", of: bed) }
            #expect(try State(of: "host1", in: bed).difference(from: before) == [])
        }

        @Test func withoutItsJournalDownFindsThemByTheirLabel() throws {
            let bed = try Bed(hosts: ["host1"])
            let scripts = try Scripts(ContainerTests.topology)
            _ = try scripts.run("up.sh", on: "host1", of: bed)
            let lost = try bed.run("host1", ["sh", "-c", "rm -r /run/topoc && docker stop --time 0 c1 c2"])
            #expect(lost.status == 0, "\(lost.text)")
            let down = try scripts.run("down.sh", on: "host1", of: bed)
            #expect(down.output.contains("docker rm --force --volumes c1\n"), "\(down.text)")
            #expect(try bed.run("host1", ["docker", "ps", "--all", "--quiet"]).output == "")
        }

        @Test func whatFailsIsUndone() throws {
            let bed = try Bed(hosts: ["host1"])
            let before = try State(of: "host1", in: bed)
            let text = ContainerTests.topology.replacing("[sleep, \"1000\"]", with: "[/no/such/command]")
            let up = try Scripts(text).run("up.sh", on: "host1", of: bed)
            #expect(up.status == 1 && up.error.contains("this failed: docker start c2"), "\(up.text)")
            #expect(try State(of: "host1", in: bed).difference(from: before) == [])
        }

        @Test func withoutADaemonNothingIsChanged() throws {
            let bed = try Bed(hosts: ["host1"])
            let scripts = try Scripts(ContainerTests.topology)
            for (daemon, words) in [
                ("unix:///run/none.sock", "no Docker daemon answers: is it running?"),
                ("tcp://127.0.0.1:1", "no Docker daemon answers: is it running?"),
            ] {
                let up = try bed.run(
                    "host1", ["env", "DOCKER_HOST=\(daemon)", "sh", "-s"], input: scripts.text("up.sh", of: "host1"))
                #expect(up.status == 3 && up.error.contains(words), "\(up.text)")
            }
        }
    }
}
