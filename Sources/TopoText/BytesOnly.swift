// Every module has this file, by a symbolic link: text is quoted, judged and looked up by its bytes.
//
// To Swift's own methods of strings an apostrophe with a combining mark is no apostrophe, and CR LF is one sign; shells,
// kernels and parsers see bytes. What is declared here hides those methods within a module, and warnings are errors: the
// compiler refuses each use, whatever the text is called. `utf8` and `unicodeScalars` have the same methods, and
// `ByteText` has more. What this does not see is in docs/decisions/quoting.md.

@available(*, deprecated, message: "this looks at Characters: ask utf8 or unicodeScalars")
extension StringProtocol {
    var count: Int { utf8.count }
    var first: Character? { nil }
    var last: Character? { nil }
    func first(where test: (Character) throws -> Bool) rethrows -> Character? { nil }
    func last(where test: (Character) throws -> Bool) rethrows -> Character? { nil }
    func firstIndex(of sign: Character) -> Index? { nil }
    func lastIndex(of sign: Character) -> Index? { nil }
    func firstIndex(where test: (Character) throws -> Bool) rethrows -> Index? { nil }
    func lastIndex(where test: (Character) throws -> Bool) rethrows -> Index? { nil }
    func contains(_ sign: Character) -> Bool { false }
    func contains(_ text: some StringProtocol) -> Bool { false }
    func contains(where test: (Character) throws -> Bool) rethrows -> Bool { false }
    func hasPrefix(_ text: some StringProtocol) -> Bool { false }
    func hasSuffix(_ text: some StringProtocol) -> Bool { false }
    func starts(with text: some StringProtocol) -> Bool { false }
    func elementsEqual(_ text: some StringProtocol) -> Bool { false }
    func split(separator: Character, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true) -> [SubSequence] {
        []
    }
    func split(
        separator: some StringProtocol, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
    ) -> [SubSequence] { [] }
    func split(
        maxSplits: Int = .max, omittingEmptySubsequences: Bool = true,
        whereSeparator test: (Character) throws -> Bool
    ) rethrows -> [SubSequence] { [] }
    func dropFirst(_ count: Int = 1) -> SubSequence { self[...] }
    func dropLast(_ count: Int = 1) -> SubSequence { self[...] }
    func drop(while test: (Character) throws -> Bool) rethrows -> SubSequence { self[...] }
    func prefix(_ count: Int) -> SubSequence { self[...] }
    func prefix(while test: (Character) throws -> Bool) rethrows -> SubSequence { self[...] }
    func suffix(_ count: Int) -> SubSequence { self[...] }
    func reversed() -> [Character] { [] }
    func map<Value>(_ change: (Character) throws -> Value) rethrows -> [Value] { [] }
    func compactMap<Value>(_ change: (Character) throws -> Value?) rethrows -> [Value] { [] }
    func flatMap<Values: Sequence>(_ change: (Character) throws -> Values) rethrows -> [Values.Element] { [] }
    func filter(_ test: (Character) throws -> Bool) rethrows -> String { "" }
    func forEach(_ body: (Character) throws -> Void) rethrows {}
    func allSatisfy(_ test: (Character) throws -> Bool) rethrows -> Bool { true }
    func reduce<Value>(_ start: Value, _ change: (Value, Character) throws -> Value) rethrows -> Value { start }
    func reduce<Value>(into start: Value, _ change: (inout Value, Character) throws -> Void) rethrows -> Value { start }
    func enumerated() -> EnumeratedSequence<[Character]> { [Character]().enumerated() }
    func replacing(_ text: some StringProtocol, with other: some StringProtocol) -> String { "" }
    func firstRange(of text: some StringProtocol) -> Range<Index>? { nil }
    func ranges(of text: some StringProtocol) -> [Range<Index>] { [] }
    func trimmingPrefix(_ text: some StringProtocol) -> SubSequence { self[...] }
}

// String's and Substring's own are nearer than a protocol's.
@available(*, deprecated, message: "this looks at Characters: ask utf8 or unicodeScalars")
extension String {
    var count: Int { utf8.count }
    func hasPrefix(_ text: String) -> Bool { false }
    func hasSuffix(_ text: String) -> Bool { false }
    func index(after index: Index) -> Index { index }
    func index(before index: Index) -> Index { index }
    func index(_ index: Index, offsetBy distance: Int) -> Index { index }
    mutating func removeFirst() -> Character { "?" }
    mutating func removeLast() -> Character { "?" }
    mutating func popLast() -> Character? { nil }
    subscript(index: Index) -> Character { "?" }
}

@available(*, deprecated, message: "this looks at Characters: ask utf8 or unicodeScalars")
extension Substring {
    func index(after index: Index) -> Index { index }
    func index(before index: Index) -> Index { index }
    func index(_ index: Index, offsetBy distance: Int) -> Index { index }
    mutating func removeFirst() -> Character { "?" }
    mutating func removeLast() -> Character { "?" }
    mutating func popFirst() -> Character? { nil }
    mutating func popLast() -> Character? { nil }
    subscript(index: Index) -> Character { "?" }
}

@available(*, deprecated, message: "this parts a text into Characters: ask utf8 or unicodeScalars")
extension Array where Element == Character {
    init(_ text: some StringProtocol) { self = [] }
}

@available(*, deprecated, message: "this parts a text into Characters: ask utf8 or unicodeScalars")
extension Set where Element == Character {
    init(_ text: some StringProtocol) { self = [] }
}
