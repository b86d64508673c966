import Foundation
import Testing

@testable import topoc

/// Where `-o` writes to, and how a command ends that cannot write.
@Suite struct ResultPlaceTests {
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
                  c2: {bridge: br0, address: 10.1.0.12/24}

            """, to: "net.topo")
    }

    /// Runs words of `sh`, in which `$topoc` is the command.
    private func shell(_ words: String, environment: [String: String] = [:]) throws -> Command {
        try Command(
            ["-c", words], in: scratch, environment: environment.merging(["topoc": Command.path]) { $1 },
            program: "/bin/sh")
    }

    private var figure: String { get throws { try Command("graph", "net.topo", in: scratch).output } }

    @Test(arguments: ["file", "folder/file"]) func aLinkStaysAndTheFileBehindItIsReplacedWhole(target: String) throws {
        try scratch.write(String(repeating: "old ", count: 5000), to: target)
        try FileManager.default.createDirectory(atPath: scratch.path("links"), withIntermediateDirectories: true)
        for (link, to) in [("links/one.dot", "two"), ("links/two", "../" + target)] {
            try FileManager.default.createSymbolicLink(atPath: scratch.path(link), withDestinationPath: to)
        }
        let before = try scratch.inode(of: target)
        #expect(try Command("graph", "net.topo", "-o", "links/one.dot", in: scratch).status == 0)
        #expect(try scratch.read(target) == figure)
        #expect(try scratch.inode(of: target) != before, "another file has taken the place of the old one")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: scratch.path("links/one.dot")) == "two")
    }

    @Test func aLinkToNothingMakesTheFileAndARingOfLinksEnds() throws {
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("a.dot"), withDestinationPath: scratch.path("made"))
        try FileManager.default.createSymbolicLink(atPath: scratch.path("b.dot"), withDestinationPath: "b.dot")
        try scratch.write("", to: "links/here")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("links/c.dot"), withDestinationPath: scratch.path("c"))
        #expect(try Command("graph", "net.topo", "-o", "links/c.dot", in: scratch).status == 0)
        #expect(try scratch.read("c") == figure)
        #expect(try Command("graph", "net.topo", "-o", "a.dot", in: scratch).status == 0)
        #expect(try scratch.read("made") == figure)
        let ring = try Command("graph", "net.topo", "-o", "b.dot", in: scratch)
        #expect(ring.status == 3)
        #expect(ring.error.utf8.starts(with: "error: cannot write \"b.dot\": ".utf8))
    }

    @Test(arguments: ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
    func anInheritedDescriptorIsWrittenToWhereItStands(place: String) throws {
        try scratch.write("what was there\n", to: "log")
        #expect(try shell("\"$topoc\" graph --format dot net.topo -o \(place) >>log").status == 0)
        #expect(try scratch.read("log") == "what was there\n" + figure)
        #expect(
            try shell("{ echo first; \"$topoc\" graph --format dot net.topo -o \(place); echo last; } >new").status == 0
        )
        #expect(try scratch.read("new") == "first\n" + figure + "last\n")
    }

    @Test func otherDescriptorsAreWrittenToAndOneThatIsNotThereIsAnError() throws {
        try scratch.write("a\n", to: "log")
        #expect(try shell("\"$topoc\" graph --format dot net.topo -o /dev/fd/7 7>>log").status == 0)
        #expect(try scratch.read("log") == "a\n" + figure)
        let error = try shell("\"$topoc\" graph --format dot net.topo -o /dev/stderr")
        #expect(try error.output == "" && error.error == figure)
        let closed = try shell("\"$topoc\" graph --format dot net.topo -o /dev/fd/9")
        #expect(closed.status == 3)
        #expect(closed.error == "error: cannot write \"/dev/fd/9\": bad file descriptor\n")
        #expect(ResultPlace("/dev/fd/").path == "/dev/fd/" && ResultPlace("/dev/fd/x").path == "/dev/fd/x")
        #expect(ResultPlace("./-").path == "./-" && ResultPlace("-").path == nil && ResultPlace(nil).path == nil)
    }

    @Test(arguments: [
        "check net.topo", "check --format json net.topo", "check --format sarif net.topo",
        "check --format short net.topo", "check --format github net.topo", "schema", "explain", "explain T0302",
        "trace net.topo c1 c2", "trace net.topo c1 c2 --format json", "reach net.topo",
        "reach net.topo --format csv --pairs",
        "graph net.topo", "report net.topo --format csv", "build net.topo", "build net.topo --only shell", "--help",
        "--version", "build --help", "lab up net.topo", "watch net.topo --port 0 --no-build",
        "graph net.topo -o /dev/fd/1 --format dot", "graph net.topo -o /dev/full --format dot",
    ])
    func aFullDeviceEndsWith3(words: String) throws {
        // What has a warning, so that each format has something to say.
        try scratch.write(
            "lans: {lan1: {}}\n" + scratch.read("net.topo"), to: "net.topo")
        // What serves or waits must notice too.
        let command = try shell("exec timeout 60 \"$topoc\" \(words) >/dev/full")
        #expect(command.status == 3, "\(command.error)")
        #expect(command.error.utf8.contains("no space left on device".utf8))
    }

    @Test func aReaderWhoHasGoneIsNoError() throws {
        let words = """
            {
                while [ ! -e gone ]; do sleep 0.05; done
                trap '' PIPE
                "$topoc" schema
                echo $? >status
            } | {
                exec <&-
                : >gone
            }
            """
        #expect(try shell(words).error == "")
        #expect(try scratch.read("status") == "0\n")
    }

    @Test func aDotThatWritesNothingIsAnError() throws {
        try scratch.write("#!/bin/sh\n", to: "bin/dot")
        #expect(chmod(scratch.path("bin/dot"), 0o755) == 0)
        let path = ["PATH": scratch.path("bin") + ":/usr/bin:/bin"]
        let graph = try Command("graph", "net.topo", "-o", "net.svg", in: scratch, environment: path)
        #expect(graph.status == 3)
        #expect(
            graph.error.utf8.contains("cannot draw \"figure\": Graphviz's dot ended well, and wrote nothing\n".utf8))
        #expect(try Command("build", "--svg", "net.topo", in: scratch, environment: path).status == 3)
        #expect(try !scratch.files().contains { $0.utf8.suffix(4).elementsEqual(".svg".utf8) })
    }

    @Test func namesThatAreNotUTF8AreOpenedAndPrintedAsTheyAre() throws {
        let words = """
            e=$(printf '\\351'); mkdir "o$e"; mv net.topo "$e.topo"
            "$topoc" build "$e.topo" -o "o$e" && "$topoc" graph "$e.topo" -o "o$e/$e.dot" && ls "o$e/net/lab.sh" "o$e/$e.dot"
            "$topoc" check "$e$e.topo" 2>&1 | od -An -tx1 | tr -d ' \\n'
            """
        let command = try shell(words)
        #expect(command.error.isEmpty, "\(command.error)")
        let message =
            Array("error: cannot read \"".utf8) + [0xE9, 0xE9] + Array(".topo\": no such file or directory\n".utf8)
        let digits = message.map { String(format: "%02x", $0) }.joined().utf8
        #expect(command.output.utf8.suffix(digits.count).elementsEqual(digits))
    }

    @Test(arguments: [
        ["check", "a\u{1B}[2J\u{202E}\u{9B}.topo"], ["\u{1B}[2J"], ["explain", "\u{1B}[2J\u{9B}"],
        ["graph", "net.topo", "-o", "\u{1B}[2J"], ["report", "net.topo", "-o", "a.\u{1B}\u{9B}"],
        ["build", "--only", "\u{1B}x", "net.topo"], ["trace", "net.topo", "c1", "\u{1B}"],
        ["graph", "net.topo", "--view", "host=\u{1B}"],
        ["lab", "down", "net.topo", "-o", "\u{1B}"], ["build", "--templates", "\u{1B}", "net.topo"],
    ])
    func wordsOfTheCommandLineAreShownWithoutControls(arguments: [String]) throws {
        let command = try Command(arguments, in: scratch)
        #expect(command.status == 2 || command.status == 3)
        #expect(!command.error.isEmpty)
        for scalar in (command.error + command.output).unicodeScalars where scalar != "\n" {
            #expect(scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format)
        }
    }
}
