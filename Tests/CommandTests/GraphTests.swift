import Foundation
import Testing

/// `topoc graph`, as a user runs it.
@Suite struct GraphTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(
            """
            topology: small
            title: Small
            runtime: netns
            lans: {lan: {subnet: 172.16.1.0/24}}
            hosts:
              host1:
                nics: {eth0: {lan: lan, address: 172.16.1.1/24}}
                bridges: {br0: {address: 10.1.0.1/24}}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24}
                  c2: {bridge: br0, address: 10.1.0.12/24}
              host2:
                nics: {eth0: {lan: lan, address: 172.16.1.2/24}}

            """, to: "small.topo")
    }

    private static let hasGraphviz =
        ProcessInfo.processInfo.environment["CI"] == "true"
        || FileManager.default.isExecutableFile(atPath: "/usr/bin/dot")

    @Test func textFormatsGoToStandardOutput() throws {
        let beginnings = ["dot": "// Layer 2", "mermaid": "%% Written by topoc", "d2": "# Written by topoc"]
        for format in beginnings.keys.sorted() {
            let command = try Command("graph", "small.topo", "--format", format, in: scratch)
            #expect(command.status == 0)
            #expect(command.error == "")
            #expect(command.output.hasPrefix(beginnings[format] ?? "-"))
        }
        #expect(try scratch.files() == ["small.topo"])
    }

    @Test func aWayIsDrawnOverTheFigure() throws {
        let plain = try Command("graph", "small.topo", in: scratch)
        let command = try Command("graph", "small.topo", "--trace", "c1", "host1", "--lang", "es", in: scratch)
        #expect(command.status == 0 && command.error == "" && command.output != plain.output, "\(command.error)")
        #expect(
            command.output.contains("ida: host1/c1 → host1")
                && command.output.contains("vuelta (a trazos): host1 → host1/c1"))
        let one = try Command("graph", "small.topo", "--trace", "c1", in: scratch)
        #expect(one.status == 2 && one.error.contains("as in --trace c1 c3"), "\(one.error)")
        let unknown = try Command("graph", "small.topo", "--trace", "c1", "c9", in: scratch)
        #expect(unknown.status == 2 && unknown.error.contains("no host or container is called \"c9\""))
    }

    @Test(.enabled(if: Self.hasGraphviz, "Graphviz is not installed"), arguments: ["svg", "pdf", "png"])
    func picturesHaveTheSameBytesEachTime(format: String) throws {
        let magic = ["svg": "<svg", "pdf": "%PDF", "png": "\u{89}PNG"]
        for name in ["one", "two"] {
            let command = try Command("graph", "small.topo", "--view", "l3", "-o", "\(name).\(format)", in: scratch)
            #expect(command.status == 0 && command.output == "" && command.error == "")
        }
        let bytes = try ["one", "two"].map {
            try Data(contentsOf: scratch.url.appendingPathComponent("\($0).\(format)"))
        }
        #expect(bytes[0] == bytes[1])
        #expect(String(bytes: bytes[0].prefix(4), encoding: .isoLatin1) == magic[format])
    }

    @Test(.enabled(if: Self.hasGraphviz, "Graphviz is not installed"))
    func aPDFHasNoTimeInIt() throws {
        #expect(try Command("graph", "small.topo", "-o", "a.pdf", in: scratch).status == 0)
        let text = String(data: try Data(contentsOf: scratch.url.appendingPathComponent("a.pdf")), encoding: .isoLatin1)
        let dates = (text ?? "").matches(of: /CreationDate \(D:(\d*)/).map { String($0.1) }
        #expect(dates == ["19700101000000"])
    }

    @Test func withoutGraphvizItIsSaidHowToGetIt() throws {
        let command = try Command(
            "graph", "small.topo", "-o", "a.svg", in: scratch, environment: ["PATH": scratch.path("nothing")])
        #expect(command.status == 3)
        #expect(command.error.hasPrefix("error: cannot run \"dot\": Graphviz draws the pictures, and is not installed"))
        #expect(command.error.contains("apt install graphviz"))
        #expect(try scratch.files() == ["small.topo"])
    }

    @Test(arguments: [
        ["--view", "l4"], ["--fold", "0"], ["--fold", "some"], ["--theme", "pink"], ["--macs", "some"],
        ["--mtus", "1500"], ["--lang", "la"],
        ["--view", "host=nobody"], ["--view", "overlay"], ["-o", "figure.txt"], ["-o", "figure"],
    ])
    func whatCannotBeMeantEndsWith2(arguments: [String]) throws {
        let command = try Command(["graph", "small.topo"] + arguments, in: scratch)
        #expect(command.status == 2, "\(command.error)")
        #expect(command.output == "")
        #expect(try scratch.files() == ["small.topo"])
    }

    @Test func aTopologyWithErrorsIsToldOfAndEndsWith1() throws {
        try scratch.write("topology: wrong\nnonsense: 1\n", to: "wrong.topo")
        let command = try Command("graph", "wrong.topo", in: scratch)
        #expect(command.status == 1)
        #expect(command.output == "" && command.error.contains("nonsense"))
    }

    @Test func aFolderIsNoPlaceForAFigure() throws {
        try scratch.write("", to: "folder.dot/file")
        let command = try Command("graph", "small.topo", "-o", "folder.dot", in: scratch)
        #expect(command.status == 3)
        #expect(command.error == "error: cannot write \"folder.dot\": it is a folder: name a file\n")
    }

    @Test(arguments: ["new/figure.dot", "new/deep/figure.dot"]) func noFolderIsMade(path: String) throws {
        let command = try Command("graph", "small.topo", "-o", path, in: scratch)
        #expect(command.status == 3)
        let folder = path.replacing("/figure.dot", with: "")
        #expect(command.error == "error: cannot write into \"\(folder)\": there is no such folder: make it first\n")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("new")))
    }

    @Test(.enabled(if: Self.hasGraphviz, "Graphviz is not installed"))
    func aPictureThatNobodyCanReadIsNotWritten() throws {
        let containers = (1...250).map { "      c\($0): {bridge: br0, address: 10.1.0.\($0)/24}\n" }.joined()
        try scratch.write(
            "topology: wide\nruntime: netns\nhosts:\n  host1:\n    bridges: {br0: {}}\n    containers:\n\(containers)",
            to: "wide.topo")
        let command = try Command("graph", "wide.topo", "--fold", "never", "-o", "wide.png", in: scratch)
        #expect(command.status == 3 && command.error.contains("too large for a PNG"), "\(command.error)")
        #expect(try scratch.files() == ["small.topo", "wide.topo"])
        #expect(try Command("graph", "wide.topo", "-o", "wide.png", in: scratch).status == 0, "folded, it is small")
    }

    @Test func optionsChangeTheFigure() throws {
        let plain = try Command("graph", "small.topo", in: scratch).output
        let arguments = [
            ["--theme", "bw"], ["--macs", "all"], ["--mtus", "all"], ["--lang", "es"], ["--fold", "1"],
            ["--view", "l3"], ["--view", "host=host1"],
        ]
        let outputs = try arguments.map { try Command(["graph", "small.topo"] + $0, in: scratch).output }
        #expect(Set(outputs + [plain]).count == arguments.count + 1)
        #expect(outputs[4].contains("2 containers"))
    }
}
