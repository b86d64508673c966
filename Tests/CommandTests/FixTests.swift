import Foundation
import Testing

/// `topoc check --fix`: what it does to files.
@Suite struct FixTests {
    private static let right = """
        topology: right    # a name
        runtime: netns
        hosts:
          host1:
            bridges:
              br0: {address: 10.1.0.1/24}
            containers:
              c1: {bridge: br0, address: 10.1.0.11/24}

        """
    private static let wrong = right.replacing("bridges:", with: "birdges:")

    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(Self.wrong, to: "a.topo")
    }

    @Test func mendsTheFileAndSaysWhatItDid() throws {
        #expect(chmod(scratch.path("a.topo"), 0o640) == 0)
        let command = try Command("check", "--fix", "a.topo", in: scratch)
        #expect(command.status == 0)
        #expect(command.output.isEmpty)
        #expect(command.error == "a.topo:5:5: fixed[T0201]: birdges → bridges\n")
        #expect(try scratch.read("a.topo") == Self.right)
        #expect(try scratch.mode(of: "a.topo") == 0o640)
        #expect(try scratch.files() == ["a.topo"])
    }

    @Test func aFileWithoutSuchMistakesIsNotTouched() throws {
        try scratch.write(Self.right, to: "a.topo")
        let before = try scratch.inode(of: "a.topo")
        #expect(try Command("check", "--fix", "a.topo", in: scratch).status == 0)
        #expect(try scratch.inode(of: "a.topo") == before)
    }

    @Test func whatIsLeftIsCheckedAsEver() throws {
        try scratch.write(Self.wrong.replacing("10.1.0.11/24", with: "10.9.0.11/24"), to: "a.topo")
        let command = try Command("check", "--fix", "--format", "json", "a.topo", in: scratch)
        #expect(command.status == 1)
        #expect(command.output.contains("\"code\": \"T0308\""))
        #expect(try !scratch.read("a.topo").contains("birdges"))
    }

    @Test func withoutFixItSaysThatItCould() throws {
        let command = try Command("check", "a.topo", in: scratch)
        #expect(command.status == 1)
        #expect(command.output.hasSuffix("\nerror: 1 error\n\"topoc check --fix\" mends 1 of them\n"))
        #expect(try scratch.read("a.topo") == Self.wrong)
    }

    @Test func aDryRunShowsADifference() throws {
        let command = try Command("check", "--fix", "--dry-run", "a.topo", in: scratch)
        #expect(command.status == 0)
        #expect(
            command.output == """
                --- a.topo
                +++ a.topo
                @@ -2,7 +2,7 @@
                 runtime: netns
                 hosts:
                   host1:
                -    birdges:
                +    bridges:
                       br0: {address: 10.1.0.1/24}
                     containers:
                       c1: {bridge: br0, address: 10.1.0.11/24}

                """)
        #expect(command.error.isEmpty)
        #expect(try scratch.read("a.topo") == Self.wrong)
        #expect(try Command("check", "--dry-run", "a.topo", in: scratch).status == 2)
    }

    @Test func aSymbolicLinkStaysOne() throws {
        try scratch.write(Self.wrong, to: "real/b.topo")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link.topo"), withDestinationPath: "real/b.topo")
        #expect(try Command("check", "--fix", "link.topo", in: scratch).status == 0)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: scratch.path("link.topo")) == "real/b.topo")
        #expect(try scratch.read("real/b.topo") == Self.right)
    }

    @Test func aFileWithTwoNamesIsRefused() throws {
        try FileManager.default.linkItem(atPath: scratch.path("a.topo"), toPath: scratch.path("b.topo"))
        let command = try Command("check", "--fix", "a.topo", in: scratch)
        #expect(command.status == 3)
        #expect(command.error.hasPrefix("error: cannot write \"a.topo\": it has 2 names (hard links)"))
        #expect(try scratch.read("b.topo") == Self.wrong)
    }
}
