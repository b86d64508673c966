import Foundation
import Testing

/// `topoc fmt`: what it does to files; the layout itself is tested in TopoLayoutTests.
@Suite struct FormatTests {
    private static let laidOut = """
        topology: net  # a name
        runtime: netns
        hosts:
          host1:
            bridges:
              br0: {address: 10.1.0.1/24}

        """
    private static let odd = """
        topology: net  # a name
        runtime: netns
        hosts:
            host1: {bridges: {br0: {address: 10.1.0.1/24}}}

        """
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(Self.odd, to: "a.topo")
        try scratch.write(Self.laidOut, to: "b.topo")
    }

    @Test func laysOutSeveralFilesAndLeavesTheRightOnesAlone() throws {
        #expect(chmod(scratch.path("a.topo"), 0o640) == 0)
        let before = try scratch.inode(of: "b.topo")
        let command = try Command("fmt", "a.topo", "b.topo", in: scratch)
        #expect(command.status == 0 && command.error.isEmpty, "\(command.error)")
        #expect(command.output == "a.topo: laid out\n")
        #expect(try scratch.read("a.topo") == Self.laidOut)
        #expect(try scratch.mode(of: "a.topo") == 0o640)
        #expect(try scratch.inode(of: "b.topo") == before)
        #expect(try scratch.files() == ["a.topo", "b.topo"])
        #expect(try Command("fmt", "a.topo", in: scratch).output.isEmpty)
    }

    @Test func checkNamesWhatWouldChangeAndWritesNothing() throws {
        let command = try Command("fmt", "--check", "a.topo", "b.topo", in: scratch)
        #expect(command.status == 1)
        #expect(command.output == "a.topo\n" && command.error.isEmpty)
        #expect(try scratch.read("a.topo") == Self.odd)
        #expect(try Command("fmt", "--check", "b.topo", in: scratch).status == 0)
    }

    @Test func aFileWithErrorsIsLeftAloneAndTheOthersAreNot() throws {
        try scratch.write("topology: net\nhosts:   {host1: {nonsense: 1}}\n", to: "bad.topo")
        let command = try Command("fmt", "bad.topo", "a.topo", in: scratch)
        #expect(command.status == 1)
        #expect(command.error.contains("bad.topo:2:19") && command.error.contains("T0201"), "\(command.error)")
        #expect(try scratch.read("bad.topo") == "topology: net\nhosts:   {host1: {nonsense: 1}}\n")
        #expect(try scratch.read("a.topo") == Self.laidOut)
    }

    @Test func standardInputGoesToStandardOutput() throws {
        let command = try Command(["fmt", "-"], in: scratch, input: Self.odd)
        #expect(command.status == 0 && command.output == Self.laidOut && command.error.isEmpty)
        let right = try Command(["fmt", "-"], in: scratch, input: Self.laidOut)
        #expect(right.output == Self.laidOut)
        let check = try Command(["fmt", "--check", "-"], in: scratch, input: Self.odd)
        #expect(check.status == 1 && check.output == "standard input\n")
        let bad = try Command(["fmt", "-"], in: scratch, input: "topology: [\n")
        #expect(bad.status == 1 && bad.output.isEmpty && bad.error.contains("standard input:"), "\(bad.error)")
    }

    @Test func aSymbolicLinkStaysOne() throws {
        try FileManager.default.createSymbolicLink(atPath: scratch.path("link.topo"), withDestinationPath: "a.topo")
        #expect(try Command("fmt", "link.topo", in: scratch).status == 0)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: scratch.path("link.topo")) == "a.topo")
        #expect(try scratch.read("a.topo") == Self.laidOut)
    }

    @Test(arguments: ["bridged", "routed", "gretap", "vxlan"]) func whatInitWritesIsLaidOut(kind: String) throws {
        #expect(try Command("init", "--kind", kind, in: scratch).status == 0)
        let command = try Command("fmt", "--check", "\(kind).topo", in: scratch)
        #expect(command.status == 0, "\(command.output)\(command.error)")
    }
}
