import Foundation
import Testing

@Suite struct BuildTests {
    private let scratch: Scratch

    /// A topology of one host, and one with a mistake: its container's address is its bridge's.
    init() throws {
        scratch = try Scratch()
        try scratch.write(topology("net", container: "10.1.0.11/24"), to: "net.topo")
        try scratch.write(topology("bad", container: "10.1.0.1/24"), to: "bad.topo")
    }

    private func topology(_ name: String, container: String) -> String {
        """
        topology: \(name)
        runtime: netns
        hosts:
          host1:
            bridges:
              br0: {address: 10.1.0.1/24}
            containers:
              c1: {bridge: br0, address: \(container)}

        """
    }

    @Test func writesEachTopologyIntoAFolderOfItsName() throws {
        try scratch.write(topology("other", container: "10.1.0.12/24"), to: "other.topo")
        let command = try Command("build", "net.topo", "other.topo", in: scratch)
        #expect(command.status == 0, "\(command.error)")
        #expect(command.error.isEmpty)
        #expect(command.output.split(separator: "\n").map { $0.prefix { $0 != ":" } } == ["out/net", "out/other"])
        #expect(try scratch.mode(of: "out/net/host1/up.sh") == 0o755)
        #expect(try scratch.mode(of: "out/net/topology.json") == 0o644)
    }

    @Test func aSecondBuildWritesNothing() throws {
        _ = try Command("build", "net.topo", in: scratch)
        let before = try scratch.inode(of: "out/net/host1/up.sh")
        let command = try Command("build", "net.topo", in: scratch)
        #expect(command.output.hasSuffix("(0 written)\n"))
        #expect(try scratch.inode(of: "out/net/host1/up.sh") == before)
    }

    @Test func whereOneHasAnErrorNothingIsWrittenOfAny() throws {
        let command = try Command("build", "net.topo", "bad.topo", in: scratch)
        #expect(command.status == 1)
        #expect(command.output.isEmpty)
        #expect(command.error.contains("bad.topo:"))
        #expect(command.error.contains("T0303"))
        #expect(try scratch.files() == ["bad.topo", "net.topo"])
    }

    @Test func aWrongNetworkIsBuiltWhereThatIsAskedFor() throws {
        let command = try Command("build", "--despite-errors", "bad.topo", in: scratch)
        #expect(command.status == 1 && command.error.contains("T0303"), "\(command.error)")
        #expect(try scratch.files(below: "out/bad").contains("host1/up.sh"))
    }

    @Test func aFileThatSaysNoNetworkIsNotBuiltAllTheSame() throws {
        try scratch.write("topology: net\nhosts: {host1: {nonsense: 1}}\n", to: "broken.topo")
        let command = try Command("build", "--despite-errors", "broken.topo", in: scratch)
        #expect(command.status == 1 && command.error.contains("T0201"), "\(command.error)")
        #expect(try scratch.files(below: "out") == [])
    }

    @Test func twoTopologiesOfOneNameAreNotWritten() throws {
        try scratch.write(topology("net", container: "10.1.0.12/24"), to: "net2.topo")
        let command = try Command("build", "net.topo", "net2.topo", in: scratch)
        #expect(command.status == 2)
        #expect(try scratch.files(below: "out") == [])
    }

