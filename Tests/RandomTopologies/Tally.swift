import TopoDiagnostics

/// What came of many topologies.
package struct Tally: Sendable {
    /// A topology of which nothing is said, while something is lost, or an error is, while nothing is lost.
    package struct Found: Sendable {
        package let seed: Int
        package let draft: Draft
        /// What is wrong, in a few words: the same for what is likely the same.
        package let kind: String
        package let words: String
        package let slips: [String]
    }

    package private(set) var judged = 0
    package private(set) var withErrors = 0
    package private(set) var silent = 0
    package private(set) var rightWithErrors = 0
    package private(set) var right = 0
    package private(set) var pairs = 0
    package private(set) var losses = 0
    package private(set) var features: [String: Int] = [:]
    /// Of each slip how often it was made, and of these how often nothing is said, and how often something is meant and lost.
    package private(set) var slips: [String: [Int]] = [:]
    package private(set) var codes: [String: Int] = [:]
    package private(set) var found: [Found] = []

    /// Judges the topologies of some seeds.
    package init(seeds: Range<Int>, rates: RandomTopology.Rates = .init()) {
        for seed in seeds { add(RandomTopology.drawn(seed: seed, rates: rates), seed: seed) }
    }

    private mutating func add(_ drawn: RandomTopology.Drawn, seed: Int) {
        guard let judgement = Judgement.judge(drawn.draft.text) else { return }
        judged += 1
        withErrors += judgement.hasErrors ? 1 : 0
        silent += judgement.isSilent ? 1 : 0
        if drawn.slips.isEmpty {
            right += 1
            rightWithErrors += judgement.hasErrors ? 1 : 0
        }
        pairs += judgement.pairs
        losses += judgement.losses.count
        for feature in drawn.features { features[feature, default: 0] += 1 }
        for code in judgement.codes { codes[code, default: 0] += 1 }
        for slip in drawn.slips {
            let old = slips[slip] ?? [0, 0, 0]
            slips[slip] = [
                old[0] + 1, old[1] + (judgement.isSilent ? 1 : 0), old[2] + (judgement.losses.isEmpty ? 0 : 1),
            ]
        }
        guard let kind = judgement.kind else { return }
        found.append(
            Found(
                seed: seed, draft: drawn.draft, kind: kind,
                words: judgement.unsaid.first?.words ?? judgement.codes.joined(separator: " "), slips: drawn.slips))
    }

    package mutating func add(_ other: Tally) {
        judged += other.judged
        withErrors += other.withErrors
        silent += other.silent
        right += other.right
        rightWithErrors += other.rightWithErrors
        pairs += other.pairs
        losses += other.losses
        features.merge(other.features, uniquingKeysWith: +)
        codes.merge(other.codes, uniquingKeysWith: +)
        slips.merge(other.slips) { zip($0, $1).map(+) }
        found += other.found
    }

    /// All of it in words, with one small topology for each kind of what was found.
    package var report: String {
        var lines = [
            "\(judged) topologies: \(silent) of which nothing is said, \(withErrors) with errors; without a slip \(right), \(rightWithErrors) of them with errors",
            "\(pairs) pairs meant to reach each other, \(losses) of them lost",
            "drawn: " + features.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
            "codes: " + codes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
            "slips (made, nothing said, meant pairs lost):",
        ]
        lines += slips.sorted { $0.key < $1.key }.map {
            "  \($0.key): \($0.value.map(String.init).joined(separator: ", "))"
        }
        let kinds = Dictionary(grouping: found, by: \.kind).sorted {
            ($1.value.count, $0.key) < ($0.value.count, $1.key)
        }
        for (kind, all) in kinds {
            guard let one = all.min(by: { $0.draft.text.utf8.count < $1.draft.text.utf8.count }) else { continue }
            let small = one.shrunk
            let judgement = Judgement.judge(small.text)
            let words = judgement?.unsaid.first?.words ?? judgement?.codes.joined(separator: " ") ?? ""
            lines.append(
                "\n# \(kind): \(all.count) times, for example seed \(one.seed), \(one.slips)\n# \(words)\n\(small.text)"
            )
        }
        return lines.joined(separator: "\n")
    }
}

extension Tally.Found {
    /// The smallest topology of the same kind.
    package var shrunk: Draft { draft.shrunk(tries: 3000) { Judgement.judge($0.text)?.kind == kind } }
}

extension Judgement {
    /// What is wrong about a judgement, in a few words; nil where nothing is.
    package var kind: String? {
        if let loss = unsaid.first { return "unsaid: \(loss.why); \(loss.reason)" }
        guard isAccusedWrongly else { return nil }
        return "accused wrongly: \(findings.first { $0.severity == .error }?.code.rawValue ?? "")"
    }
}
