import Foundation
import HostBed
import Testing

extension RealAnsible {
    /// Ten hosts of which one is down, or fails.
    @Suite struct FailureTests {
        @Test func oneHostThatFailsLeavesTheOthersAsTheyWere() throws {
            let node = try ControlNode(hosts: 10, fleet(of: 10))
            try oneIsDown(node)
            try oneFails(node)
            try oneRefuses(node)
        }

        /// The hosts' states, by name.
        private func states(_ node: ControlNode) throws -> [String: State] {
            Dictionary(uniqueKeysWithValues: try node.hosts.map { ($0, try node.state(of: $0)) })
        }

        /// The hosts whose state is another than before.
        private func changed(_ node: ControlNode, since before: [String: State]) throws -> [String] {
            let now = try states(node)
            return node.hosts.filter { now[$0] != before[$0] }
        }

        /// A host that is not reached is found before the others are changed; without it they come up.
        private func oneIsDown(_ node: ControlNode) throws {
            #expect(try node.bed.run("host7", ["ip", "link", "set", "dev", "mgmt", "down"]).status == 0)
            let bare = try states(node)
            let all = try node.play("site")
            #expect(all.run.status == 2 && all.hosts("unreachable") == ["host7"], "\(all.run.text)")
            #expect(all.hosts("changed") == [])
            #expect(try changed(node, since: bare) == [])
            let others = try node.play("site", "--limit", "!host7")
            let nine = node.hosts.filter { $0 != "host7" }
            #expect(others.isGood && others.hosts("changed") == nine, "\(others.run.text)")
            #expect(try changed(node, since: bare) == nine)
            #expect(try node.bed.run("host7", ["ip", "link", "set", "dev", "mgmt", "up"]).status == 0)
        }

        /// What up.sh has done when a command fails is undone on that host; in a roll-out host by host no other follows, and in
        /// one of all at once the others have the edit.
        private func oneFails(_ node: ControlNode) throws {
            let before = try states(node)
            try node.write(fleet(of: 10, containers: "e: {network: green}"))
            try node.edit(
                "host3/up.sh", replacing: "\nEND\n}\n\n# check",
                with:
                    "\nip link add name broken address 02:00:00:00:00:01 mtu 1400 type vxlan id 1 local 172.16.0.3 dev nothing dstport 4789\nEND\n}\n\n# check"
            )
            let slow = try node.play("site", "--limit", "host1:host2:host3:host4", "-e", "topoc_serial=1")
            #expect(slow.run.status == 2 && slow.hosts("failed") == ["host3"], "\(slow.run.text)")
            #expect(slow.run.output.contains("this failed: ip link add name broken"))
            #expect(slow.hosts("changed") == ["host1", "host2"])
            #expect(try changed(node, since: before) == ["host1", "host2"])
            let fast = try node.play("site", "--limit", "!host7")
            #expect(fast.run.status == 2 && fast.hosts("failed") == ["host3"], "\(fast.run.text)")
            let others = node.hosts.filter { $0 != "host3" && $0 != "host7" }
            #expect(fast.hosts("changed") == others.filter { $0 != "host1" && $0 != "host2" })
            #expect(try changed(node, since: before) == others)
            #expect(
                try node.bed.run("host1", ["ip", "netns", "exec", "r", "ping", "-n", "-c", "1", "10.1.0.3"]).status == 0
            )
        }

        /// A host that has a network of somebody else's where this one is to be says so before any host is changed.
        private func oneRefuses(_ node: ControlNode) throws {
            try node.write(fleet(of: 10, containers: "e: {network: green}"))
            #expect(try node.bed.run("host7", ["ip", "link", "add", "name", "red", "type", "bridge"]).status == 0)
            let before = try states(node)
            let run = try node.play("site")
            #expect(run.run.status == 2 && run.hosts("failed") == ["host7"], "\(run.run.text)")
            #expect(try changed(node, since: before) == [])
        }
    }
}
