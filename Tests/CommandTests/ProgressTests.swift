import Foundation
import Testing

/// What a person sees who waits: on a terminal, which script(1) gives.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
struct ProgressTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("topology: net\nruntime: netns\nhosts: {host1: }\n", to: "net.topo")
        // A Graphviz that takes its time.
        try scratch.write("#!/bin/sh\nsleep ${PAUSE:-1.3}\nexec /usr/bin/dot \"$@\"\n", to: "bin/dot")
        #expect(chmod(scratch.path("bin/dot"), 0o755) == 0)
        try scratch.write(
            """
            for host in host1 host2 host3; do
                echo "--- ${host}: up.sh ---"
                [ -e broken ] || sleep 0.8
            done
            [ ! -e broken ] || exit 9

            """, to: "mine/lab.sh")
    }

    /// Runs a line of shell on a terminal; gives all that is seen there.
    private func see(_ line: String, pause: String = "1.3") throws -> (status: Int32, text: String) {
        let run = try Command(
            ["script", "-qec", line.replacing("topoc", with: "'\(Command.path)'"), "/dev/null"], in: scratch,
            environment: [
                "PATH": "\(scratch.path("bin")):/usr/bin:/bin", "PAUSE": pause, "TERM": "xterm", "NO_COLOR": "1",
                "SHELL": "/bin/sh",
            ], program: "/usr/bin/env")
        return (run.status, run.output)
    }

    @Test func graphvizAtWorkIsToldAndTheLineIsGoneAtTheEnd() throws {
        let run = try see("topoc graph net.topo -o a.svg")
        #expect(run.status == 0 && run.text.contains("\rGraphviz is drawing a svg: 1 s"), "\(run.text)")
        #expect(run.text.hasSuffix("\r\u{1B}[K"), "\(run.text)")
    }

    @Test func whatIsQuickIsNotTold() throws {
        #expect(try !see("topoc graph net.topo -o a.svg", pause: "0").text.contains("Graphviz is"))
    }

    @Test func aFileIsNotToldOfIt() throws {
        #expect(try !see("topoc graph net.topo -o a.svg 2>log").text.contains("Graphviz is"))
        #expect(try scratch.read("log").contains("drawing") == false)
        #expect(try !see("TERM=dumb topoc graph net.topo -o a.svg").text.contains("Graphviz is"))
    }

    @Test func aQuietLabSaysHowManyHostsAreDone() throws {
        let run = try see("topoc lab up -q --templates mine net.topo")
        #expect(run.status == 0 && run.text.contains("bringing net up, 0 of 1 host done: 1 s"), "\(run.text)")
        #expect(run.text.contains("net up, 1 of 1 host done") && !run.text.contains("---"), "\(run.text)")
        try scratch.write("", to: "broken")
        let failed = try see("topoc lab up -q --templates mine net.topo")
        #expect(failed.status == 9 && failed.text.contains("--- host3: up.sh ---"), "\(failed.text)")
    }

    /// The line that a Ctrl-C stops is gone, and no file is left.
    @Test func aCtrlCLeavesNothing() throws {
        let run = try see("timeout --foreground -s INT 1 topoc graph net.topo -o a.svg; echo \"= $?\"; ls", pause: "3")
        #expect(run.text.contains("Graphviz is drawing") && run.text.contains("\r\u{1B}[K"), "\(run.text)")
        #expect(try !scratch.files().contains { $0.contains(".svg") || $0.contains("tmp") })
    }
}
