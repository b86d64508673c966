import Testing
import TopoDiagnostics
import TopoSyntax

@Suite struct AliasTests {
    /// The value without its spans.
    private func value(_ text: String) -> String {
        guard let node = read(source(text)).output else { return outline(text) }
        return value(node)
    }

    private func value(_ node: Node) -> String {
        switch node.content {
        case .scalar(let text, _): text
        case .sequence(let items): "[" + items.map(value).joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\($0.key): \(value($0.value))" }.joined(separator: ", ") + "}"
        }
    }

    @Test(arguments: [
        ("a: &a {x: 1}\nb: *a", "{a: {x: 1}, b: {x: 1}}"),
        ("a: &a 1\nb: [*a, *a]", "{a: 1, b: [1, 1]}"),
        ("a: &a k\n*a : 1", "{a: k, k: 1}"),
        ("&a k: 1\nb: *a", "{k: 1, b: k}"),
        ("a: &a 1\nb: *a\nc: &a 2\nd: *a", "{a: 1, b: 1, c: 2, d: 2}"),
        ("a: &a [&a 1, *a]\nb: *a", "{a: [1, 1], b: 1}"),
    ])
    func anAliasIsItsAnchorsValue(text: String, expected: String) {
        #expect(value(text) == expected)
    }

    @Test(arguments: [
        ("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}", "{a: {x: 1, y: 2}, b: {x: 1, y: 3}}"),
        ("a: &a {x: 1}\nb: {p: 0, <<: *a, q: 2}", "{a: {x: 1}, b: {p: 0, x: 1, q: 2}}"),
        ("b: {y: 3, <<: {x: 1, y: 2}}", "{b: {y: 3, x: 1}}"),
        ("b: {<<: [{x: 1}, {x: 2, z: 3}]}", "{b: {x: 1, z: 3}}"),
        ("a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}", "{a: {x: 1}, b: {x: 1, y: 2}, c: {x: 1, y: 2}}"),
        ("b: {<<: []}", "{b: {}}"),
        ("b: {\"<<\": 1}", "{b: {<<: 1}}"),
    ])
    func aMergeKeyGivesWhatIsNotThere(text: String, expected: String) {
        #expect(value(text) == expected)
    }

    @Test func aValueFromAnAliasIsAtItsAnchorAndDoesNotMoveTheEndOfTheCollection() {
        let expected = #"""
            mapping 0..<15 `a: &a xyz\nb: *a`
              a 0..<1 `a`:
                plain xyz 6..<9 `xyz`
              b 10..<11 `b`:
                plain xyz 6..<9 `xyz`
            """#
        #expect(outline("a: &a xyz\nb: *a\n") == expected)
    }
}
