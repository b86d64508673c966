import Foundation
import Testing

extension LabTests {
    /// `topoc lab up -q`, `status` and `down -q`, as a user types them.
    @Suite struct StatusTests {
        @Test func theStatusTellsWhatIsUpAndWhetherItsFileHasChanged() throws {
            let machine = try Machine()
            let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let topoc = URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("topoc").path
            let script = """
                cd "$1"
                topoc() { "$0" "$@"; echo "= $?"; }
                topoc init -q net
                topoc lab status
                topoc lab up -q net.topo
                topoc lab status net.topo
                echo '# more' >>net.topo
                topoc lab status
                topoc lab up -q net.topo
                topoc lab status -q
                topoc lab status | grep -c 'not changed'
                topoc lab down -q net.topo
                topoc lab status net.topo
                ls /run/topoc-lab
                """
            let run = try machine.run(["sh", "-c", script, topoc, machine.folder.path], seconds: 120)
            let file = machine.folder.appendingPathComponent("net.topo").path
            let told = run.lines.filter { !$0.contains("up since") }
            #expect(
                Array(told.prefix(13)) == [
                    "= 0", "nothing is up", "= 1", "= 0", "  hosts:   host1, host2",
                    "  scripts: \(machine.folder.path)/out/net", "  file:    \(file), which has not changed since",
                    "= 0",
                    "  hosts:   host1, host2", "  scripts: \(machine.folder.path)/out/net",
                    "  file:    \(file), which has changed since: \"topoc lab up\" brings the lab to it", "= 0", "= 0",
                ], "\(run.text)")
            #expect(Array(told.dropFirst(13).prefix(5)) == ["= 0", "1", "= 0", "nothing is up", "= 1"], "\(run.text)")
            #expect(run.lines.count { $0.hasPrefix("net: up since ") } == 2, "\(run.text)")
        }

        /// As in a container that began beside a running lab, with a `/run` of its own.
        @Test func aLabThatIsHiddenBelowAnotherMountIsNotInTheWay() throws {
            let machine = try Machine()
            let hidden = """
                mkdir -p /run/topoc-lab/routed && mount -t tmpfs tmpfs /run/topoc-lab/routed &&
                mount -t tmpfs -o mode=755 tmpfs /run && mountpoint /run/topoc-lab/routed
                """
            try #require(try machine.shell(hidden).text.contains("/run/topoc-lab/routed"))
            let lab = try Lab("routed", on: machine)
            for verb in ["up", "down"] {
                let run = try lab.run(verb)
                #expect(run.status == 0, "\(run.text)")
            }
            #expect(try machine.shell("ls /run/topoc-lab").status != 0)
        }
    }
}
