import Foundation
import Testing

extension LabTests {
    /// A host's scripts, stopped at every single step, continue and give back what was there.
    @Suite struct StopTests {
        /// A host of a topology, with its scripts and what there was before them.
        private struct Subject {
            let lab: Lab
            let host: String
            let up: URL
            let down: URL
            let shim: Shim
            let before: State

            init(_ topology: String, _ host: String) throws {
                lab = try Lab(topology, on: Machine())
                let scripts = try lab.upWithoutScripts(["host1", "host2"])
                self.host = host
                up = scripts.appendingPathComponent("\(host)/up.sh")
                down = scripts.appendingPathComponent("\(host)/down.sh")
                shim = try Shim(in: lab)
                // An interface that has never been up before shows that it has been: this one has.
                let nic = try lab.exec(
                    host, "sh", "-c", "ip link set dev eth0 up && sleep 0.1 && ip link set dev eth0 down")
                try #require(nic.status == 0, "\(nic.text)")
                before = try lab.state(of: host)
            }

            func run(_ script: URL, _ options: String...) throws -> Machine.Run {
                try lab.exec(host, ["sh", script.path] + options)
            }

            /// Runs a script that is stopped at a change, or only counted where that is 0.
            func run(
                _ script: URL, _ options: String..., stopping action: Shim.Action, at limit: Int
            ) throws -> (run: Machine.Run, changes: Int) {
                let run = try lab.exec(host, shim.words(script, options, action, at: limit))
                return (run, try shim.changes())
            }

            func expect(_ state: State, _ what: String) throws {
                let difference = try lab.difference(of: host, from: state)
                try #require(difference == "", "\(host), \(what)")
            }
        }

        private static let hosts = [
            ("routed", "host1"), ("routed", "host2"), ("bridged", "host1"), ("vxlan", "host2"),
        ]

        @Test(arguments: hosts) func upTwiceChangesNothing(topology: String, host: String) throws {
            let subject = try Subject(topology, host)
            #expect(try subject.run(subject.up).status == 0)
            try subject.expect(try subject.lab.state(of: host), "settled")
            let first = try subject.lab.state(of: host, isExact: true)
            let again = try subject.run(subject.up, stopping: .after, at: 0)
            #expect(again.run.status == 0, "\(again.run.text)")
            #expect(again.changes == 0, "\(again.run.text)")
            #expect(try subject.lab.state(of: host, isExact: true).difference(from: first) == "")
        }

        @Test(arguments: hosts) func killedAnywhereItContinuesOrIsCleared(topology: String, host: String) throws {
            let subject = try Subject(topology, host)
            let (whole, count) = try subject.run(subject.up, stopping: .after, at: 0)
            try #require(whole.status == 0 && count > 10, "\(whole.text)")
            usleep(500_000)
            let complete = try subject.lab.state(of: host)
            _ = try subject.run(subject.down)
            try subject.expect(subject.before, "after down.sh")
            for step in 1...count {
                for action in [Shim.Action.before, .after] {
                    let killed = try subject.run(subject.up, stopping: action, at: step)
                    #expect(killed.run.status == 137, "step \(step): \(killed.run.text)")
                    if action == .before {
                        #expect(try subject.run(subject.down).status == 0)
                        try subject.expect(subject.before, "down.sh after up.sh was killed before step \(step)")
                        continue
                    }
                    let again = try subject.run(subject.up)
                    #expect(again.status == 0, "up.sh after it was killed at step \(step): \(again.text)")
                    try subject.expect(complete, "up.sh after it was killed at step \(step)")
                    let down = try subject.run(subject.down)
                    #expect(down.status == 0, "\(down.text)")
                    try subject.expect(subject.before, "up.sh killed at step \(step), up.sh, down.sh")
                }
            }
        }

        @Test(arguments: hosts) func anErrorAnywhereIsUndone(topology: String, host: String) throws {
            let subject = try Subject(topology, host)
            let count = try subject.run(subject.up, stopping: .after, at: 0).changes
            usleep(500_000)
            let complete = try subject.lab.state(of: host)
            _ = try subject.run(subject.down)
            try subject.expect(subject.before, "after down.sh")
            try #require(count > 10)
            for step in 1...count {
                let failed = try subject.run(subject.up, stopping: .fail, at: step)
                #expect(failed.run.status == 1, "step \(step): \(failed.run.text)")
                try subject.expect(subject.before, "up.sh failed at step \(step)")
            }
            for step in [1, count / 2, count] {
                let failed = try subject.run(subject.up, "--keep", stopping: .fail, at: step)
                #expect(failed.run.status == 1, "step \(step): \(failed.run.text)")
                let again = try subject.run(subject.up)
                #expect(again.status == 0, "\(again.text)")
                try subject.expect(complete, "up.sh --keep failed at step \(step), up.sh")
                _ = try subject.run(subject.down)
                try subject.expect(subject.before, "up.sh --keep failed at step \(step), up.sh, down.sh")
            }
        }

        @Test(arguments: hosts) func downKilledAnywhereIsFinishedByTheNext(topology: String, host: String) throws {
            let subject = try Subject(topology, host)
            _ = try subject.run(subject.up)
            let count = try subject.run(subject.down, stopping: .after, at: 0).changes
            try #require(count > 5)
            for step in 1...count {
                #expect(try subject.run(subject.up).status == 0)
                let action: Shim.Action = step.isMultiple(of: 2) ? .before : .after
                let killed = try subject.run(subject.down, stopping: action, at: step)
                #expect(killed.run.status == 137, "step \(step): \(killed.run.text)")
                let again = try subject.run(subject.down)
                #expect(again.status == 0, "\(again.text)")
                try subject.expect(subject.before, "down.sh killed at step \(step), down.sh")
            }
        }
    }
}
