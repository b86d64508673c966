import Testing
import TopoDiagnostics
import TopoSyntax

@Suite struct ReadingLimitTests {
    @Test(arguments: ["[", "[\n", "- ", "{a: ", "[&a "])
    func deepNestingEndsAtTheLimit(opening: String) {
        let outcome = read(source(String(repeating: opening, count: 100_000)))
        #expect(outcome.output == nil)
        #expect(outcome.diagnostics.map(\.code) == [.nestingTooDeep])
    }

    @Test func theDepthOfAliasesCounts() {
        let half = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(read(source("a: &a \(half)\nb: \(half)\n")).diagnostics.isEmpty)
        let nested = "a: &a \(half)\nb: \(half.replacing("[]", with: "[*a]"))\n"
        #expect(read(source(nested)).diagnostics.map(\.code) == [.nestingTooDeep])
    }

    @Test func asDeepAsTheLimitIsRead() {
        func nested(_ depth: Int) -> SourceFile {
            source(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
        }
        #expect(read(nested(ReadingLimits.depth)).diagnostics.isEmpty)
        #expect(read(nested(ReadingLimits.depth + 1)).diagnostics.map(\.code) == [.nestingTooDeep])
    }

    @Test func aliasesOfAliasesAreCountedWithoutBeingWrittenOut() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...60 {
            let ten = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(ten)]\n"
        }
        let found = read(source(text)).diagnostics
        #expect(found.map(\.code) == [.expansionTooLarge])
        #expect(found.flatMap(\.secondary).map(\.text) == ["what it stands for"])
    }

    @Test func mergesOfManyMappingsAreCountedBeforeTheyAreMade() {
        let keys = (0..<3_000).map { "k\($0): v" }.joined(separator: ", ")
        let aliases = Array(repeating: "*a", count: 3_000).joined(separator: ", ")
        let found = read(source("a: &a {\(keys)}\nb: {<<: [\(aliases)]}\n")).diagnostics
        #expect(found.map(\.code) == [.expansionTooLarge])
    }

    @Test func aFileThatIsTooLargeIsNotRead() {
        let file = SourceFile(path: "a.topo", bytes: Array(repeating: 0x20, count: ReadingLimits.bytes + 1))
        #expect(read(file).diagnostics.map(\.code) == [.fileTooLarge])
    }

    @Test func readingStopsAfterManyErrors() {
        let outcome = read(source(String(repeating: "a: *b\n", count: 5_000)))
        #expect(outcome.output == nil)
        #expect(outcome.diagnostics.count == ReadingLimits.errors)
    }

    @Test func aMappingOfManyKeysFindsItsDuplicate() {
        let text = (0..<2_000).map { "k\($0): \($0)\n" }.joined() + "k7: 0\n"
        #expect(read(source(text)).diagnostics.map(\.message) == ["duplicate key \"k7\""])
    }
}
