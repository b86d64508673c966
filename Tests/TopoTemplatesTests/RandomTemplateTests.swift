import RandomNumbers
import Testing
import TopoTemplates

/// Random templates with random fillings, held against a renderer that works on the same random tree and knows nothing
/// of tags.
@Suite struct RandomTemplateTests {
    /// A part of a random template.
    private indirect enum Part {
        case text(String)
        case value(String)
        case item
        case section(String, isInverted: Bool, onLines: Bool, [Part])
        case comment(onLine: Bool)
    }

    private static let places: Places = [
        "a": .text, "f": .flag, "t": .texts,
        "r": .list(["a": .text, "b": .text, "u": .texts, "s": .list(["b": .text, "g": .flag])]),
    ]

    private static func kind(of name: String, in scopes: [Places?]) -> Places.Kind? {
        for places in scopes.reversed() {
            if let known = places?.all.first(where: { $0.name == name }) { return known.kind }
        }
        return nil
    }

    private static func parts(
        _ scopes: [Places?], depth: Int, _ generator: inout Dice
    ) -> [Part] {
        (0..<Int.random(in: 0...4, using: &generator)).compactMap { _ in
            part(scopes, depth: depth, &generator)
        }
    }

    private static func part(_ scopes: [Places?], depth: Int, _ generator: inout Dice) -> Part? {
        let texts = ["x", " ", "\n", "{ ", "é", "}} ", "y\n  z", "\r\n", "# {"]
        switch Int.random(in: 0...4, using: &generator) {
        case 0: return .text(texts.randomElement(using: &generator) ?? "")
        case 1: return .comment(onLine: Bool.random(using: &generator))
        case 2 where scopes.last.map { $0 == nil } == true: return .item
        default: break
        }
        let names = Set(scopes.compactMap { $0 }.flatMap { $0.all.map(\.name) }).sorted()
        guard let name = names.randomElement(using: &generator), let kind = kind(of: name, in: scopes) else {
            return nil
        }
        let isInverted = Bool.random(using: &generator)
        let inner: [Places?]
        switch kind {
        case .text: return .value(name)
        case .flag: inner = scopes
        case .texts: inner = isInverted ? scopes : scopes + [nil]
        case .list(let places): inner = isInverted ? scopes : scopes + [places]
        }
        guard depth < 4 else { return nil }
        return .section(
            name, isInverted: isInverted, onLines: Bool.random(using: &generator),
            parts(inner, depth: depth + 1, &generator))
    }

    /// Writes the parts as a template. Tags that shall stand alone get a line for themselves, where they take none from a
    /// text before them; all others something beside them.
    private static func template(_ parts: [Part]) -> String {
        parts.map { part in
            switch part {
            case .text(let text): return "\(text)|"
            case .value(let name): return "{{\(name)}}|"
            case .item: return "{{ . }}|"
            case .comment(onLine: true): return "|\n  {{! a\n b }} \n|"
            case .comment(onLine: false): return "|{{!\n}}|"
            case .section(let name, let isInverted, let onLines, let inner):
                let sign = isInverted ? "^" : "#"
                return onLines
                    ? "|\n {{\(sign)\(name)}}\n|\(template(inner))|\n\t{{/\(name)}} \n|"
                    : "|{{\(sign)\(name)}}|\(template(inner))|{{/\(name)}}|"
            }
        }.joined()
    }

    private static func expected(_ parts: [Part], _ scopes: [[String: Filling]], item: String) -> String {
        parts.map { part in
            switch part {
            case .text(let text): return "\(text)|"
            case .value(let name):
                guard case .text(let text)? = scopes.last(where: { $0[name] != nil })?[name] else { return "?" }
                return "\(text)|"
            case .item: return "\(item)|"
            case .comment(onLine: true): return "|\n|"
            case .comment(onLine: false): return "||"
            case .section(let name, let isInverted, let onLines, let inner):
                let filling = scopes.last { $0[name] != nil }?[name] ?? false
                let (before, after) = onLines ? ("|", "|\n") : ("|", "|")
                let (open, close) = onLines ? ("\n", "|") : ("", "|")
                let bodies = bodies(filling, isInverted: isInverted, inner, scopes, item: item)
                return before + open + bodies.map { "|\($0)\(after)" }.joined() + close
            }
        }.joined()
    }

    private static func bodies(
        _ filling: Filling, isInverted: Bool, _ inner: [Part], _ scopes: [[String: Filling]], item: String
    ) -> [String] {
        let contexts: [([String: Filling], String)] =
            switch filling {
            case .flag(let isWritten): isWritten ? [([:], item)] : []
            case .texts(let texts): texts.map { ([:], $0) }
            case .list(let rows): rows.map { ($0, "?") }
            case .text: []
            }
        if isInverted { return contexts.isEmpty ? [expected(inner, scopes, item: item)] : [] }
        return contexts.map { expected(inner, scopes + [$0.0], item: $0.1) }
    }

    private static func text(_ generator: inout Dice) -> String {
        ["", "v", "{{a}}", "{{#f}}\n", "<&>", "\n", "é"].randomElement(using: &generator) ?? ""
    }

    private static func values(of places: Places, _ generator: inout Dice) -> [String: Filling] {
        var values: [String: Filling] = [:]
        for (name, kind) in places.all {
            let count = Int.random(in: 0...3, using: &generator)
            switch kind {
            case .text: values[name] = .text(text(&generator))
            case .flag: values[name] = .flag(count > 1)
            case .texts: values[name] = .texts((0..<count).map { _ in text(&generator) })
            case .list(let inner): values[name] = .list((0..<count).map { _ in self.values(of: inner, &generator) })
            }
        }
        return values
    }

    @Test func eachIsFilledAsItsTreeSays() throws {
        var sections = 0
        for seed in 0..<3_000 {
            var generator = Dice(seed: seed)
            let parts = Self.parts([Self.places], depth: 0, &generator)
            let values = Self.values(of: Self.places, &generator)
            let text = Self.template(parts)
            sections += text.utf8.count { $0 == UInt8(ascii: "/") }
            let result = try Template(text, path: "t", places: Self.places).render(values)
            let expected = Self.expected(parts, [values], item: "?")
            #expect(Array(result.utf8) == Array(expected.utf8), "seed \(seed): \(text)")
        }
        #expect(sections > 1_000)
    }
}
