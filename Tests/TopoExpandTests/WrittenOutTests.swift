import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoTemplates

/// What holds of every file that is written out.
@Suite("A file that is written out")
struct WrittenOutTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The names of the random ones.
    private static let drawn = (1...60).map { "seed \($0)" }

    /// Every topology of the project, and random ones with ranges.
    private static func sources() throws -> [SourceFile] {
        let folders = [
            "topologies", "Tests/Fixtures/Ranges", "Tests/Fixtures/Layout", "Tests/Fixtures/Networks",
            "Tests/Fixtures/Kernel",
            "Tests/Fixtures/Errors", "Tests/Fixtures/Fuzz",
        ]
        let files = try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
                .filter { $0.hasSuffix(".topo") }.sorted().map { "\(folder)/\($0)" }
        }.map { path in
            SourceFile(path: path, bytes: Array(try Data(contentsOf: root.appendingPathComponent(path))))
        }
        return files
            + drawn.enumerated().map { number, name in
                SourceFile(path: name, bytes: Array(RandomRanges(seed: number + 1).text.utf8))
            }
    }

    @Test func itIsBuiltToTheSameBytes() throws {
        let templates = try builtIn.get()
        var (built, laidOut) = (0, 0)
        for source in try Self.sources() {
            let outcome = writtenOut(source)
            guard let written = outcome.output else {
                #expect(outcome.diagnostics.hasErrors, "\(source.path) cannot be written out")
                continue
            }
            // With nothing short in it, it is only laid out, which `PropertyTests` build.
            if format(source).output?.bytes == written.bytes {
                laidOut += 1
                continue
            }
            let before = examine(source, despiteErrors: true)
            let after = examine(written, despiteErrors: true)
            #expect((before.output == nil) == (after.output == nil), "\(source.path)")
            guard let before = before.output, let after = after.output else { continue }
            #expect(after.newLock == nil, "\(source.path)")
            built += 1
            // Of many, the document of the whole topology is enough.
            let isOneOfMany = source.path.contains("/Errors/") || Self.drawn.dropFirst(15).contains(source.path)
            let files = try [before, after].map {
                try artifacts(of: $0, only: isOneOfMany ? ["report"] : [], templates: templates)
            }
            #expect(!files[0].isEmpty && files[0] == files[1], "\(source.path)")
        }
        #expect(built > 60 && built + laidOut > 200)
    }

    @Test func toWriteItOutTwiceChangesNothing() throws {
        for source in try Self.sources() {
            guard let once = writtenOut(source).output else { continue }
            let twice = try #require(writtenOut(once).output, "\(source.path)")
            #expect(
                String(decoding: twice.bytes, as: UTF8.self) == String(decoding: once.bytes, as: UTF8.self),
                "\(source.path)")
            #expect(format(once).output?.bytes == once.bytes, "\(source.path) is not laid out as fmt does")
        }
    }

    @Test func nothingShortIsLeft() throws {
        for source in try Self.sources() {
            guard let written = writtenOut(source).output else { continue }
            for line in String(decoding: written.bytes, as: UTF8.self).split(separator: "\n")
            where !line.contains("#") && !source.path.contains("Errors") && !source.path.contains("Layout") {
                #expect(!line.contains("<<") && !line.hasPrefix("x-"), "\(source.path): \(line)")
                #expect(source.path.contains("Fuzz") || !line.contains(".."), "\(source.path): \(line)")
            }
        }
    }

    @Test func commentsStayAndSayWhereAPartIsFrom() throws {
        let url = Self.root.appendingPathComponent("Tests/Fixtures/Ranges/vxlan-twelve-containers")
        let source = SourceFile(
            path: "a.topo", bytes: Array(try Data(contentsOf: url.appendingPathExtension("topo"))))
        let made = try #require(writtenOut(source).output)
        let written = String(decoding: made.bytes, as: UTF8.self)
        let expected = url.appendingPathExtension("txt")
        if ProcessInfo.processInfo.environment["TOPOC_UPDATE_GOLDEN"] == "1" {
            try Data(written.utf8).write(to: expected)
        }
        #expect(try String(contentsOf: expected, encoding: .utf8) == written)
    }

    @Test func aCommentBelowTheLastPartStays() throws {
        let text = "topology: a\nhosts:\n  h1..h2:\n    bridges:\n      br0: {}\n      # of bridges\n  # of hosts\n"
        let made = writtenOut(SourceFile(path: "a.topo", bytes: Array(("runtime: netns\n" + text).utf8)))
        let lines = String(decoding: try #require(made.output).bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.suffix(1) == ["  # of hosts"] && lines.contains("      # of bridges"))
    }

    /// Ranges and what they stand for take about the same time, and the same findings are told once.
    @Test func findingsPointAtWhatWasWritten() throws {
        for seed in 1...60 {
            let random = RandomRanges(seed: seed)
            let source = SourceFile(path: "a.topo", bytes: Array(random.text.utf8))
            let found = examine(source).diagnostics
            for finding in found {
                #expect(finding.primary.span.end <= source.bytes.count)
                #expect(finding.secondary.allSatisfy { $0.span.end <= source.bytes.count })
            }
            let plain = try #require(writtenOut(source).output)
            let codes = Set(found.map(\.code.rawValue)).sorted()
            #expect(Set(examine(plain).diagnostics.map(\.code.rawValue)).sorted() == codes, "\(random.text)")
        }
    }
}

