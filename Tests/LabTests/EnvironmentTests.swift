import Foundation
import Testing

extension LabTests {
    /// What the caller has exported changes nothing in a lab.
    @Suite struct EnvironmentTests {
        /// Runs a line of shell on a lab's machine, in the folder above the lab's, as a caller with a hostile environment.
        private func run(_ line: String, of lab: Lab, _ words: String...) throws -> Machine.Run {
            let place = lab.folder.deletingLastPathComponent().path
            let rc = lab.machine.folder.appendingPathComponent("rc").path
            let hostile = [
                "CDPATH=\(place)", "IFS=/.:-nstu", "ENV=\(rc)", "BASH_ENV=\(rc)", "GREP_OPTIONS=-v",
                "POSIXLY_CORRECT=1",
                "LC_ALL=tr_TR.UTF-8", "TMPDIR=\(lab.machine.folder.path)",
            ]
            try "echo owned\nexit 9\n".write(toFile: rc, atomically: false, encoding: .utf8)
            return try lab.machine.run(
                ["env"] + hostile + ["/bin/dash", "-c", "umask 777; cd \"$0\"; " + line, place] + words, seconds: 240)
        }

        @Test func aLabRunsUnderAHostileEnvironment() throws {
            let run = try run("exec sh routed/lab.sh run", of: try Lab("routed", on: Machine()))
            #expect(run.status == 0, "\(run.text)")
            #expect(run.text.contains("# all hosts: ") && !run.text.contains("owned"))
        }

        /// `topoc lab run` too, which writes the scripts into a folder of its own and leaves nothing there.
        @Test func theCommandRunsUnderAHostileEnvironment() throws {
            let lab = try Lab("routed", on: Machine())
            let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
            let topoc = URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("topoc").path
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let topology = root.appendingPathComponent("topologies/routed.topo").path
            let run = try run("exec \"$1\" lab run \"$2\"", of: lab, topoc, topology)
            #expect(run.status == 0, "\(run.text)")
            #expect(run.text.contains("# all hosts: ") && !run.text.contains("owned"))
            let left = try FileManager.default.contentsOfDirectory(atPath: lab.machine.folder.path)
            #expect(left.filter { $0.hasPrefix("topoc-lab-") } == [])
        }
    }
}
