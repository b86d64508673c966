import Testing
import TopoDiagnostics
import TopoDriver

/// Files that are made to take a compiler's time or memory: each is an error, or right, and soon. The time limit is there
/// for what never ends; docs/language.md says what is usual.
@Suite(.timeLimit(.minutes(2))) struct LimitTests {
    private func check(_ text: String) -> [Diagnostic] {
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        let found = examine(source).diagnostics
        #expect(!render(found, of: source, style: .plain).isEmpty == !found.isEmpty)
        return found
    }

    @Test(arguments: ["[", "{a: ", "- ", "? ", "a:\n", "*a ", "&a ", "!a ", "'", "|\n", "#\n", "\t", "---\n", ",", "}"])
    func aHundredThousandOfTheSameIsAnError(part: String) {
        let found = check("topology: " + String(repeating: part, count: 100_000))
        #expect(found.hasErrors)
        #expect(found.count <= 1000)
    }

    @Test func aliasesOfAliasesAreAnError() {
        let bomb = (1...60).map { level in
            "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
        }
        #expect(check("a0: &a0 [x]\n" + bomb.joined()).map(\.code) == [.expansionTooLarge])
    }

    @Test func mergesOfMergesAreAnError() {
        let bomb = (1...30).map { level in
            "a\(level): &a\(level) {<<: [*a\(level - 1), *a\(level - 1)], k\(level): v}\n"
        }
        #expect(check("a0: &a0 {k: v}\n" + bomb.joined()).hasErrors)
    }

    /// Each of many unknown names could be compared with each of many that exist.
    @Test func manyUnknownNamesAmongMany() {
        let containers = (256..<2_256).map {
            "      c\($0): {bridge: br0, address: 10.\($0 / 65536).\($0 / 256 % 256).\($0 % 256)/8}\n"
        }
        let checks = (0..<2_000).map { "  - {ping: [d\($0), c1]}\n" }
        let found = check(
            "topology: a\nruntime: netns\nhosts:\n  host1:\n    bridges: {br0: {}}\n    containers:\n"
                + containers.joined() + "checks:\n" + checks.joined())
        #expect(found.count == 1000)
        #expect(found.count { $0.code == .unknownName } > 990)
        // When there is no time left to compare a name with others, nothing is said of these.
        #expect(found.allSatisfy { finding in finding.help.allSatisfy { !$0.contains("add it") } })
        #expect(found.contains { $0.help.isEmpty })
        #expect(summary(of: found) == "error: 1000 errors; more are not told")
    }

    /// Each place's column is counted from the line's beginning.
    @Test func manyMistakesOnOneLine() {
        let hosts = (0..<5_000).map { "host\($0): {k: 1}" }.joined(separator: ", ")
        let found = check("{topology: a, runtime: netns, hosts: {\(hosts)}}")
        #expect(found.count == 1000)
        #expect(found.allSatisfy { $0.code == .unknownKey })
    }

    @Test func manyUnknownKeysOfOneElementAreOneShortMessage() {
        let keys = (0..<20_000).map { "k\($0): 1" }.joined(separator: ", ")
        let found = check("{topology: a, runtime: netns, hosts: {host1: {\(keys)}}}")
        let named = (0..<12).map { "\"k\($0)\"" }.joined(separator: ", ")
        #expect(found.map(\.message) == ["unknown keys \(named) and 19988 more in host \"host1\""])
    }

    @Test func noiseIsAnError() {
        var random = UInt64(1)
        let bytes = (0..<2_000_000).map { _ in
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(0x20 + (random >> 33) % 0x5F)
        }
        // In one line, and in many.
        for lineEnd in [UInt8(ascii: "~"), 0x0A] {
            let source = SourceFile(path: "a.topo", bytes: bytes.map { $0 == UInt8(ascii: "~") ? lineEnd : $0 })
            let found = examine(source).diagnostics
            #expect(found.hasErrors)
            #expect(!render(found, of: source, style: .plain).isEmpty)
        }
    }

    @Test func aFileOfFiftyMegabytesIsNotRead() {
        let source = SourceFile(path: "a.topo", bytes: Array(repeating: UInt8(ascii: "x"), count: 50 << 20))
        #expect(examine(source).diagnostics.map(\.code) == [.fileTooLarge])
    }
}
