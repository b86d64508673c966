import Foundation
import Testing

@testable import topoc

/// What `topoc lab status` makes of the files that a lab's script keeps; on a real lab it is tested in LabTests.
@Suite struct LabStateTests {
    private let scratch: Scratch
    private let digest = sha256("topology: net\n".utf8)

    init() throws {
        scratch = try Scratch()
        try scratch.write("topology: net\n", to: "net.topo")
        try scratch.write("/srv/out/net\n", to: "run/net/folder")
        try scratch.write("host1\nhost2\n", to: "run/net/hosts")
        try scratch.write("", to: "run/.net.lock")
    }

    private func state() throws -> LabState { try #require(LabState("net", in: scratch.path("run"))) }

    private func note() throws {
        LabState.note(
            scratch.path("net.topo"), Array("topology: net\n".utf8), of: "net",
            in: scratch.path("run"))
    }

    @Test func halfOfItIsToldApart() throws {
        let half = try state().report(now: state().since + 65)
        #expect(half.opens(with: "net: half up since ") && half.holds("(1 min 5 s)\n"), "\(half)")
        #expect(half.holds("\n  hosts:   host1, host2\n  scripts: /srv/out/net\n  file:    not known: "))
        try scratch.write("", to: "run/net/complete")
        #expect(try state().report(now: 0).opens(with: "net: up since "))
    }

    @Test func theFileIsTold() throws {
        try scratch.write("", to: "run/net/complete")
        try note()
        #expect(
            try state().report(now: 0).holds("  file:    \(scratch.path("net.topo")), which has not changed since\n")
        )
        try scratch.write("topology: net # now\n", to: "net.topo")
        #expect(try state().report(now: 0).holds("which has changed since: \"topoc lab up\""))
        try FileManager.default.removeItem(atPath: scratch.path("net.topo"))
        #expect(try state().report(now: 0).holds("which is not there any more\n"))
    }

    /// Bringing it up again changes what it is from, and not since when it is up.
    @Test func sinceWhenIsKept() throws {
        let origin = LabState.Origin(path: "/a\nb", digest: "d", since: 7)
        #expect(LabState.Origin(origin.bytes) == origin)
        #expect(LabState.Origin([]) == nil && LabState.Origin(Array("x\ny\n/z".utf8)) == nil)
        try scratch.write(String(decoding: origin.bytes, as: UTF8.self), to: "run/net/source")
        try note()
        #expect(try state().origin == LabState.Origin(path: scratch.path("net.topo"), digest: digest, since: 7))
        #expect(try state().since == 7)
    }

    @Test func nothingIsNotedOfALabThatIsNotUp() throws {
        LabState.note(scratch.path("net.topo"), [], of: "other", in: scratch.path("run"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("run/other")))
    }

    @Test func allLabsAreSeen() throws {
        try scratch.write("/srv/out/other\n", to: "run/other/folder")
        #expect(try LabState.all(in: scratch.path("run")).map(\.name) == ["net", "other"])
        #expect(try LabState.all(in: scratch.path("nowhere")).isEmpty)
        #expect(LabState("gone", in: scratch.path("run")) == nil)
    }

    @Test func timesAreShort() {
        #expect(
            [0, 59, 60, 3600, 7261, 90061, -5].map(LabState.span) == [
                "0 s", "59 s", "1 min", "1 h", "2 h 1 min", "1 d 1 h", "0 s",
            ])
    }
}
