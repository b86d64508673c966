import TopoDiagnostics

/// Something that `check` is known not to see, or to see wrongly. The list is to come to nothing: whoever mends one takes it away.
package struct KnownGap: Sendable {
    /// What it is, in a few words.
    package let name: String
    /// A topology in which it is met.
    package let example: String
    /// Whether it is why nothing is said of a loss.
    let covers: @Sendable (Loss) -> Bool
    /// The code of an error that is wrong, and what its message has.
    let accusation: (code: String, words: String)?

    private init(
        _ name: String, accusation: (code: String, words: String)? = nil, _ example: String,
        covers: @escaping @Sendable (Loss) -> Bool = { _ in false }
    ) {
        self.name = name
        self.example = "topology: known\nruntime: netns\nhosts:\n" + example
        self.covers = covers
        self.accusation = accusation
    }

    /// All of them.
    package static let all: [KnownGap] = [
        KnownGap(
            "a container's way to its own host",
            """
              h1:
                forwarding: false
                bridges: {br0: {address: 10.1.0.1/24}}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24}
                  c2: {bridge: br0, address: 10.1.0.12/24}
                routes: [{to: 10.1.0.0/25, via: c2}]
            """
        ) { $0.isOfOwnHost },
        KnownGap(
            "who must forward to a bridge on which it has no address", accusation: ("T0501", ""),
            """
              h1:
                bridges: {br0: {address: 10.1.0.1/24}, br1: {}}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24, gateway: 10.1.0.1}
                  c2: {bridge: br1, address: 10.2.0.12/24}
            """),
    ]
}

extension Judgement {
    /// The code of the error that is wrong.
    var accusation: String? { findings.first { $0.severity == .error }?.code.rawValue }

    /// The known gap that explains what is wrong; nil where none explains all of it.
    package var gap: KnownGap? {
        let gaps = KnownGap.all
        guard isAccusedWrongly || !unsaid.isEmpty else { return nil }
        if unsaid.isEmpty {
            let errors = findings.filter { $0.severity == .error }
            return gaps.first { gap in
                guard let accusation = gap.accusation else { return false }
                return errors.contains {
                    $0.code.rawValue == accusation.code && $0.message.contains(accusation.words)
                }
            }
        }
        guard unsaid.allSatisfy({ loss in gaps.contains { $0.covers(loss) } }) else { return nil }
        return gaps.first { $0.covers(unsaid[0]) }
    }
}
