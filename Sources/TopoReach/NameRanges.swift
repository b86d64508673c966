internal import TopoModel
internal import TopoPlan

/// Names in few words: a run of names that differ by a number that grows by one is told by its first and last.
struct NameRanges {
    private struct Name {
        let stem: Substring
        let number: Int?
        let whole: String
    }

    /// The runs, in natural order: `c2` before `c10`.
    let parts: [(first: String, last: String)]

    /// - Parameter names: the names of a class; of containers, those of one host.
    init(_ names: [NodeName]) {
        let found = names.map { NameRanges.name($0.container ?? $0.host) }.sorted { left, right in
            left.stem == right.stem && left.number != right.number
                ? (left.number ?? -1) < (right.number ?? -1) : (left.stem, left.whole) < (right.stem, right.whole)
        }
        var parts: [(first: Name, last: Name)] = []
        for name in found {
            if let run = parts.last, run.last.stem == name.stem, let number = name.number,
                run.last.number == number - 1
            {
                parts[parts.count - 1].last = name
            } else {
                parts.append((name, name))
            }
        }
        self.parts = parts.map { ($0.first.whole, $0.last.whole) }
    }

    /// `host1/c1–c9, x`.
    static func text(_ names: [NodeName]) -> String {
        guard let host = names.first?.host, names.first?.container != nil else {
            return names.map(\.description).joined(separator: ", ")
        }
        return "\(host)/"
            + NameRanges(names).parts.map { $0 == $1 ? $0 : "\($0)–\($1)" }.joined(separator: ", ")
    }

    /// A number with a leading zero is none, since `c01` and `c1` are two names.
    private static func name(_ text: String) -> Name {
        let count = text.utf8.reversed().prefix { (48...57).contains($0) }.count
        let digits = text.utf8.suffix(count)
        let isNumber = count < 10 && (count == 1 || digits.first != UInt8(ascii: "0"))
        let number = isNumber ? Int(Substring(digits)) : nil
        return Name(
            stem: number == nil ? text[...] : Substring(text.utf8.dropLast(count)), number: number, whole: text)
    }
}

extension Reachability {
    /// The names of a class's members, a run of numbers told by its ends.
    public func names(of number: Int) -> String { NameRanges.text(classes[number].map { nodes[$0] }) }
}
