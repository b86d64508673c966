import Foundation
import Testing
import TopoEmit

@testable import topoc

@Suite struct OutputFolderTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func write(_ artifacts: [Artifact], isForced: Bool = false, isPartial: Bool = false) throws -> String {
        let folder = try OutputFolder("net", in: scratch.path("out"), isForced: isForced)
        return try folder.write(artifacts, isPartial: isPartial).description
    }

    private let script = Artifact(path: "host1/up.sh", isExecutable: true, contents: "#!/bin/sh\n")
    private let figure = Artifact(path: "l2.dot", contents: "graph {}\n")

    @Test func writesFilesWithTheirModesAndAListOfThem() throws {
        #expect(try write([script, figure]) == "2 files (2 written)")
        #expect(try scratch.files(below: "out/net") == [".topoc", "host1/up.sh", "l2.dot"])
        #expect(try scratch.read("out/net/host1/up.sh") == "#!/bin/sh\n")
        #expect(try scratch.mode(of: "out/net/host1/up.sh") == 0o755)
        #expect(try scratch.mode(of: "out/net/l2.dot") == 0o644)
        let list = try scratch.read("out/net/.topoc").utf8.split(separator: 10).dropFirst()
        #expect(list.map { String(Substring($0.dropFirst(66))) } == ["host1/up.sh", "l2.dot"])
        #expect(list.allSatisfy { $0.prefix(64).allSatisfy { "0123456789abcdef".utf8.contains($0) } })
    }

    @Test func leavesAloneWhatIsTheSame() throws {
        _ = try write([script, figure])
        let before = try ["host1/up.sh", "l2.dot", ".topoc"].map { try scratch.inode(of: "out/net/\($0)") }
        #expect(try write([script, figure]) == "2 files (0 written)")
        #expect(try ["host1/up.sh", "l2.dot", ".topoc"].map { try scratch.inode(of: "out/net/\($0)") } == before)
    }

    @Test func setsAModeThatIsNotRight() throws {
        _ = try write([script])
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: scratch.path("out/net/host1/up.sh"))
        #expect(try write([script]) == "1 file (1 written)")
        #expect(try scratch.mode(of: "out/net/host1/up.sh") == 0o755)
    }

    @Test func removesWhatAFormerBuildWroteAndNothingElse() throws {
        let other = Artifact(path: "host2/networkd/a.network", contents: "[Match]\n")
        _ = try write([script, figure, other])
        try scratch.write("mine", to: "out/net/notes.txt")
        try scratch.write("mine", to: "out/net/host1/notes.txt")
        #expect(try write([figure]) == "1 file (0 written, 2 removed)")
        #expect(try scratch.files(below: "out/net") == [".topoc", "host1/notes.txt", "l2.dot", "notes.txt"])
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out/net/host2")))
    }

    @Test func ofSomeBackendsAloneNothingIsRemoved() throws {
        _ = try write([script, figure])
        #expect(try write([figure], isPartial: true) == "1 file (0 written)")
        #expect(try scratch.files(below: "out/net") == [".topoc", "host1/up.sh", "l2.dot"])
        #expect(try write([figure]) == "1 file (0 written, 1 removed)")
    }

    @Test func doesNotReplaceWhatItDidNotWrite() throws {
        try scratch.write("mine", to: "out/net/l2.dot")
        #expect(throws: FileError.self) { try write([script, figure]) }
        #expect(try scratch.files(below: "out/net") == ["l2.dot"])
        #expect(try scratch.read("out/net/l2.dot") == "mine")
        #expect(try write([script, figure], isForced: true) == "2 files (2 written)")
        #expect(try scratch.read("out/net/l2.dot") == "graph {}\n")
    }

    @Test func takesOverAFileThatIsTheSameAnyway() throws {
        try scratch.write(figure.contents, to: "out/net/l2.dot")
        #expect(try write([figure]) == "1 file (0 written)")
        #expect(try write([]) == "0 files (0 written, 1 removed)")
    }

    @Test(arguments: ["out/net/host1", "out/net"]) func followsNoLinkOutOfTheFolder(link: String) throws {
        try scratch.write("theirs", to: "elsewhere/up.sh")
        try scratch.write("", to: "out/.keep")
        if link != "out/net" { try scratch.write("", to: "out/net/.keep") }
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path(link), withDestinationPath: scratch.path("elsewhere"))
        #expect(throws: FileError.self) { try write([script], isForced: true) }
        #expect(try scratch.files(below: "elsewhere") == ["up.sh"])
        #expect(try scratch.read("elsewhere/up.sh") == "theirs")
    }

    @Test func replacesNoLinkByAFile() throws {
        try scratch.write("theirs", to: "elsewhere")
        try scratch.write("", to: "out/net/.keep")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("out/net/l2.dot"), withDestinationPath: scratch.path("elsewhere"))
        #expect(throws: FileError.self) { try write([figure], isForced: true) }
        #expect(try scratch.read("elsewhere") == "theirs")
    }

    @Test(arguments: ["../elsewhere", "/etc/elsewhere", "host1/../../../elsewhere", ".", ""])
    func doesNotBelieveAListThatLeadsOut(path: String) throws {
        try scratch.write("theirs", to: "out/elsewhere")
        try scratch.write("theirs", to: "elsewhere")
        try scratch.write("# list\n\(path)\n", to: "out/net/.topoc")
        #expect(try write([figure]) == "1 file (1 written)")
        #expect(try scratch.read("out/elsewhere") == "theirs")
        #expect(try scratch.read("elsewhere") == "theirs")
    }

    @Test(arguments: [
        "/\u{0600}victim", "a/\u{0301}../victim", "../\u{0301}victim", "..\u{0301}/victim", "../victim",
        "net/../../victim",
        "/victim", "//victim", "a//../victim", "./../victim", "host1/..", "..", "victim/", "/", "../net/../victim",
        "sub/victim", "deep/sub/victim", "\u{0600}/../victim", "a\u{0600}/../../victim", "a\u{200D}/../../victim",
        "a\0/../victim", "../victim\0", "sub\u{0301}/victim",
    ])
    func aListThatLeadsOutRemovesNothing(path: String) throws {
        // What the path would lead to, by each of the ways to misread it.
        for place in ["out/victim", "victim", "out/net/\u{0301}victim", "elsewhere/victim", "out/\u{0301}victim"] {
            try scratch.write("theirs", to: place)
        }
        try scratch.write("theirs", to: "out/\u{0600}victim")
        try scratch.write("theirs", to: "out/net/deep/mine")
        for link in ["out/net/sub", "out/net/deep/sub"] {
            try FileManager.default.createSymbolicLink(
                atPath: scratch.path(link), withDestinationPath: scratch.path("elsewhere"))
        }
        let before = try scratch.files()
        try scratch.write(
            "# list\n\(path)\n" + String(repeating: "../", count: 5000) + "victim\n", to: "out/net/.topoc")
        // A build may refuse such a folder; what it must not do is remove.
        _ = try? write([figure])
        let after = try scratch.files()
        #expect(before.filter { !after.contains($0) } == [])
    }

    @Test func pathsAreDividedAndComparedByBytes() throws {
        #expect(PathBelow("a/\u{0301}b")?.folders == ["a"])
        #expect(PathBelow("a/\u{0301}b")?.name.unicodeScalars.elementsEqual("\u{0301}b".unicodeScalars) == true)
        #expect(PathBelow("\u{0600}/b")?.folders == ["\u{0600}"])
        #expect(PathBelow("\u{E9}") != PathBelow("e\u{301}"))
        #expect(Set([PathBelow("\u{E9}"), PathBelow("e\u{301}")]).count == 2)
        #expect(PathBelow([0x61, 0xFF]) == nil && PathBelow([0x61, 0, 0x62]) == nil && PathBelow("a\nb") == nil)
        #expect(PathBelow(String(repeating: "a", count: 4095)) != nil)
        #expect(PathBelow(String(repeating: "a", count: 4096)) == nil)
        // A file of the same name in other bytes is somebody else's.
        try scratch.write("mine", to: "out/net/e\u{301}")
        try scratch.write("# list\n\u{E9}\n", to: "out/net/.topoc")
        #expect(throws: FileError.self) { try write([Artifact(path: "e\u{301}", contents: "new")]) }
        _ = try write([figure])
        #expect(try scratch.read("out/net/e\u{301}") == "mine")
    }

    @Test func aTemporaryFileThatAKilledBuildLeftIsRemoved() throws {
        _ = try write([script])
        for place in ["out/net/.topoc-123.tmp", "out/net/host1/.topoc-4194305.tmp"] { try scratch.write("", to: place) }
        let others = [
            "out/net/.topoc-.tmp", "out/net/.topoc-12a.tmp", "out/net/.topoc-12.tmp2", "out/net/x.topoc-1.tmp",
        ]
        for place in others { try scratch.write("", to: place) }
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("out/net/.topoc-7.tmp"), withDestinationPath: "host1/up.sh")
        // That of a build at work is locked.
        try scratch.write("", to: "out/net/.topoc-5.tmp")
        let live = open(scratch.path("out/net/.topoc-5.tmp"), O_RDONLY)
        #expect(flock(live, LOCK_EX) == 0)
        #expect(try write([script]) == "1 file (0 written)")
        close(live)
        #expect(
            try scratch.files(below: "out/net")
                == ([".topoc", ".topoc-5.tmp", ".topoc-7.tmp", "host1/up.sh"]
                + others.map { String(Substring($0.utf8.dropFirst(8))) })
                .sorted())
        _ = try write([])
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out/net/host1")))
    }

    @Test func aFileOfAFormerBuildIsReplacedAndAFolderInItsPlaceStays() throws {
        _ = try write([script, figure])
        #expect(try write([script, Artifact(path: "l2.dot", contents: "graph {a}\n")]) == "2 files (1 written)")
        #expect(try scratch.read("out/net/l2.dot") == "graph {a}\n")
        try FileManager.default.removeItem(atPath: scratch.path("out/net/l2.dot"))
        try scratch.write("mine", to: "out/net/l2.dot/mine")
        #expect(try write([script]) == "1 file (0 written)")
        #expect(try scratch.read("out/net/l2.dot/mine") == "mine")
    }

    @Test func othersMayDoNoMoreWithAFileThanTheyShould() throws {
        _ = try write([figure])
        #expect(chmod(scratch.path("out/net/l2.dot"), 0o666) == 0)
        #expect(try write([figure]) == "1 file (1 written)")
        #expect(try scratch.mode(of: "out/net/l2.dot") == 0o644)
    }

    @Test func aListThatIsALinkIsNotRead() throws {
        _ = try write([script, figure])
        try FileManager.default.moveItem(atPath: scratch.path("out/net/.topoc"), toPath: scratch.path("list"))
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("out/net/.topoc"), withDestinationPath: scratch.path("list"))
        #expect(throws: FileError.self) { try write([figure]) }
        #expect(try scratch.files(below: "out/net") == [".topoc", "host1/up.sh", "l2.dot"])
    }

    /// A process of the same number has left a draft, which nothing has swept; and a write that fails leaves none.
    @Test func aDraftIsNeverInTheWay() throws {
        try scratch.write("old", to: "folder/.topoc-\(getpid()).tmp")
        let folder = try Directory(making: scratch.path("folder"))
        try folder.write("a", mode: 0o644, text: "new")
        #expect(try scratch.read("folder/a") == "new")
        #expect(throws: FileError.self) {
            try folder.write("a", mode: 0o644) { (_) throws(FileError) in throw FileError("write", "a", because: "") }
        }
        #expect(try scratch.files(below: "folder") == ["a"])
        #expect(try scratch.read("folder/a") == "new")
    }

    /// Whatever the umask of who builds, the files have the same modes; a build that cannot go on has said before what
    /// it would write, so that the next one may replace it.
    @Test func theUmaskChangesNothingAndAWriteThatFailsIsMadeGoodByTheNext() throws {
        let topology = "topology: net\nruntime: netns\nhosts: {h1: {bridges: {br0: {address: 10.1.0.1/24}}}}\n"
        try scratch.write(topology, to: "net.topo")
        let build = "\"$topoc\" build net.topo -o out --only shell"
        let environment = ["topoc": Command.path]
        // The list fits into one block of 512 bytes, and no script does.
        let limited = try Command(
            ["-c", "trap '' XFSZ; ulimit -f 1; \(build)"], in: scratch, environment: environment, program: "/bin/dash")
        #expect(limited.status == 3)
        let list = try scratch.read("out/net/.topoc")
        #expect(list.utf8.split(separator: 10).contains { $0.dropFirst(66).elementsEqual("h1/up.sh".utf8) })
        #expect(try !scratch.files(below: "out").contains { $0.utf8.suffix(4).elementsEqual(".tmp".utf8) })
        let whole = try Command(
            ["-c", "umask 077; \(build)"], in: scratch, environment: environment, program: "/bin/dash")
        #expect(whole.status == 0, "\(whole.error)")
        #expect(try scratch.mode(of: "out/net/h1/up.sh") == 0o755)
        #expect(try scratch.mode(of: "out/net/.topoc") == 0o644)
    }

    @Test(arguments: ["../up.sh", "/up.sh", "a//b", "a/./b"]) func writesNoArtifactOutsideTheFolder(path: String) throws
    {
        #expect(throws: FileError.self) { try write([figure, Artifact(path: path, contents: "")]) }
        #expect(try scratch.files() == [])
    }

    @Test(arguments: ["..", ".", "", "a/b"]) func takesNoNameThatIsNoFolders(name: String) {
        #expect(throws: FileError.self) { _ = try OutputFolder(name, in: scratch.path("out")).path }
    }

    @Test func removesAllThatItWrote() throws {
        _ = try write([script, figure])
        let folder = try OutputFolder("net", in: scratch.path("out"))
        folder.removeWhatCanBe()
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("out")).isEmpty)
    }
}