/// A topology of ranges, drawn by chance: bridges, containers, tunnels and checks on several hosts.
private struct RandomRanges {
    private(set) var text = ""
    private var state: UInt64

    init(seed: Int) {
        state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        let zeros = falls(30)
        func range(_ stem: String, _ first: Int, _ last: Int) -> String {
            let names = [first, last].map { zeros && $0 < 10 ? "\(stem)0\($0)" : "\(stem)\($0)" }
            return "\(names[0])..\(names[1])"
        }
        let hosts = number(2...4)
        let containers = number(1...12)
        text = "topology: random\nruntime: netns\n"
        if falls(50) {
            text += "# shared\nx-c: &c {bridge: br1\(falls(30) ? ", mtu: 1400" : "")}\n"
        } else {
            text += "x-c: &c {bridge: br1}\n"
        }
        text += "lans:\n  \(range("lan", 1, number(1...3))): {\(falls(50) ? "mtu: 9000" : "")}  # LANs\n"
        text += "hosts:\n  # all\n  \(range("h", 1, hosts)):\n"
        text +=
            "    forwarding: \(falls(50))\n    nics:\n      \(range("eth", 1, number(1...3))): {lan: lan\(zeros ? "01" : "1")}\n"
        text +=
            "    bridges:\n      br1: {\(falls(70) ? "ports: [vx]" : "")}\n      \(range("br", 8, number(8...11))): {stp: true}\n"
        text +=
            "    tunnels:\n      vx: {type: vxlan, vni: \(number(1...99)), remotes: [\(range("h", 1, hosts))\(falls(30) ? ", other" : "")]}\n"
        text +=
            "    containers:\n      \(range("c", 1, containers)): \(falls(50) ? "*c" : "{<<: *c, forwarding: false}")\n"
        if falls(60) {
            text +=
                "      \(range("d", 3, number(3...5))):\n        # two\n        interfaces: {\(range("eth", 0, 2)): *c}\n"
        }
        text +=
            "  other:\n    nics: {\(range("eth", 1, 2)): {lan: lan\(zeros ? "01" : "1")}}\n    bridges: {br1: {ports: [vx]}}\n"
        text += "    tunnels: {vx: {type: vxlan, vni: 7, remotes: [\(range("h", 1, hosts))]}}\n"
        text += "    containers: {e: {bridge: br1, address: 10.1.0.1/24}, f: {bridge: br1, address: 10.1.0.2/24}}\n"
        text += "checks:\n  - {ping: [e, f]}  # works\n"
        if falls(50) { text += "  # none\n  - {no-ping: [\(range("h", 1, hosts))/\(range("c", 1, containers)), e]}\n" }
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return range.lowerBound + Int((state >> 33) % UInt64(range.count))
    }

    private mutating func falls(_ percent: Int) -> Bool { number(0...99) < percent }
}
