import Foundation
import Testing

extension LabTests {
    /// What the caller has exported changes nothing in a lab.
    @Suite struct EnvironmentTests {
        @Test func aLabRunsUnderAHostileEnvironment() throws {
            let lab = try Lab("routed", on: Machine())
            let place = lab.folder.deletingLastPathComponent().path
            let hostile = [
                "CDPATH=\(place)", "IFS=/.:-nstu", "ENV=/nonexistent", "BASH_ENV=/nonexistent", "GREP_OPTIONS=-v",
                "POSIXLY_CORRECT=1", "LC_ALL=tr_TR.UTF-8",
            ]
            let words = ["sh", "-c", "umask 777; cd \"$1\" && exec sh routed/lab.sh run", "sh", place]
            let run = try lab.machine.run(["env"] + hostile + words, seconds: 240)
            #expect(run.status == 0, "\(run.text)")
            #expect(run.text.contains("# all hosts: "))
        }
    }
}
