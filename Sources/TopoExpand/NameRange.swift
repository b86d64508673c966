internal import TopoText

/// Names that count up, `c1..c20` or `host01..host12`.
struct NameRange {
    /// What stands before the numbers.
    let stem: String
    /// The numbers.
    let numbers: ClosedRange<Int>
    /// The least digits of a number, with zeros in front.
    let width: Int

    /// How many names there are.
    var count: Int { numbers.count }

    /// The names, in their order.
    var names: [String] { numbers.map(name) }

    private func name(_ number: Int) -> String {
        let digits = String(number)
        return stem + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// True for a text that is meant as a range.
    static func isMeant(by text: String) -> Bool { dots(in: text.utf8[...]) != nil }

    /// Reads a range.
    /// - Throws: why a text with two dots is none.
    init(_ text: String) throws(RangeFault) {
        guard let dots = Self.dots(in: text.utf8[...]) else { throw RangeFault("has no \"..\"") }
        let rest = text.utf8[dots...].dropFirst(2)
        guard Self.dots(in: rest) == nil else { throw RangeFault("has \"..\" twice", help: "write two ranges") }
        let first = End(text.utf8[..<dots])
        let last = End(rest)
        guard !first.digits.isEmpty else { throw RangeFault("has no number before \"..\"") }
        guard !last.digits.isEmpty else { throw RangeFault("has no number at its end") }
        guard first.stem.isSame(as: last.stem) else { throw Self.differingStems(first, last) }
        guard let low = first.number, let high = last.number else {
            throw RangeFault("has a number of more than \(End.longest) digits")
        }
        let hasZeros = first.hasZeros || last.hasZeros
        guard !hasZeros || first.digits.utf8.count == last.digits.utf8.count else {
            throw RangeFault(
                "mixes widths: \"\(first.digits)\" and \"\(last.digits)\"", label: "one end has leading zeros",
                help: "write both numbers with the same number of digits, or without leading zeros")
        }
        guard low <= high else {
            throw RangeFault("runs backwards", help: "write \"\(last.text)..\(first.text)\"")
        }
        stem = first.stem
        numbers = low...high
        width = hasZeros ? first.digits.utf8.count : 0
    }

    private static func differingStems(_ first: End, _ last: End) -> RangeFault {
        // As a shell's `{1..20}` has it.
        if last.stem.isEmpty {
            let meant = "\(first.text)..\(first.stem)\(last.digits)"
            return RangeFault("has no name before its last number", help: "write \"\(meant)\"", correction: meant)
        }
        return RangeFault(
            "has \"\(first.stem)\" before one number and \"\(last.stem)\" before the other",
            help: "write the same text before both numbers")
    }

    /// Where two dots follow each other first.
    private static func dots(in bytes: Substring.UTF8View) -> String.Index? {
        let dot = UInt8(ascii: ".")
        return zip(bytes.indices, bytes.indices.dropFirst()).first { bytes[$0] == dot && bytes[$1] == dot }?.0
    }
}

/// Why a text with two dots is no range.
struct RangeFault: Error {
    /// The reason, as a phrase after the text.
    let reason: String
    /// What to say at its place.
    let label: String
    /// A way out.
    let help: String
    /// What was meant, where there is no doubt.
    let correction: String?

    init(
        _ reason: String, label: String = "", help: String = "write a range as in \"c1..c20\"",
        correction: String? = nil
    ) {
        self.reason = reason
        self.label = label
        self.help = help
        self.correction = correction
    }
}

/// An end of a range: a text, and the number behind it.
private struct End {
    let stem: String
    let digits: String

    /// The most digits that are read.
    static let longest = 18

    init(_ bytes: Substring.UTF8View) {
        var split = bytes.endIndex
        while split > bytes.startIndex, (48...57).contains(bytes[bytes.index(before: split)]) {
            split = bytes.index(before: split)
        }
        stem = String(decoding: bytes[..<split], as: UTF8.self)
        digits = String(decoding: bytes[split...], as: UTF8.self)
    }

    var text: String { stem + digits }

    var hasZeros: Bool { digits.utf8.count > 1 && digits.utf8.first == UInt8(ascii: "0") }

    var number: Int? { digits.utf8.count <= Self.longest ? Int(digits) : nil }
}
