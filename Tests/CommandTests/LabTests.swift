import Foundation
import Testing

/// What `topoc lab` does around the lab's script; what the script does is tested elsewhere. The script is replaced by
/// one that notes how it was called.
@Suite struct LabTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(
            """
            topology: net
            runtime: netns
            hosts:
              host1:
                bridges:
                  br0: {address: 10.1.0.1/24}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24}

            """, to: "net.topo")
        try scratch.write(
            """
            echo "$*" >>calls
            case $1 in
                up) [ ! -e broken ] || exit 9 ;;
                test) exit 5 ;;
                down) [ ! -e stopped ] || { trap 'echo TERM >got' TERM; kill -TERM $PPID; sleep 0.5; echo gone >>calls; } ;;
                exec) [ ! -e slow ] || { trap 'echo TERM >got; exit 3' TERM; kill -TERM $PPID; while [ $((i += 1)) -lt 50 ]; do sleep 0.2; done; } ;;
            esac

            """, to: "mine/lab.sh")
        try scratch.write("", to: "tmp/.keep")
    }

    private func lab(_ arguments: String...) throws -> Command {
        try Command(
            ["lab"] + arguments.prefix(1) + ["--templates", "mine", "net.topo"] + arguments.dropFirst(), in: scratch,
            environment: ["TMPDIR": scratch.path("tmp")])
    }

    @Test func runDoesAllOfItAndLeavesNothing() throws {
        #expect(try lab("run").status == 5)
        #expect(try scratch.read("calls") == "up\ntest\ndown\n")
        #expect(try scratch.files(below: "tmp") == [".keep"])
        #expect(try scratch.files(below: "out") == [])
    }

    @Test func aKilledRunsFolderIsTakenAwayByTheNextOne() throws {
        // The script has the lock too: what it leaves running keeps the folder.
        try scratch.write(
            "ls -l /proc/$$/fd | grep -c 'topoc-lab-......$' >>held; kill -KILL $PPID\n", to: "mine/lab.sh")
        _ = try lab("run")
        #expect(try scratch.read("held") == "1\n")
        let left = try #require(try scratch.files(below: "tmp").first { $0.utf8.starts(with: "topoc-lab-".utf8) })
        let folder = String(try #require(left.split(separator: "/").first))
        // The script may end a moment later than topoc.
        let descriptor = open(scratch.path("tmp/\(folder)"), O_RDONLY)
        #expect(flock(descriptor, LOCK_EX) == 0)
        // A draft of the killed run, and what somebody else put there.
        try scratch.write("", to: "tmp/\(folder)/net/host1/.topoc-7.tmp")
        let others = ["topoc-lab-of-mine/net/.topoc", "topoc-lab-of-mine/net/notes", "topoc-lab-others/net/notes"]
        for path in others { try scratch.write("notes\n", to: "tmp/" + path) }
        try scratch.write("exit 5\n", to: "mine/lab.sh")
        #expect(try lab("run").status == 5)
        #expect(try scratch.files(below: "tmp").contains(left), "its lab may be up")
        close(descriptor)
        #expect(try lab("run").status == 5)
        #expect(try scratch.files(below: "tmp") == [".keep"] + others)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("tmp/\(folder)")))
    }

    @Test func runWithACommandRunsThatInPlaceOfTheChecks() throws {
        #expect(try lab("run", "--", "c1", "ping", "-c", "1", "10.1.0.1").status == 0)
        #expect(try scratch.read("calls") == "up\nexec c1 ping -c 1 10.1.0.1\ndown\n")
    }

    @Test func unitsAreAskedForOfTheScript() throws {
        #expect(try lab("run", "--units").status == 5)
        #expect(try lab("up", "--units").status == 0)
        #expect(try scratch.read("calls") == "up --units\ntest\ndown\nup --units\n")
    }

    @Test func whatDoesNotComeUpIsTakenDown() throws {
        try scratch.write("", to: "broken")
        #expect(try lab("run").status == 9)
        #expect(try scratch.read("calls") == "up\ndown\n")
        #expect(try scratch.files(below: "tmp") == [".keep"])
    }

    /// The script ends in a way of its own when it gets the signal: the status is that of who was asked to stop.
    @Test func aSignalIsPassedOnAndWhatIsUpIsTakenDown() throws {
        try scratch.write("", to: "slow")
        #expect(try lab("run", "--", "c1", "true").status == 128 + SIGTERM)
        #expect(try scratch.read("got") == "TERM\n")
        #expect(try scratch.read("calls") == "up\nexec c1 true\ndown\n")
        #expect(try scratch.files(below: "tmp") == [".keep"])
    }

    /// What takes the lab down is not stopped half-way.
    @Test func aSignalThatComesWhileItIsTakenDownWaits() throws {
        try scratch.write("", to: "stopped")
        #expect(try lab("run", "--", "c1", "true").status == 128 + SIGTERM)
        #expect(try scratch.read("calls") == "up\nexec c1 true\ndown\ngone\n")
        #expect(try !scratch.files().contains("got"))
    }

    @Test(arguments: [0, -1, 86401]) func aKernelsTimeIsASecondToADay(seconds: Int) throws {
        let run = try lab("run", "--kernel", "uml", "--timeout=\(seconds)")
        #expect(run.status == 2)
        #expect(run.error.contains("--timeout \(seconds) is none: it takes 1 to 86400 seconds"), "\(run.error)")
    }

    /// A script that waits for the status learns that nothing is up.
    @Test func theStatusOfALabThatIsNotUpIsNoSuccess() throws {
        try scratch.write("topology: nobody-has-this-up\nruntime: netns\nhosts: {h: {}}\n", to: "other.topo")
        let status = try Command("lab", "status", "other.topo", in: scratch)
        #expect(status.status == 1 && status.output == "nothing is up\n", "\(status.output)\(status.error)")
    }

    @Test func aQuietUpThatIsStoppedSaysSoToo() throws {
        try scratch.write(
            "trap 'exit 3' TERM; kill -TERM $PPID; while [ $((i += 1)) -lt 50 ]; do sleep 0.2; done\n",
            to: "mine/lab.sh")
        #expect(try lab("up", "--quiet").status == 128 + SIGTERM)
    }

    @Test func onlyUpWrites() throws {
        let early = try lab("down")
        #expect(early.status == 3)
        #expect(early.error.contains("out/net/lab.sh"))
        #expect(try lab("up").status == 0)
        #expect(try scratch.files(below: "out/net").contains("lab.sh"))
        try scratch.write("echo \"mine $*\" >>calls\n", to: "out/net/lab.sh")
        #expect(try lab("test").status == 0)
        #expect(try lab("down").status == 0)
        #expect(try scratch.read("calls") == "up\nmine test\nmine down\n")
    }

    /// Handed out as an exercise: it comes up, and its errors are told.
    @Test func aWrongNetworkComesUpUnlessThatIsDenied() throws {
        try scratch.write(
            """
            topology: net
            runtime: netns
            hosts:
              host1:
                bridges: {br0: {address: 10.1.0.1/24}, br1: {address: 10.2.0.1/24}}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24, gateway: 10.1.0.1}
                  c2: {bridge: br1, address: 10.2.0.11/24, gateway: 10.2.0.1}

            """, to: "net.topo")
        let command = try lab("up")
        #expect(command.status == 0 && command.error.contains("T0501"), "\(command.error)")
        #expect(try scratch.files().contains("calls"))
        #expect(try lab("down").status == 0)
        #expect(try lab("up", "--deny", "warnings").status == 1)
        try scratch.write("topology: net\nnonsense: 1\n", to: "net.topo")
        #expect(try lab("up").status == 1)
    }
}
