import Foundation
import Testing

extension LabTests {
    /// A run over a complete one that fails, or is not answered, gives back what it found.
    @Suite struct RollBackTests {
        private static let topology = """
            topology: back
            runtime: netns
            bridge-tools: brctl
            lans:
              internal: {subnet: 10.0.0.0/24}
            hosts:
              host1:
                nics:
                  eth0: {lan: internal, address: 10.0.0.1/24, mac: "02:00:00:00:01:01"}
                bridges:
                  br1: {address: 10.1.0.1/24}
                  br2: {address: 10.2.0.1/24}
                containers:
                  c1: {bridge: br1, address: 10.1.0.2/24}
                  c2: {bridge: br1, address: 10.1.0.3/24}
                routes:
                  - {to: default, via: 10.0.0.2}
                  - {to: 10.8.0.0/16, via: 10.0.0.3}

            """

        private struct Subject {
            let lab: Lab
            let scripts: URL
            let complete: State
            let before: State

            init() throws {
                lab = try Lab(text: RollBackTests.topology, on: Machine())
                scripts = try lab.upWithoutScripts(["host1"])
                try lab.raiseOnce("eth0", of: "host1")
                before = try lab.state(of: "host1")
                let up = try lab.exec("host1", "sh", scripts.appendingPathComponent("host1/up.sh").path)
                try #require(up.status == 0, "\(up.text)")
                usleep(300_000)
                complete = try lab.state(of: "host1")
            }

            func path(_ script: String, in folder: URL? = nil) -> String {
                (folder ?? scripts).appendingPathComponent("host1/\(script)").path
            }

            func scripts(replacing changes: [(String, String)]) throws -> URL {
                try lab.scripts(
                    ofTopology: changes.reduce(RollBackTests.topology) { $0.replacing($1.0, with: $1.1) })
            }

            /// All but what the scripts note for themselves.
            func expect(_ state: State, _ what: String) throws {
                let difference = try lab.difference(of: "host1", from: state, where: State.isLasting)
                #expect(difference == "", "\(what)")
            }
        }

        private static let edits: [(String, [(String, String)])] = [
            ("addresses", [("10.1.0.1/24", "10.1.0.9/24"), ("10.1.0.2/24", "10.1.0.7/24")]),
            ("bridges", [("c2: {bridge: br1, address: 10.1.0.3/24}", "c2: {bridge: br2, address: 10.2.0.3/24}")]),
            ("routes", [("via: 10.0.0.3", "via: 10.0.0.4"), ("via: 10.0.0.2", "via: 10.0.0.5")]),
            (
                "MAC, and a route more",
                [
                    ("02:00:00:00:01:01", "02:00:00:00:01:07"),
                    ("    routes:\n", "    routes:\n      - {to: 10.7.0.0/16, via: 10.0.0.3}\n"),
                ]
            ),
        ]

        @Test(arguments: edits) func anEditThatFailsIsTakenBack(name: String, changes: [(String, String)]) throws {
            let subject = try Subject()
            let edited = try subject.scripts(replacing: changes)
            let shim = try Shim(in: subject.lab)
            let up = URL(fileURLWithPath: subject.path("up.sh", in: edited))
            let dry = try subject.lab.exec("host1", "sh", up.path, "--dry-run").lines
            let count = dry.filter { $0.hasPrefix("  ip ") || $0.hasPrefix("  brctl ") || $0.hasPrefix("  sysctl ") }
                .count
            try #require(count > 0, "\(dry)")
            for step in 1...count {
                let failed = try subject.lab.exec("host1", shim.words(up, [], .fail, at: step))
                #expect(failed.status == 1, "\(step): \(failed.text)")
                try subject.expect(subject.complete, "\(name), step \(step): \(failed.text)")
            }
            let again = try subject.lab.exec("host1", "sh", subject.path("up.sh"))
            #expect(again.status == 0 && again.text.contains("nothing to do"), "\(again.text)")
            let down = try subject.lab.exec("host1", "sh", subject.path("down.sh"))
            #expect(down.status == 0, "\(down.text)")
            try subject.expect(subject.before, "\(name): down.sh")
        }

        /// The default route has become another's since: without an answer it stays that.
        @Test func withoutAnAnswerTheOthersRouteIsThereAgain() throws {
            let subject = try Subject()
            _ = try subject.lab.exec(
                "host1", "sh", "-c", "ip route replace default via 10.0.0.77 proto dhcp; ip link set dev br2 mtu 1400")
            let found = try subject.lab.state(of: "host1")
            let up = try subject.lab.exec("host1", "sh", subject.path("up.sh"), "--confirm", "2")
            #expect(up.status == 1 && up.text.contains("undoing:"), "\(up.text)")
            try subject.expect(found, "\(up.text)")
        }
    }
}
