import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoLower
import TopoText

/// What a schema says of a word is what topoc says.
@Suite struct WordRuleTests {
    private static let texts: [String] =
        [
            "", "a", "-a", "_a", ".a", "a.", "a..b", "a.b", "a.-b", "a-", "a_b", "1", "1a", "a1", "a.1", "1.a", "a.1a",
            "A.B-C_D", "a\n", "\na", "a.1\n", "a{{b}}", "a\u{301}", "é", "root",
            String(repeating: "a", count: 32), String(repeating: "a", count: 33), String(repeating: "a", count: 63),
            String(repeating: "a", count: 64), String(repeating: "a.", count: 126) + "a",
            String(repeating: "a.", count: 127) + "a",
        ]
        + (0x01...0x17F as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init).flatMap {
            ["a\($0)", "\($0)a", "a\($0)a"]
        }

    @Test(arguments: WordRule.allCases) func itsPatternSaysWhatTopocSays(rule: WordRule) throws {
        let expression = try NSRegularExpression(pattern: rule.pattern)
        let key = rule == .machine ? "host" : "user"
        var matched = 0
        // With a colon, or of digits and dots, it is an address, which has a pattern of its own.
        for text in Self.texts where rule == .user || !text.utf8.contains(UInt8(ascii: ":")) {
            let quoted = String(decoding: jsonString(text), as: UTF8.self)
            let source = "topology: a\nhosts: {h1: {ssh: {\(key): \(quoted)}}}\n"
            let found = findings(in: SourceFile(path: "a.topo", bytes: Array(source.utf8)))
            let matches = expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
            #expect(
                matches == !found.contains { $0.code == .invalidValue },
                "\(text.debugDescription): \(found.map(\.message))")
            matched += matches ? 1 : 0
        }
        #expect(matched > 100)
    }
}
