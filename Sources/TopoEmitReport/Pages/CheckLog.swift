/// What a `check.sh` printed: TAP, the Test Anything Protocol.
public struct CheckLog: Sendable, Hashable {
    /// A line `ok` or `not ok`, with what was said below it.
    public struct Result: Sendable, Hashable {
        /// The result's number, as printed; counted where it has none.
        public let number: Int
        /// Whether it holds.
        public let isOK: Bool
        /// What was checked.
        public let description: String
        /// What was seen, a line each.
        public let details: [String]
    }

    /// The log's name, as of its file.
    public let name: String
    /// The results, in order.
    public let results: [Result]
    /// Why the checks ended early; nil where they did not.
    public let bailOut: String?
    /// How many results the log says that it has; nil where it does not say.
    public let planned: Int?

    /// Reads a log; lines that are no TAP are passed over.
    public init(name: String, text: String) {
        var results: [Result] = []
        var (bailOut, planned): (String?, Int?) = (nil, nil)
        for line in text.utf8.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            if let result = CheckLog.result(line, number: results.count + 1) {
                results.append(result)
            } else if line.starts(with: "#   ".utf8), let last = results.popLast() {
                results.append(
                    Result(
                        number: last.number, isOK: last.isOK, description: last.description,
                        details: last.details + [String(Substring(line.dropFirst(4)))]))
            } else if line.starts(with: "Bail out!".utf8) {
                bailOut = line.dropFirst(9).trimmed
            } else if line.starts(with: "1..".utf8), let count = Int(Substring(line.dropFirst(3).digits)) {
                planned = (planned ?? 0) + count
            }
        }
        (self.name, self.results, self.bailOut, self.planned) = (name, results, bailOut, planned)
    }

    /// Whether everything holds, and all that was announced is there.
    public var isFine: Bool {
        bailOut == nil && !results.isEmpty && results.allSatisfy(\.isOK) && (planned ?? results.count) == results.count
    }

    /// How it went, in a few words.
    public var summary: String { summary(.english) }

    func summary(_ words: ReportWords) -> String {
        let held = results.count { $0.isOK }
        let missing = planned.map { max(0, $0 - results.count) } ?? 0
        let announced = words.say(", \(missing) more were announced", ", y faltan \(missing) anunciadas")
        return words.say("\(held) of \(results.count) hold", "se cumplen \(held) de \(results.count)")
            + (missing > 0 ? announced : "")
            + (bailOut.map { words.say("; ended early: \($0)", "; terminó antes de tiempo: \($0)") } ?? "")
    }

    private static func result(_ line: Substring.UTF8View, number: Int) -> Result? {
        let isOK = line.starts(with: "ok".utf8)
        guard isOK || line.starts(with: "not ok".utf8) else { return nil }
        var rest = line.dropFirst(isOK ? 2 : 6)
        guard rest.isEmpty || rest.first == UInt8(ascii: " ") else { return nil }
        rest = rest.drop { $0 == UInt8(ascii: " ") }
        let digits = rest.digits
        rest = rest.dropFirst(digits.count).drop { $0 == UInt8(ascii: " ") }
        if rest.starts(with: "- ".utf8) { rest = rest.dropFirst(2) }
        return Result(number: Int(Substring(digits)) ?? number, isOK: isOK, description: rest.trimmed, details: [])
    }

    /// All logs' results as a table.
    static func table(_ logs: [CheckLog], _ words: ReportWords) -> Table {
        let rows = logs.flatMap { log in
            log.results.map { result in
                [
                    log.name, "\(result.number)", result.isOK ? "ok" : "not ok", result.description,
                    result.details.joined(separator: "\n"),
                ]
            }
        }
        return Table(
            "checks", words.say("Checks", "Comprobaciones"),
            note: logs.map { "\($0.name): \($0.summary(words))" }.joined(separator: ". "),
            columns: [
                words.say("log", "registro"), words.say("number", "número"), words.say("result", "resultado"),
                words.say("check", "comprobación"), words.say("seen", "observado"),
            ], rows: rows)
    }
}

extension Substring.UTF8View {
    /// The decimal digits that it begins with.
    fileprivate var digits: Substring.UTF8View { prefix { (48...57).contains($0) } }

    /// Without spaces at its ends.
    fileprivate var trimmed: String {
        let rest = drop { $0 == UInt8(ascii: " ") }
        return String(Substring(rest.dropLast(rest.reversed().prefix { $0 == UInt8(ascii: " ") }.count)))
    }
}
