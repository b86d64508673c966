import HostBed
import Testing

extension RealLXD {
    /// Containers that a topology no longer has, with what is in them.
    @Suite struct PruneTests {
        private static let topology = """
            topology: lessons
            runtime: lxd
            image: bare
            hosts:
              host1:
                bridges:
                  br0: {address: 10.1.0.1/24}
                  br1: {address: 10.2.0.1/24, managed-by: lxd}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24}
                  c2: {bridge: br0, address: 10.1.0.12/24}
                  c3: {bridge: br1, address: 10.2.0.13/24}

            """

        private static let edited = topology.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.contains("c2:") && !$0.contains("c3:") && !$0.contains("br1:") }.joined(separator: "\n")

        /// The containers and LXD's own networks, as LXD lists them.
        private static func names(in bed: Bed) throws -> [String] {
            let question =
                "lxc list --columns n --format csv; lxc network list --format csv | grep ,YES, | cut -d , -f 1"
            return try bed.run("host1", ["sh", "-c", question]).output.split(separator: "\n").map(String.init)
        }

        private static func data(in bed: Bed) throws -> String {
            try bed.run("host1", ["lxc", "exec", "-n", "c2", "--", "cat", "/root/thesis"]).output
        }

        /// Once while the journal is there, and once after a boot, which takes it.
        @Test(arguments: [false, true]) func containersAreDeletedWhereThatIsSaidAlone(afterABoot: Bool) throws {
            let bed = try Bed(hosts: ["host1"])
            let before = try State(of: "host1", in: bed)
            let (scripts, next) = try (Scripts(PruneTests.topology), Scripts(PruneTests.edited))
            let up = try scripts.run("up.sh", on: "host1", of: bed)
            try #require(up.status == 0, "\(up.text)")
            let wrote = try bed.run(
                "host1", ["lxc", "exec", "-n", "c2", "--", "sh", "-c", "mkdir -p /root; echo mine >/root/thesis"])
            #expect(wrote.status == 0, "\(wrote.text)")
            if afterABoot {
                // A bridge without ports loses its carrier a moment later.
                let boot = "lxc stop --force --all; rm -rf /run/topoc; ip link delete br0; sleep 2"
                _ = try bed.run("host1", ["sh", "-c", boot])
            }
            let there = try State(of: "host1", in: bed)
            for option in ["", "--dry-run"] {
                let refused =
                    try option.isEmpty
                    ? next.run("up.sh", on: "host1", of: bed) : next.run("up.sh", on: "host1", of: bed, option)
                #expect(refused.status == 3, "\(refused.text)")
                #expect(refused.text.contains("deleted with all that is in them:"), "\(refused.text)")
                #expect(refused.text.contains(" c2") && refused.text.contains(" c3"), "\(refused.text)")
                #expect(!refused.text.contains("delete --force c1"), "\(refused.text)")
                let difference = try State(of: "host1", in: bed).difference(from: there)
                #expect(difference == [])
            }
            #expect(try PruneTests.names(in: bed) == ["c1", "c2", "c3", "br1"])
            if !afterABoot { #expect(try PruneTests.data(in: bed) == "mine\n") }
            let pruned = try next.run("up.sh", on: "host1", of: bed, "--prune")
            #expect(pruned.status == 0, "\(pruned.text)")
            #expect(try PruneTests.names(in: bed) == ["c1"], "\(pruned.text)")
            let again = try next.run("up.sh", on: "host1", of: bed)
            #expect(again.output == "  nothing to do: all of it is there\nhost1: up\n", "\(again.text)")
            // The other topology's own down.sh takes what is left; after a boot too.
            if afterABoot {
                let more = try scripts.run("up.sh", on: "host1", of: bed)
                #expect(more.status == 0, "\(more.text)")
                _ = try bed.run("host1", ["sh", "-c", "lxc stop --force --all; rm -rf /run/topoc; ip link delete br0"])
            }
            let down = try next.run("down.sh", on: "host1", of: bed)
            #expect(down.status == 0, "\(down.text)")
            #expect(try State(of: "host1", in: bed).difference(from: before) == [], "\(down.text)")
        }
    }
}
