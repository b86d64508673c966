import TopoDiagnostics

/// Overlays, and the segments that their tunnels' packets go over: where these are overlays themselves, they must not form a ring.
struct TunnelRings {
    /// An overlay, and a segment that carries the packets of one of its tunnels.
    struct Carriage {
        /// The overlay's segment.
        let overlay: Int
        /// The segment that its packets go over.
        let underlay: Int
        /// The tunnel, for messages.
        let title: String
        /// What in the file says so.
        let span: Span
    }

    private var carriages: [Carriage] = []

    /// Notes what carries a tunnel's packets.
    mutating func add(_ carriage: Carriage) { carriages.append(carriage) }

    /// Says which tunnels run over each other in a ring (T0506): what is left when overlays that nothing runs over are taken away,
    /// one after the other. Takes time in the number of carriages. Nil where there is no ring.
    func diagnostic() -> Diagnostic? {
        var counts: [Int: Int] = [:]
        for carriage in carriages { counts[carriage.underlay, default: 0] += 1 }
        var byOverlay: [Int: [Int]] = [:]
        for (number, carriage) in carriages.enumerated() { byOverlay[carriage.overlay, default: []].append(number) }
        var free = carriages.map(\.overlay).filter { counts[$0] == nil }
        var taken: Set<Int> = []
        while let overlay = free.popLast() {
            guard taken.insert(overlay).inserted else { continue }
            for number in byOverlay[overlay] ?? [] {
                let underlay = carriages[number].underlay
                counts[underlay, default: 0] -= 1
                if counts[underlay] == 0, byOverlay[underlay] != nil { free.append(underlay) }
            }
        }
        let rest = carriages.filter {
            !taken.contains($0.overlay) && byOverlay[$0.underlay] != nil && !taken.contains($0.underlay)
        }
        guard let last = rest.last, let other = rest.first(where: { $0.overlay == last.underlay }) else { return nil }
        return Diagnostic(
            .tunnelThroughItself, "\(last.title) and \(other.title) run through each other",
            at: .init(last.span, "its packets go over the other's segment"),
            and: [.init(other.span, "whose packets go over this one's")],
            notes: ["neither can send anything before the other works"],
            help: ["give one of them a far end on a LAN of the hosts"])
    }
}
