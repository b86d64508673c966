import TopoDiagnostics

/// Something that `check` is known not to see, or to see wrongly. The list is to come to nothing: whoever mends one takes it away.
package struct KnownGap: Sendable {
    /// What it is, in a few words.
    package let name: String
    /// A topology in which it is met.
    package let example: String
    /// Whether it is why nothing is said of a loss.
    let covers: @Sendable (Loss) -> Bool
    /// The code of an error that is wrong.
    let accusation: String?

    private init(
        _ name: String, accusation: String? = nil, _ example: String,
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
            "a route by dev leads past who has the address",
            """
              h1:
                forwarding: true
                bridges: {br0: {}}
                containers:
                  c1: {p2p: 10.1.100.0/31}
                  c2: {p2p: 10.1.101.0/30}
                routes: [{to: 10.1.101.0/30, dev: br0}]
            """
        ) { $0.reason == "nobody on the segment answers for the next address" },
        KnownGap(
            "a container's way to its own host",
            """
              h1:
                forwarding: false
                bridges: {br0: {address: 10.1.0.1/24}}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24}
                  c2: {bridge: br0, address: 10.1.0.12/24}
                routes: [{to: 10.1.0.0/24, via: c2}]
            """
        ) { $0.isOfOwnHost },
        KnownGap(
            "two subnets on one segment, with a way in one direction",
            """
              h1:
                bridges: {br0: {}}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/32}
                  c2: {bridge: br0, address: 10.1.0.12/24}
            """
        ) { $0.isOnOneSegment },
        KnownGap(
            "ways of containers that forward or have several interfaces",
            """
              h1:
                forwarding: true
                bridges: {br0: {address: 10.1.0.1/24}}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24, forwarding: true, gateway: none, routes: [{to: 10.9.0.0/24, via: 10.1.0.1}]}
                  c2: {p2p: 10.2.0.0/30}
            """
        ) { !$0.isOfPlainContainers },
        KnownGap(
            "subnets that overlap where nothing is lost", accusation: "T0302",
            """
              h1:
                forwarding: true
                bridges:
                  br0: {address: 10.1.0.1/16}
                  br1:
                containers:
                  r1: {interfaces: {eth0: {bridge: br0, address: 10.1.0.254/24}, eth1: {bridge: br1, address: 10.1.200.1/24}}}
            """),
        KnownGap(
            "who must forward though nothing is lost", accusation: "T0501",
            """
              h1:
                forwarding: true
                bridges:
                  br0: {address: 10.0.0.1/24}
                  br1:
                routes: [{to: 10.0.200.0/24, via: r1}]
                containers:
                  c1: {bridge: br0, address: 10.0.0.11/24, gateway: 10.0.0.13, routes: [{to: 10.0.0.0/8, via: 10.0.0.1}]}
                  c2: {bridge: br0, address: 10.0.0.13/24}
                  r1: {interfaces: {eth0: {bridge: br0, address: 10.0.0.254/24}, eth1: {bridge: br1, address: 10.0.200.1/24}}}
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
        if unsaid.isEmpty { return gaps.first { $0.accusation == accusation } }
        guard unsaid.allSatisfy({ loss in gaps.contains { $0.covers(loss) } }) else { return nil }
        return gaps.first { $0.covers(unsaid[0]) }
    }
}
