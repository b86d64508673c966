import Foundation
import Testing

/// `topoc report`, as a user runs it.
@Suite struct ReportTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(
            """
            topology: small
            title: Small & fine_
            runtime: netns
            hosts:
              host1:
                bridges: {br0: {address: 10.1.0.1/24}}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24}
                  c2: {bridge: br0, address: 10.1.0.12/24}

            """, to: "small.topo")
    }

    private static func has(_ program: String) -> Bool {
        ProcessInfo.processInfo.environment["CI"] == "true"
            || FileManager.default.isExecutableFile(atPath: "/usr/bin/\(program)")
    }

    @Test func eachFormatIsWritten() throws {
        for (name, beginning) in [
            ("r.html", "<!DOCTYPE html>"), ("r.md", "# Small &amp; fine\\_"), ("r.tex", "\\documentclass"),
            ("r.csv", "host,container,interface"),
        ] {
            let command = try Command("report", "small.topo", "-o", name, in: scratch)
            #expect(command.status == 0 && command.output == "", "\(command.error)")
            #expect(try scratch.read(name).hasPrefix(beginning))
        }
    }

    @Test(.enabled(if: Self.has("dot"), "Graphviz is not installed"))
    func figuresOfADocumentLieBesideIt() throws {
        try FileManager.default.createDirectory(atPath: scratch.path("docs"), withIntermediateDirectories: false)
        #expect(try Command("report", "small.topo", "-o", "docs/r.md", in: scratch).status == 0)
        #expect(try scratch.files(below: "docs") == ["r-l2.svg", "r-l3.svg", "r.md"])
        #expect(try scratch.read("docs/r.md").contains("](<r-l2.svg>)"))
    }

    @Test(.enabled(if: Self.has("pdflatex") && Self.has("dot"), "texlive-latex-base is not installed"))
    func theLaTeXCompiles() throws {
        #expect(try Command("report", "small.topo", "-o", "r.tex", in: scratch).status == 0)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/pdflatex")
        process.arguments = ["-interaction=nonstopmode", "-halt-on-error", "r.tex"]
        process.currentDirectoryURL = scratch.url
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: scratch.hidden("latex"))
        process.standardError = process.standardOutput
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try scratch.files().contains("r.pdf"))
    }

    @Test func withoutGraphvizAReportSaysSo() throws {
        let command = try Command("report", "small.topo", in: scratch, environment: ["PATH": scratch.path("nothing")])
        #expect(command.status == 0)
        #expect(command.output.contains("apt install graphviz") && command.output.contains("10.1.0.12/24"))
    }

    @Test(arguments: [1000, 1001]) func aLargeTopologysPageIsWithoutItsScripts(count: Int) throws {
        let containers = (1...count).map { "      c\($0): {p2p: 10.0.\($0 / 64).\($0 % 64 * 4)/30}\n" }.joined()
        let head = "topology: large\nruntime: netns\nhosts:\n  h:\n    forwarding: true\n    containers:\n"
        try scratch.write(head + containers, to: "large.topo")
        let command = try Command(
            "report", "large.topo", in: scratch, environment: ["PATH": scratch.path("nothing")])
        #expect(command.status == 0)
        let isLarge = count > 1000
        #expect(command.output.contains("<summary>h/up.sh</summary>") != isLarge)
        #expect(command.output.contains("The scripts are missing") == isLarge)
    }

    @Test func resultsOfChecksAreShown() throws {
        try scratch.write("ok 1 - c1 reaches c2\nnot ok 2 - c2 reaches c1\n1..2\n", to: "a.tap")
        let command = try Command(
            "report", "small.topo", "--checks", "a.tap", "--format", "csv", "--table", "checks", in: scratch)
        #expect(
            command.output
                == "log,number,result,check,seen\r\na.tap,1,ok,c1 reaches c2,\r\na.tap,2,not ok,c2 reaches c1,\r\n")
        try scratch.write("hello\n", to: "b.tap")
        let other = try Command("report", "small.topo", "--checks", "b.tap", in: scratch)
        #expect(other.status == 3 && other.error.contains("there is no result of a check.sh in it"))
    }

    @Test(arguments: [
        ["--format", "doc"], ["-o", "r.doc"], ["--table", "routes"], ["--format", "csv", "--table", "cats"],
        ["--format", "csv", "--table", "checks"],
    ])
    func whatCannotBeMeantEndsWith2(arguments: [String]) throws {
        let command = try Command(["report", "small.topo"] + arguments, in: scratch)
        #expect(command.status == 2, "\(command.error)")
        #expect(try scratch.files() == ["small.topo"])
    }
}
