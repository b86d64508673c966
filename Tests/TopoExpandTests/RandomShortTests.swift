import Testing
import TopoDiagnostics
import TopoDriver
import TopoTemplates

/// What holds of files with networks, links, groups, automatic addresses and static routes: 80 seeds here; by hand some thousands
/// after a change of the expansion, by the number below.
@Suite struct RandomShortTests {
    private static let seeds = 1...80

    private static func source(_ seed: Int) -> SourceFile {
        SourceFile(path: "seed \(seed)", bytes: Array(RandomShort(seed: seed).text.utf8))
    }

    @Test func itIsBuiltToTheSameBytesAndWrittenOutOnce() throws {
        let templates = try builtIn.get()
        var built = 0
        for seed in Self.seeds {
            let source = Self.source(seed)
            let outcome = writtenOut(source)
            guard let once = outcome.output else {
                #expect(outcome.diagnostics.hasErrors, "seed \(seed) cannot be written out")
                continue
            }
            let text = String(decoding: once.bytes, as: UTF8.self)
            let twice = try #require(writtenOut(once).output, "seed \(seed):\n\(text)")
            #expect(String(decoding: twice.bytes, as: UTF8.self) == text, "seed \(seed)")
            for word in ["networks:", "network:", "groups:", "links:", "routing:", "auto", ".."] {
                #expect(
                    !text.split(separator: "\n").contains { !$0.contains("#") && $0.contains(word) }, "\(word): \(text)"
                )
            }
            let before = examine(source, despiteErrors: true), after = examine(once, despiteErrors: true)
            #expect((before.output == nil) == (after.output == nil), "seed \(seed)")
            guard let before = before.output, let after = after.output else { continue }
            #expect(after.newLock == nil, "seed \(seed)")
            built += 1
            let files = try [before, after].map { try artifacts(of: $0, only: ["report"], templates: templates) }
            #expect(!files[0].isEmpty && files[0] == files[1], "seed \(seed):\n\(RandomShort(seed: seed).text)")
        }
        #expect(built > Self.seeds.count / 2, "\(built)")
    }

    @Test func allThatIsShortIsDrawn() {
        let texts = Self.seeds.map { RandomShort(seed: $0).text }
        for word in [
            "vxlan", "gretap", "routed", "bridged", "p2p: auto", "links:", "groups:", "isolated", "routing: static",
            "hub:", "slice:", "group:", "gateway:", "part-of:", "over:", "fd0",
        ] {
            #expect(texts.count { $0.contains(word) } >= 4, "\(word)")
        }
    }
}
