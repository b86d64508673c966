import TopoDiagnostics

/// Where a broadcast frame gets to from a bridge or LAN, and by which way: a tree of the places that pass it on.
struct Flood: Sendable {
    /// A place with the way the frame came in; a bridge and a LAN send it out everywhere else.
    struct Arrival: Sendable {
        /// The bridge's interface, or the LAN's vertex in the broadcast domains.
        let place: Int
        /// The port or NIC by which it came in; nil where it began.
        let ingress: Int?
        /// The port by which it left the place before.
        let egress: Int?
        /// The number of the arrival before.
        let parent: Int?
    }

    /// The arrivals, the nearest first.
    private(set) var arrivals: [Arrival] = []
    /// Why frames do not get through tunnels that were tried, in order.
    private(set) var failures: [(reason: StopReason, origin: Span?)] = []
    private var numbers: [Int: [Int]] = [:]

    /// Begins at a place.
    init(at place: Int) { add(Arrival(place: place, ingress: nil, egress: nil, parent: nil)) }

    /// The first arrival at a place.
    func arrival(at place: Int) -> Int? { numbers[place]?.first }

    /// Whether an arrival would tell anything new: a place that was come to by two ports has sent to all of them.
    func isNew(_ place: Int, by ingress: Int?) -> Bool {
        let known = numbers[place] ?? []
        return known.count < 2 && !known.contains { arrivals[$0].ingress == ingress || arrivals[$0].ingress == nil }
    }

    /// Notes an arrival.
    mutating func add(_ arrival: Arrival) {
        numbers[arrival.place, default: []].append(arrivals.count)
        arrivals.append(arrival)
    }

    /// Notes why a tunnel does not get frames through.
    mutating func fail(_ reason: StopReason, _ origin: Span?) { failures.append((reason, origin)) }

    /// The arrivals from the beginning to this one, in order.
    func chain(to number: Int) -> [Arrival] {
        var chain: [Arrival] = []
        var next: Int? = number
        while let current = next {
            chain.append(arrivals[current])
            next = arrivals[current].parent
        }
        return chain.reversed()
    }
}