    @Test func theOnlyTopologyOfTheFolderNeedsNoName() throws {
        let several = try Command("build", in: scratch)
        #expect(several.status == 2)
        #expect(
            several.error
                == "error: there are several .topo files here: name one of \"bad.topo\", \"net.topo\", or \".\" for all\n"
        )
        try FileManager.default.removeItem(at: scratch.url.appendingPathComponent("bad.topo"))
        // What only looks like one.
        try scratch.write("", to: "other.topo/a.txt")
        try scratch.write("", to: ".hidden.topo")
        let one = try Command("build", in: scratch)
        #expect(one.status == 0 && one.output.hasPrefix("out/net: "), "\(one.error)")
        #expect(try Command("check", in: scratch).status == 0)
        try FileManager.default.removeItem(at: scratch.url.appendingPathComponent("net.topo"))
        let none = try Command("build", in: scratch)
        #expect(none.status == 2 && none.error.hasPrefix("error: there is no .topo file here: "), "\(none.error)")
    }

    @Test func aFolderIsAllOfItsTopologies() throws {
        try scratch.write(topology("b", container: "10.1.0.11/24"), to: "labs/2.topo")
        try scratch.write(topology("a", container: "10.1.0.11/24"), to: "labs/1.topo")
        try scratch.write(topology("c", container: "10.1.0.11/24"), to: "labs/deep/3.topo")
        let command = try Command("build", "labs", "net.topo", in: scratch)
        #expect(command.status == 0, "\(command.error)")
        #expect(
            command.output.split(separator: "\n").map { $0.prefix { $0 != ":" } } == ["out/a", "out/b", "out/net"])
        let all = try Command("check", "--format", "short", ".", in: scratch)
        #expect(all.status == 1 && all.output.hasPrefix("bad.topo:8:"), "\(all.output)")
        try scratch.write("", to: "empty/notes.txt")
        let none = try Command("build", "empty/", in: scratch)
        #expect(none.status == 2 && none.error.hasPrefix("error: there is no .topo file in \"empty/\""))
    }

    @Test func standardInputIsRead() throws {
        let text = topology("in", container: "10.1.0.11/24")
        let build = try Command(["build", "-"], in: scratch, input: text)
        #expect(build.status == 0 && build.output.hasPrefix("out/in: "), "\(build.error)")
        let bad = try Command(["check", "-"], in: scratch, input: topology("in", container: "10.1.0.1/24"))
        #expect(bad.status == 1 && bad.output.contains("standard input:8:"), "\(bad.output)")
        #expect(try Command(["reach", "-"], in: scratch, input: text).output.contains("c1"))
        #expect(try Command(["trace", "-", "c1", "host1"], in: scratch, input: text).status == 0)
        let mended = try Command(
            ["check", "--fix", "--dry-run", "-"], in: scratch, input: text.replacing("bridges:", with: "birdges:"))
        #expect(mended.output.contains("\n+    bridges:\n"), "\(mended.error)")
    }

    @Test func oneBackendAloneWritesItsFiles() throws {
        let command = try Command("build", "--only", "report", "net.topo", in: scratch)
        #expect(command.status == 0)
        #expect(try scratch.files(below: "out/net") == [".topoc", "RUNBOOK.md", "topology.json"])
    }

    @Test func theRuntimeOfTheCommandLineWins() throws {
        // Its rules are that runtime's: LXD's containers have an image.
        #expect(try Command("build", "--runtime", "lxd", "net.topo", in: scratch).error.contains("error[T0202]"))
        try scratch.write(scratch.read("net.topo") + "image: bare\n", to: "net.topo")
        #expect(try Command("build", "--runtime", "lxd", "net.topo", in: scratch).status == 0)
        #expect(try scratch.read("out/net/topology.json").contains("\"runtime\": \"lxd\""))
    }

    @Test func aTemplateOfTheUsersIsUsed() throws {
        try scratch.write("mine: {{title}}\n", to: "mine/report/RUNBOOK.md")
        _ = try Command("build", "--templates", "mine", "net.topo", in: scratch)
        #expect(try scratch.read("out/net/RUNBOOK.md") == "mine: net\n")
    }

    @Test func figuresAreDrawnOnDemandAndGoWithTheNextBuild() throws {
        #expect(try Command("build", "--svg", "net.topo", in: scratch).status == 0)
        #expect(try scratch.read("out/net/l2.svg").contains("</svg>"))
        #expect(try scratch.read("out/net/l3.svg").contains("</svg>"))
        _ = try Command("build", "net.topo", in: scratch)
        #expect(try !scratch.files(below: "out/net").contains { $0.hasSuffix(".svg") })
    }

    @Test func aFolderThatCannotBeWrittenToEndsWith3() throws {
        try scratch.write("", to: "out")
        let command = try Command("build", "net.topo", in: scratch)
        #expect(command.status == 3)
        #expect(command.error.hasPrefix("error: cannot "))
    }

    @Test func checkWritesNothingAndSaysWhatIsWrong() throws {
        #expect(try Command("check", "net.topo", in: scratch).status == 0)
        let command = try Command("check", "--format", "short", "net.topo", "bad.topo", in: scratch)
        #expect(command.status == 1)
        #expect(command.output.hasPrefix("bad.topo:8:"))
        #expect(command.error.isEmpty)
        #expect(try scratch.files() == ["bad.topo", "net.topo"])
    }

    @Test(arguments: [([], false), (["--color", "always"], true), (["--color", "never"], false)])
    func colorIsForTerminalsUnlessAskedFor(arguments: [String], isColored: Bool) throws {
        let command = try Command(["check", "bad.topo"] + arguments, in: scratch)
        #expect(command.output.contains("\u{1B}[") == isColored)
        #expect(command.output.contains("T0303"))
    }
}
