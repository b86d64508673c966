import Foundation
import Testing

/// Labs in a kernel of their own, through `topoc lab run --kernel uml`.
///
/// Two at a time at most: a kernel keeps a processor busy.
@Suite(.serialized, .enabled(if: Topoc.obstacle == nil, "\(Topoc.obstacle ?? "")"))
struct UserModeLinuxTests {
    let topoc: Topoc

    /// The file of a topology that is up in a moment: here it is not the network that is looked at.
    private let small: String

    init() throws {
        topoc = try Topoc()
        let text = """
            topology: small
            runtime: netns
            lans: {internal: {subnet: 10.0.0.0/24}}
            hosts:
              host1:
                nics: {eth0: {lan: internal, address: 10.0.0.1/24}}
                containers: {c1: {p2p: 10.1.0.0/30}}
              host2:
                nics: {eth0: {lan: internal, address: 10.0.0.2/24}}

            """
        small = try topoc.folder("small", with: "small.topo", text) + "/small.topo"
    }

    func expectNothingLeft(_ run: Topoc.Run) throws { try expectNothingLeft([run]) }

    func expectNothingLeft(_ runs: [Topoc.Run]) throws {
        let text = runs.map(\.text).joined()
        // A process that was killed is gone a moment later.
        for _ in 0..<100 {
            if topoc.processes == [] { break }
            usleep(10_000)
        }
        #expect(topoc.leftovers == [], "\(text)")
        #expect(topoc.processes == [], "\(text)")
        let mounts = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
        #expect(!mounts.contains("uml-init") && !mounts.contains("hostfs"))
    }

    /// Until the first of them is seen, for half a minute at most.
    private func waitForAKernel() {
        for _ in 0..<6000 {
            if topoc.processes.contains(where: { $0.contains("linux.uml") }) { return }
            usleep(5_000)
        }
    }

    @Test(arguments: [["gre-hub", "bridged"], ["gre-routed-underlay", "routed"], ["gre-ipv6", "vxlan"]])
    func scenarios(_ names: [String]) throws {
        let runs = try topoc.labs(names.map { ["topologies/\($0).topo"] })
        for run in runs { expectAllHolds(run) }
        try expectNothingLeft(runs)
    }

    /// The way of the four that needs a kernel of its own on many machines; `LabTests` has the others.
    @Test func oneNetworkInEthernetOverGRE() throws {
        let file = URL(fileURLWithPath: Topoc.root).appendingPathComponent("topologies/four-ways.topo")
        let text = try String(contentsOf: file, encoding: .utf8).replacing("kind: vxlan,", with: "kind: gretap,")
        try #require(text.contains("blue: {kind: gretap,"))
        let run = try topoc.lab(try topoc.folder("ways", with: "four-ways.topo", text) + "/four-ways.topo")
        #expect(run.status == 0, "\(run.text)")
        #expect(run.results.count > 40 && run.results.allSatisfy { $0.hasPrefix("ok ") }, "\(run.text)")
        #expect(run.results.contains { $0.contains(": 1458 bytes pass in one piece") }, "\(run.text)")
        try expectNothingLeft(run)
    }

    private func expectAllHolds(_ run: Topoc.Run) {
        #expect(run.status == 0, "\(run.text)")
        #expect(run.results.count > 4 && run.results.allSatisfy { $0.hasPrefix("ok ") }, "\(run.text)")
        #expect(run.output.contains("1..\(run.results.count)\n"), "\(run.text)")
        #expect(run.output.hasSuffix(": down\n"), "\(run.text)")
        #expect(!run.output.contains("\r") && run.error == "", "\(run.text)")
    }

    @Test func whatFailsInsideFailsOutside() throws {
        let script = "echo 'not ok 1 - nothing holds'\necho 1..1\nexit 1\n"
        let templates = try topoc.folder("mine", with: "check.sh", script)
        let run = try topoc.lab("--templates", templates, small)
        #expect(run.status == 1, "\(run.text)")
        #expect(run.results == ["not ok 1 - nothing holds", "not ok 2 - nothing holds"], "\(run.text)")
        try expectNothingLeft(run)
    }

