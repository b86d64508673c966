import Foundation
import Testing
import TopoDiagnostics

@testable import topoc

/// A topology file that is replaced by a mended one.
@Suite struct ReplaceTopologyTests {
    private let scratch: Scratch
    private let new: SourceFile
    private let old: SourceFile

    init() throws {
        scratch = try Scratch()
        try scratch.write("topology: a\n", to: "a.topo")
        old = try readTopology(scratch.path("a.topo"))
        new = SourceFile(path: old.path, bytes: Array("topology: b\n".utf8))
    }

    @Test(arguments: ["topology: c\n", "topology: a\n\n", ""])
    func whatSomebodyHasWrittenMeanwhileIsNotLost(text: String) throws {
        try scratch.write(text, to: "a.topo")
        #expect(throws: FileError.self) { try replaceTopology(old, with: new) }
        #expect(try scratch.read("a.topo") == text)
    }

    @Test func theModeStays() throws {
        #expect(chmod(old.path, 0o604) == 0)
        try replaceTopology(old, with: new)
        #expect(try scratch.read("a.topo") == "topology: b\n")
        #expect(try scratch.mode(of: "a.topo") == 0o604)
    }

    /// Only root can give a file to somebody, and so only root's replacement could take it away.
    @Test(.enabled(if: geteuid() == 0, "needs root")) func theOwnerStays() throws {
        #expect(chown(old.path, 12345, 23456) == 0)
        try replaceTopology(old, with: new)
        var status = stat()
        #expect(stat(old.path, &status) == 0 && status.st_uid == 12345 && status.st_gid == 23456)
    }
}
