/// How wide Graphviz took a figure's texts to be when it made the boxes around them, with the fonts that it found.
///
/// A reader's fonts are others: told these widths, a browser fits each text into its box.
public struct TextWidths: Sendable {
    struct Text: Hashable {
        let text: String
        /// The font's size in hundredths.
        let size: Int
        let isBold: Bool
    }

    private(set) var widths: [Text: Int] = [:]

    /// Knows no width.
    public init() {}

    /// Finds the widths in what `dot -Txdot` wrote: the drawing's operations stand in attributes such as `_ldraw_`.
    public init(xdot: String) {
        let bytes = Array(xdot.utf8)
        var next = 0
        while let start = bytes[next...].firstRange(of: "draw_=\"".utf8) {
            var end = start.upperBound
            var operations: [UInt8] = []
            while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
                // A backslash goes before a quotation mark, and before the end of a line that goes on.
                if bytes[end] == UInt8(ascii: "\\"), end + 1 < bytes.count {
                    if bytes[end + 1] == UInt8(ascii: "\"") {
                        end += 1
                    } else if bytes[end + 1] == UInt8(ascii: "\n") {
                        end += 2
                        continue
                    }
                }
                operations.append(bytes[end])
                end += 1
            }
            read(operations)
            next = min(end + 1, bytes.count)
        }
    }

    /// Reads the texts of a list of operations, up to the first that is not known.
    private mutating func read(_ operations: [UInt8]) {
        var reader = OperationReader(rest: operations[...])
        var (size, isBold) = (0, false)
        while let operation = reader.word() {
            switch operation {
            case "F":
                size = hundredths(reader.number())
                _ = reader.text()
            case "c", "C", "S": _ = reader.text()
            case "t": isBold = Int(reader.number()) & 1 == 1
            case "T":
                let numbers = (0..<4).map { _ in reader.number() }
                guard let text = reader.text() else { return }
                widths[Text(text: text, size: size, isBold: isBold)] = Int(numbers[3])
            case "P", "p", "L", "B", "b":
                for _ in 0..<(2 * max(0, Int(reader.number()))) { _ = reader.number() }
            case "E", "e": for _ in 0..<4 { _ = reader.number() }
            default: return
            }
        }
    }

    /// The width of a text, where it is known and not nothing.
    func width(_ text: String, size: Double, isBold: Bool) -> Int? {
        let width = widths[Text(text: text, size: hundredths(size), isBold: isBold)]
        return width.flatMap { $0 > 0 ? $0 : nil }
    }

    private func hundredths(_ size: Double) -> Int { Int((size * 100).rounded()) }
}

/// Reads words, numbers and counted texts.
private struct OperationReader {
    var rest: ArraySlice<UInt8>

    mutating func word() -> String? {
        rest = rest.drop { $0 == UInt8(ascii: " ") }
        let word = rest.prefix { $0 != UInt8(ascii: " ") }
        rest = rest[word.endIndex...]
        return word.isEmpty ? nil : String(decoding: word, as: UTF8.self)
    }

    /// A number; 0 where there is none, or none that counts anything.
    mutating func number() -> Double {
        guard let number = word().flatMap(Double.init), abs(number) < 1e9 else { return 0 }
        return number
    }

    /// A text after the number of its bytes and a minus sign.
    mutating func text() -> String? {
        let count = Int(number())
        guard count >= 0, rest.starts(with: " -".utf8), rest.count >= count + 2 else { return nil }
        let text = rest.dropFirst(2).prefix(count)
        rest = rest[text.endIndex...]
        return String(decoding: text, as: UTF8.self)
    }
}
