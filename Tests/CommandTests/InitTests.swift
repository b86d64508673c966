import Foundation
import Testing

/// `topoc init`: what a user starts from.
@Suite struct InitTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: ["bridged", "routed", "gretap", "vxlan"])
    func whatItWritesIsFoundRight(kind: String) throws {
        let command = try Command("init", "--kind", kind, "lab1", in: scratch)
        #expect(command.status == 0, "\(command.error)")
        #expect(command.output == "lab1.topo: written; try it with \"topoc lab run lab1.topo\"\n")
        #expect(try scratch.files() == ["lab1.topo"])
        let check = try Command("check", "--deny", "warnings", "lab1.topo", in: scratch)
        #expect(check.status == 0 && check.output.isEmpty, "\(check.output)")
        let text = try scratch.read("lab1.topo")
        #expect(text.contains("\ntopology: lab1\n"))
        #expect(text.contains("topoc lab run lab1.topo"))
        #expect(!text.contains("{{"))
        // Each is of the kind that was asked for: who carries a frame from one host to the other.
        #expect(text.contains("type: gretap") == (kind == "gretap"))
        #expect(text.contains("type: vxlan") == (kind == "vxlan"))
        #expect(text.contains("forwarding: true") == (kind == "routed"))
        #expect(text.contains("ports: [eth0]") == (kind == "bridged"))
        #expect(text.utf8.split(separator: 10).allSatisfy { $0.count <= 120 }, "it is read in a terminal")
    }

    @Test func withoutANameItIsCalledAsItsKind() throws {
        #expect(try Command("init", in: scratch).status == 0)
        #expect(try Command("init", "--kind", "vxlan", in: scratch).status == 0)
        #expect(try scratch.files() == ["routed.topo", "vxlan.topo"])
        #expect(try scratch.read("vxlan.topo").contains("\ntopology: vxlan\n"))
    }

    @Test func theNameOfTheFileWillDo() throws {
        #expect(try Command("init", "lab1.topo", in: scratch).status == 0)
        #expect(try Command("init", "mytopo", in: scratch).status == 0)
        #expect(try scratch.files() == ["lab1.topo", "mytopo.topo"])
        #expect(try scratch.read("lab1.topo").contains("\ntopology: lab1\n"))
    }

    @Test func neverWritesOverAFile() throws {
        try scratch.write("mine\n", to: "lab1.topo")
        let command = try Command("init", "lab1", in: scratch)
        #expect(command.status == 3)
        #expect(command.error.hasPrefix("error: cannot write \"lab1.topo\": it is there already"))
        #expect(try scratch.read("lab1.topo") == "mine\n")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("lab2.topo"), withDestinationPath: "elsewhere.topo")
        #expect(try Command("init", "lab2", in: scratch).status == 3)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("elsewhere.topo")))
    }

    @Test(arguments: [
        ("a b", "contains white space"), ("labs/first", "contains \"/\""), ("..", "begins with \".\""),
        ("", "is empty"),
        ("10.0.0.1", "reads as an address"), ("a\nruntime: lxd", "contains the control character U+000A"),
        (String(repeating: "a", count: 64), "is too long: it has 64 bytes, at most 63"), (".topo", "is empty"),
        ("null", "means nothing at all in YAML"),
    ])
    func aNameThatIsNoneIsRefused(name: String, fault: String) throws {
        let command = try Command("init", "--", name, in: scratch)
        #expect(command.status == 2)
        #expect(command.error.contains("cannot be a topology's name: it \(fault)"), "\(command.error)")
        #expect(try scratch.files() == [])
    }

    /// Names that mean something else to YAML.
    @Test(arguments: ["true", "12", "v1.5", "0x10", "no"]) func anOddNameIsAName(name: String) throws {
        #expect(try Command("init", name, in: scratch).status == 0)
        #expect(try Command("build", "--only", "report", "\(name).topo", in: scratch).status == 0)
        #expect(try scratch.files(below: "out").contains("\(name)/RUNBOOK.md"))
    }

    @Test func aTeachersOwnStartIsUsed() throws {
        try scratch.write("topology: {{name}}\nhosts: {host1: }\n", to: "mine/init/routed.topo")
        #expect(try Command("init", "--templates", "mine", "lab1", in: scratch).status == 0)
        #expect(try scratch.read("lab1.topo") == "topology: lab1\nhosts: {host1: }\n")
    }
}
