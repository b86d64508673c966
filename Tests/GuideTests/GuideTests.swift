import Foundation
import Testing

/// What the guides say is so: their commands do what stands below them.
@Suite(.serialized) struct GuideTests {
    private static let guides = ["tutorial.md", "practica.md"] + comparisons
    private static let comparisons = ["lxd-vs-docker.md", "lxd-y-docker.md"]

    /// Both at a time: most of it is waiting.
    @Test(.enabled(if: Reader.isReady, "\(Reader.obstacle ?? "")"))
    func commandsPrintWhatTheGuidesShow() async throws {
        async let tutorial = GuideTests.follow("tutorial.md")
        async let practice = GuideTests.follow("practica.md")
        try await GuideTests.expectWhatIsShown(in: "tutorial.md", by: tutorial)
        try await GuideTests.expectWhatIsShown(in: "practica.md", by: practice)
    }

    @Test(.enabled(if: Reader.isReady, "\(Reader.obstacle ?? "")"), arguments: comparisons)
    func theComparisonIsOfWhatIsWritten(name: String) async throws {
        try await GuideTests.expectWhatIsShown(in: name, by: GuideTests.follow(name), least: 4)
    }

    private static func follow(_ name: String) async throws -> [Reader.Run] { try Reader.follow(Guide(name)) }

    private static func expectWhatIsShown(in name: String, by runs: [Reader.Run], least: Int = 8) throws {
        let form = try Form()
        try #require(runs.count >= least)
        for run in runs {
            let place = "\(name):\(run.command.number)"
            let printed = try #require(run.printed, "\(place): not come to: \(run.command.text)")
            #expect(
                Expectation(lines: run.command.expected.map(form.of)).matches(printed.map(form.of)),
                "\(place): \(run.command.text)\n\(printed.joined(separator: "\n"))")
            #expect(run.status == 0 || !run.command.expected.isEmpty, "\(place): fails in silence: \(run.command.text)")
        }
    }

    @Test(arguments: guides) func commandsOfOtherFilesAreThere(name: String) throws {
        for step in try Guide(name).steps {
            guard case .quotation(let path, let lines, let number) = step else { continue }
            let file = Project.root.appendingPathComponent(path)
            let known = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
            for line in lines where !line.isEmpty {
                #expect(known.contains(line), "\(name):\(number): not in \(path): \(line)")
            }
        }
    }

    @Test(arguments: guides) func linksLeadSomewhere(name: String) throws {
        let docs = Project.root.appendingPathComponent("docs")
        let text = try String(contentsOf: docs.appendingPathComponent(name), encoding: .utf8)
        let targets = text.components(separatedBy: "](").dropFirst().map { $0.prefix { $0 != ")" && $0 != "#" } }
        #expect(targets.contains { $0.hasPrefix("images/") })
        for target in targets where !target.isEmpty && !target.hasPrefix("http") {
            #expect(
                FileManager.default.fileExists(atPath: docs.appendingPathComponent(String(target)).path), "\(target)")
        }
    }

    @Test func anythingStandsInAGapAndNothingElse() {
        let expectation = Expectation(lines: ["ping … ms", "…", "end"])
        #expect(expectation.matches(["ping 0.3 ms", "end"]))
        #expect(expectation.matches(["ping 0.3 ms", "a", "b", "end", ""]))
        #expect(!expectation.matches(["ping 0.3 s", "end"]))
        #expect(!expectation.matches(["ping 0.3 ms", "end", "more"]))
        #expect(!expectation.matches(["ping 0.3 ms"]))
    }

    @Test func onlyWhatVariesIsComparedByItsForm() throws {
        let form = try Form()
        #expect(
            form.of("64 bytes from 10.0.0.13: ttl=64 time=0.069 ms")
                == form.of("64 bytes from 10.0.0.13: ttl=64 time=1 ms"))
        #expect(
            form.of("64 bytes from 10.0.0.13: ttl=64 time=1 ms") != form.of("64 bytes from 10.0.0.13: ttl=63 time=1 ms")
        )
        #expect(form.of("a2:00:00:00:00:01 dev eth0") == form.of("4e:00:00:00:00:02 dev eth0"))
        let trace = " 2  172.16.1.2  0.031 ms  0.015 ms  0.014 ms"
        #expect(form.of(trace) == form.of(" 2  172.16.1.2  0.1 ms *  3 ms"))
        #expect(form.of(trace) != form.of(" 2  172.16.1.3  0.1 ms  1 ms  3 ms"))
        #expect(form.of(trace) != form.of(" 2  * * *"))
        // c1 of bridged.topo, whose MAC is a function of its names.
        #expect(form.of("02:c4:87:9d:0c:1c > ") != form.of("4e:00:00:00:00:02 > "))
        #expect(
            form.of("172.16.1.1.60604 > 172.16.1.2.4789: VXLAN") == form.of("172.16.1.1.38636 > 172.16.1.2.4789: VXLAN")
        )
        #expect(
            form.of("172.16.1.1.60604 > 172.16.1.2.4789: VXLAN") != form.of("172.16.1.3.60604 > 172.16.1.2.4789: VXLAN")
        )
    }
}