    /// The command's words, streams and status come through as they are, and the machine's files stay as they are.
    @Test func aCommandInsideIsThatOfTheUser() throws {
        let mark = "/var/lib/\(UUID().uuidString)"
        let line = """
            printf '[%s]' "$@"; echo to-stderr >&2; uname -r >&2
            touch "$0" /etc/topoc-was-here && exit 99; ls -d lab.sh; exit 42
            """
        let run = try topoc.lab(
            small, "--", "c1", "sh", "-c", line, mark, "it's", "", "a  b", "two\nlines\n", "$HOME")
        #expect(run.status == 42, "\(run.text)")
        #expect(run.output.hasSuffix("[it's][][a  b][two\nlines\n][$HOME]lab.sh\n"), "\(run.text)")
        #expect(run.error.contains("to-stderr\n") && run.error.contains("Read-only file system"), "\(run.text)")
        #expect(!FileManager.default.fileExists(atPath: mark))
        #expect(!FileManager.default.fileExists(atPath: "/etc/topoc-was-here"))
        try expectNothingLeft(run)
    }

    /// Some versions abort while they halt: the lab has ended by then, and its outcome counts.
    @Test func aKernelThatAbortsAfterTheLabSaysNothing() throws {
        let kernel = """
            #!/bin/sh
            for word; do case ${word} in uml_dir=*) own=${word#uml_dir=} ;; esac; done
            exec 3<&- 4<&-
            printf 7 >"${own}told/status"
            kill -s ABRT $$
            """
        let programs = try topoc.folder("programs", with: "linux.uml", kernel)
        chmod(programs + "/linux.uml", 0o755)
        let run = try topoc.lab(small, programs: programs)
        #expect(run.status == 7 && run.output == "" && run.error == "", "\(run.text)")
        try expectNothingLeft(run)
    }

    @Test func whatDoesNotEndIsEnded() throws {
        let run = try topoc.lab("--timeout", "1", "topologies/routed.topo", "--", "c1", "sleep", "1000")
        #expect(run.status == 124, "\(run.text)")
        #expect(run.error.contains("did not end in 1 seconds"), "\(run.text)")
        try expectNothingLeft(run)
    }

    @Test func aSignalEndsTheKernel() throws {
        let (process, end) = try topoc.start(
            ["lab", "run", "--kernel", "uml", "topologies/routed.topo", "--", "c1", "sleep", "1000"])
        // By the first process in the kernel's command line it is known that it has been started.
        waitForAKernel()
        kill(process.processIdentifier, SIGTERM)
        let run = try end()
        #expect(run.status == 128 + SIGTERM, "\(run.text)")
        #expect(run.error.contains("stopped"), "\(run.text)")
        try expectNothingLeft(run)
    }

    /// A kernel tries out what its machine can do, with a process that it traces, before it obeys signals: asked to stop
    /// just then it ends as well, and takes that process with it.
    @Test func aSignalEndsAKernelThatHasJustBegun() throws {
        for round in 0..<8 {
            let started = try (0..<4).map { _ in
                try topoc.start(["lab", "run", "--kernel", "uml", small, "--", "c1", "sleep", "1000"], limit: 60)
            }
            waitForAKernel()
            usleep(UInt32(round) * 4_000)
            for (process, _) in started { kill(process.processIdentifier, SIGTERM) }
            let runs = try started.map { try $0.end() }
            for run in runs { #expect(run.status == 128 + SIGTERM, "\(run.text)") }
            try expectNothingLeft(runs)
        }
    }

    @Test func aTimeoutIsForAKernelOfItsOwn() throws {
        let run = try topoc.start(["lab", "run", "--timeout", "5", "topologies/routed.topo"]).end()
        #expect(run.status == 2, "\(run.text)")
        #expect(run.error.contains("say --kernel uml with it"), "\(run.text)")
    }
}
