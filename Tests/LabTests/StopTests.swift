import Foundation
import Testing

extension LabTests {
    /// A host's scripts, stopped at a change of each form, and at their first and last, continue and give back what was
    /// there.
    ///
    /// `forms.sh` finds the forms in the commands of a whole run. A form that one host's script has had is not had again
    /// by another's.
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
                try lab.raiseOnce("eth0", of: host)
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

            /// Runs up.sh and down.sh.
            /// - Returns: the state between them, and the changes of up.sh at which it is to be stopped.
            func wholeRun(without known: inout Set<String>) throws -> (complete: State, steps: [Shim.Step]) {
                let (whole, count) = try run(up, stopping: .after, at: 0)
                try #require(whole.status == 0 && count > 10, "\(whole.text)")
                let steps = try shim.steps(without: &known)
                usleep(500_000)
                let complete = try lab.state(of: host)
                _ = try run(down)
                try expect(before, "after down.sh")
                return (complete, steps)
            }

            func expect(_ state: State, _ what: String) throws {
                let difference = try lab.difference(of: host, from: state)
                try #require(difference == "", "\(host), \(what)")
            }
        }

        /// How many forms the four hosts' scripts have, so that none is lost unseen.
        private static let (formsOfUp, formsOfDown) = (23, 13)

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

        @Test func killedAtEachFormItContinuesOrIsCleared() throws {
            var forms: Set<String> = []
            for (topology, host) in Self.hosts {
                let subject = try Subject(topology, host)
                let (complete, steps) = try subject.wholeRun(without: &forms)
                for step in steps {
                    let what = "step \(step.number), \(step.form)"
                    let before = try subject.run(subject.up, stopping: .before, at: step.number)
                    #expect(before.run.status == 137, "\(what): \(before.run.text)")
                    #expect(try subject.run(subject.down).status == 0)
                    try subject.expect(subject.before, "down.sh after up.sh was killed before \(what)")
                    let after = try subject.run(subject.up, stopping: .after, at: step.number)
                    #expect(after.run.status == 137, "\(what): \(after.run.text)")
                    let again = try subject.run(subject.up)
                    #expect(again.status == 0, "up.sh after it was killed at \(what): \(again.text)")
                    try subject.expect(complete, "up.sh after it was killed at \(what)")
                    let down = try subject.run(subject.down)
                    #expect(down.status == 0, "\(down.text)")
                    try subject.expect(subject.before, "up.sh killed at \(what), up.sh, down.sh")
                }
            }
            #expect(forms.count == Self.formsOfUp, "\(forms.sorted())")
        }

        /// As a system that shuts down does, or a time limit.
        @Test func terminatedAtEachFormItUndoesWhatItDid() throws {
            var forms: Set<String> = []
            for (topology, host) in Self.hosts {
                let subject = try Subject(topology, host)
                let (_, steps) = try subject.wholeRun(without: &forms)
                for step in steps {
                    let stopped = try subject.run(subject.up, stopping: .term, at: step.number)
                    let what = "step \(step.number), \(step.form)"
                    #expect(stopped.run.status == 1, "\(what): \(stopped.run.text)")
                    #expect(stopped.run.text.contains("up.sh: stopped\n"), "\(what): \(stopped.run.text)")
                    try subject.expect(subject.before, "up.sh terminated at \(what)")
                }
            }
            #expect(forms.count == Self.formsOfUp, "\(forms.sorted())")
        }

        @Test func anErrorAtEachFormIsUndone() throws {
            var forms: Set<String> = []
            for (topology, host) in Self.hosts {
                let subject = try Subject(topology, host)
                let (complete, steps) = try subject.wholeRun(without: &forms)
                for step in steps {
                    let failed = try subject.run(subject.up, stopping: .fail, at: step.number)
                    #expect(failed.run.status == 1, "step \(step.number), \(step.form): \(failed.run.text)")
                    try subject.expect(subject.before, "up.sh failed at step \(step.number), \(step.form)")
                }
                let last = try #require(steps.last?.number)
                for step in [1, last / 2, last] {
                    let failed = try subject.run(subject.up, "--keep", stopping: .fail, at: step)
                    #expect(failed.run.status == 1, "step \(step): \(failed.run.text)")
                    let again = try subject.run(subject.up)
                    #expect(again.status == 0, "\(again.text)")
                    try subject.expect(complete, "up.sh --keep failed at step \(step), up.sh")
                    _ = try subject.run(subject.down)
                    try subject.expect(subject.before, "up.sh --keep failed at step \(step), up.sh, down.sh")
                }
            }
            #expect(forms.count == Self.formsOfUp, "\(forms.sorted())")
        }

        /// By turns before a change, after it, and by SIGTERM.
        @Test func downKilledAtEachFormIsFinishedByTheNext() throws {
            var forms: Set<String> = []
            let actions = [Shim.Action.after, .before, .term]
            var turn = 0
            for (topology, host) in Self.hosts {
                let subject = try Subject(topology, host)
                _ = try subject.run(subject.up, stopping: .after, at: 0)
                let count = try subject.run(subject.down, stopping: .after, at: 0).changes
                try #require(count > 5)
                for step in try subject.shim.steps(without: &forms) {
                    let what = "step \(step.number), \(step.form)"
                    #expect(try subject.run(subject.up).status == 0)
                    let action = actions[turn % actions.count]
                    turn += 1
                    let killed = try subject.run(subject.down, stopping: action, at: step.number)
                    #expect(killed.run.status == (action == .term ? 143 : 137), "\(what): \(killed.run.text)")
                    let again = try subject.run(subject.down)
                    #expect(again.status == 0, "\(again.text)")
                    try subject.expect(subject.before, "down.sh killed \(action) \(what), down.sh")
                }
            }
            #expect(forms.count == Self.formsOfDown, "\(forms.sorted())")
        }
    }
}
