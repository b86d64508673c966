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

    @Test func theLastHunkEndsWithTheFile() throws {
        try scratch.write("topology: a\nhosts: {h: {}}\nruntime: NETNS\n", to: "b.topo")
        let shown = try Command("check", "--fix", "--dry-run", "b.topo", in: scratch).output
        #expect(
            shown == """
                --- b.topo
                +++ b.topo
                @@ -1,3 +1,3 @@
                 topology: a
                 hosts: {h: {}}
                -runtime: NETNS
                +runtime: netns

                """)
    }

    /// Two changes are one hunk where their three lines of context meet or touch, as of `diff -u`.
    @Test(arguments: [(5, ["-3,12 +3,12"]), (6, ["-3,13 +3,13"]), (7, ["-3,7 +3,7", "-10,7 +10,7"])])
    func changesFarApartAreHunksOfTheirOwn(comments: Int, hunks: [String]) throws {
        let between = (1..<comments).map { "    # \($0)\n" }.joined()
        let text = """
            topology: right
            runtime: netns
            hosts:
              host1:
                # the first
                birdges: {br0: {address: 10.1.0.1/24}}
            \(between)    contaners:
                  c1: {bridge: br0, address: 10.1.0.11/24}
                  # the last
                  c2: {bridge: br0, address: 10.1.0.12/24}

            """
        try scratch.write(text, to: "b.topo")
        let shown = try Command("check", "--fix", "--dry-run", "b.topo", in: scratch).output
        let found = shown.split(separator: "\n").filter { $0.hasPrefix("@@") }.map { $0.dropFirst(3).dropLast(3) }
        #expect(found.map(String.init) == hunks, "\(shown)")
        try scratch.write(shown, to: "b.diff")
        // What `patch` makes of it is what `--fix` makes.
        let patched = Process()
        patched.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        patched.arguments = ["patch", "-s", "-o", "patched", "b.topo", "b.diff"]
        patched.currentDirectoryURL = scratch.url
        try patched.run()
        patched.waitUntilExit()
        #expect(patched.terminationStatus == 0)
        #expect(try Command("check", "--fix", "b.topo", in: scratch).status == 0)
        #expect(try scratch.read("patched") == scratch.read("b.topo"))
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
