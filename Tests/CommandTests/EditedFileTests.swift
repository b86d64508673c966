import Foundation
import Testing
import TopoEmit

@testable import topoc

/// Files of a build that somebody has edited since: they are named, and nothing is written.
@Suite struct EditedFileTests {
    private let scratch: Scratch
    private let script = Artifact(path: "host1/up.sh", isExecutable: true, contents: "#!/bin/sh\n")
    private let figure = Artifact(path: "l2.dot", contents: "graph {}\n")
    private let newScript = Artifact(path: "host1/up.sh", isExecutable: true, contents: "#!/bin/sh\necho new\n")

    init() throws {
        scratch = try Scratch()
        _ = try write([script, figure])
    }

    private func write(_ artifacts: [Artifact], isForced: Bool = false, isPartial: Bool = false) throws -> String {
        let folder = try OutputFolder("net", in: scratch.path("out"), isForced: isForced)
        return try folder.write(artifacts, isPartial: isPartial).description
    }

    private func refusal(_ artifacts: [Artifact], isPartial: Bool = false) throws -> String {
        let before = try scratch.files(below: "out").map { try "\($0) \(scratch.read("out/\($0)"))" }
        let error = #expect(throws: FileError.self) { try write(artifacts, isPartial: isPartial) }
        #expect(try scratch.files(below: "out").map { try "\($0) \(scratch.read("out/\($0)"))" } == before)
        return error?.description ?? ""
    }

    @Test func anEditedFileIsNamedAndNothingIsWritten() throws {
        try scratch.write("#!/bin/sh\n# mine\n", to: "out/net/host1/up.sh")
        let said = try refusal([newScript, Artifact(path: "a.txt", contents: "new")])
        #expect(
            said.opens(with: "cannot replace \"\(scratch.path("out/net/host1/up.sh"))\": it was edited since"),
            "\(said)")
        #expect(try write([newScript, figure], isForced: true) == "2 files (1 written)")
        #expect(try scratch.read("out/net/host1/up.sh") == newScript.contents)
        // From here on it is topoc's again.
        #expect(try write([script, figure]) == "2 files (1 written)")
    }

    @Test func allThatWereEditedAreNamed() throws {
        try scratch.write("mine\n", to: "out/net/host1/up.sh")
        try scratch.write("mine\n", to: "out/net/l2.dot")
        #expect(
            try refusal([script, figure]).holds("\"host1/up.sh\", \"l2.dot\" were edited since topoc wrote them"))
    }

    /// It would be lost as well.
    @Test func anEditedFileIsNotRemoved() throws {
        try scratch.write("mine\n", to: "out/net/l2.dot")
        #expect(try refusal([script]).holds("l2.dot"))
        #expect(try write([script], isPartial: true) == "1 file (0 written)")
        #expect(try write([script], isForced: true) == "1 file (0 written, 1 removed)")
    }

    @Test func whatHasTheRightBytesOrIsGoneIsNotEdited() throws {
        try scratch.write(newScript.contents, to: "out/net/host1/up.sh")
        try FileManager.default.removeItem(atPath: scratch.path("out/net/l2.dot"))
        #expect(try write([newScript, figure]) == "2 files (1 written)")
    }

    @Test func aListOfAnEarlierVersionIsRead() throws {
        try scratch.write("# list\nhost1/up.sh\nl2.dot\n", to: "out/net/.topoc")
        try scratch.write("who knows\n", to: "out/net/host1/up.sh")
        #expect(try write([newScript]) == "1 file (1 written, 1 removed)")
        try scratch.write("mine\n", to: "out/net/host1/up.sh")
        #expect(try refusal([script]).holds("host1/up.sh"))
    }

    /// A build that was killed has listed both: what was and what was to be.
    @Test func afterAStoppedBuildNothingSeemsEdited() throws {
        var both = Manifest()
        both.list(try #require(PathBelow("host1/up.sh")), sha256(script.contents.utf8))
        var other = Manifest()
        other.list(try #require(PathBelow("host1/up.sh")), sha256(newScript.contents.utf8))
        try scratch.write(both.joined(with: other).text, to: "out/net/.topoc")
        let last = Artifact(path: "host1/up.sh", isExecutable: true, contents: "#!/bin/sh\necho last\n")
        #expect(try write([last]) == "1 file (1 written)")
        try scratch.write(both.joined(with: other).text, to: "out/net/.topoc")
        try scratch.write(newScript.contents, to: "out/net/host1/up.sh")
        #expect(try write([last]) == "1 file (1 written)")
        try scratch.write(both.joined(with: other).text, to: "out/net/.topoc")
        try scratch.write("mine\n", to: "out/net/host1/up.sh")
        #expect(throws: FileError.self) { try write([last]) }
    }

    @Test func theListIsWhatSHA256SumReads() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        process.arguments = ["--check", "--strict", "--quiet", ".topoc"]
        process.currentDirectoryURL = scratch.url.appendingPathComponent("out/net")
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(
            Manifest(reading: Array(try scratch.read("out/net/.topoc").utf8)).text
                == (try scratch.read("out/net/.topoc")))
    }

    @Test func aDrawnFigureIsTopocsUntilItIsEdited() throws {
        try OutputFolder("net", in: scratch.path("out")).add("l2.svg", Array("<svg/>".utf8))
        #expect(try write([script, figure]) == "2 files (0 written, 1 removed)")
        try OutputFolder("net", in: scratch.path("out")).add("l2.svg", Array("<svg/>".utf8))
        try scratch.write("<svg>mine</svg>", to: "out/net/l2.svg")
        #expect(try refusal([script, figure]).holds("l2.svg"))
    }

    @Test func ofSeveralTopologiesNoneIsWritten() throws {
        let text = """
            runtime: netns
            hosts: {host1: {bridges: {br0: {address: 10.1.0.1/24}}}}

            """
        for name in ["a", "b"] { try scratch.write("topology: \(name)\n" + text, to: "\(name).topo") }
        #expect(try Command("build", "-q", "b.topo", in: scratch).output.isEmpty)
        try scratch.write("mine\n", to: "out/b/host1/up.sh")
        let build = try Command("build", "a.topo", "b.topo", in: scratch)
        #expect(build.status == 3 && build.output.isEmpty)
        #expect(
            build.error.holds("error: cannot replace \"out/b/host1/up.sh\": it was edited since topoc wrote it"))
        #expect(try scratch.files(below: "out/a") == [])
        #expect(try Command("build", "--force", "a.topo", "b.topo", in: scratch).status == 0)
    }
}
