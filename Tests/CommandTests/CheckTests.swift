import Foundation
import Testing

/// `topoc check`: its formats, and `--deny`.
@Suite struct CheckTests {
    private static let right = """
        topology: right
        runtime: netns
        hosts:
          host1:
            bridges:
              br0: {address: 10.1.0.1/24}
            containers:
              c1: {bridge: br0, address: 10.1.0.11/24}

        """
    private static let wrong = right.replacing("/24", with: "/33")
    /// Nothing is joined to the second bridge.
    private static let suspect = right.replacing("bridges:\n", with: "bridges:\n      br1: {}\n")

    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(Self.right, to: "right.topo")
        try scratch.write(Self.wrong, to: "wrong.topo")
        try scratch.write(Self.suspect, to: "suspect.topo")
    }

    @Test(arguments: ["text", "short", "json", "sarif", "github"])
    func everyFormatTellsOfEveryFileOnStandardOutput(format: String) throws {
        let command = try Command(
            "check", "--format", format, "right.topo", "wrong.topo", "suspect.topo", in: scratch)
        #expect(command.status == 1)
        #expect(command.error.isEmpty)
        for part in ["T0301", "T0212", "wrong.topo", "suspect.topo"] { #expect(command.output.contains(part)) }
        #expect(try Command("check", "--format", format, "suspect.topo", in: scratch).status == 0)
    }

    @Test(arguments: ["json", "sarif"])
    func aDocumentIsOneOfAllFiles(format: String) throws {
        let command = try Command("check", "--format", format, "right.topo", "wrong.topo", "wrong.topo", in: scratch)
        let document = try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any]
        let files = document?["files"] as? [[String: Any]]
        let run = (document?["runs"] as? [[String: Any]])?.first
        #expect((files?.count ?? 0) + ((run?["artifacts"] as? [Any])?.count ?? 0) == (format == "json" ? 3 : 2))
    }

    @Test(arguments: ["json", "sarif"])
    func aFileThatIsNotThereLeavesNoHalfDocument(format: String) throws {
        let command = try Command("check", "--format", format, "wrong.topo", "none.topo", in: scratch)
        #expect(command.status == 3)
        #expect(command.output.isEmpty)
        #expect(command.error == "error: cannot read \"none.topo\": no such file or directory\n")
    }

    @Test func deniedWarningsAreErrors() throws {
        let command = try Command("check", "--deny", "warnings", "--format", "short", "suspect.topo", in: scratch)
        #expect(command.status == 1)
        #expect(command.output.hasPrefix("suspect.topo:6:7: error[T0212]: "))
        #expect(try Command("check", "--deny", "warnings", "right.topo", in: scratch).status == 0)
    }

    @Test func deniedWarningsStopABuild() throws {
        let command = try Command("build", "--deny", "warnings", "suspect.topo", in: scratch)
        #expect(command.status == 1)
        #expect(command.error.hasPrefix("error[T0212]: "))
        #expect(command.error.hasSuffix("\nerror: 1 error\n"))
        #expect(try scratch.files(below: "out") == [])
        #expect(try Command("build", "suspect.topo", in: scratch).status == 0)
    }
}
