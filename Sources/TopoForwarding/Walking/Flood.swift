import TopoDiagnostics

/// A bridge, LAN or lone tunnel, and the tag of the frames there; of a bridge that tells VLANs apart, their VLAN.
struct Place: Hashable, Sendable {
    /// The bridge's or tunnel's interface, or the LAN's vertex in the broadcast domains.
    let vertex: Int
    /// The VLAN; 0 for frames without a tag.
    let tag: Int
}

/// A tunnel's two ends, as interfaces, and the tag of the frames in it.
struct TunnelWay: Sendable {
    let near: Int
    let far: Int
    let tag: Int
}

/// Where a broadcast frame gets to from a bridge or LAN, and by which way: a tree of the places that pass it on.
struct Flood: Sendable {
    /// A place with the way the frame came in; a bridge and a LAN send it out everywhere else.
    struct Arrival: Sendable {
        /// The place.
        let place: Place
        /// The port or NIC by which it came in; nil where it began.
        let ingress: Int?
        /// The NIC by which it came in from a LAN, or left to one, where the port is a VLAN interface of it.
        let device: Int?
        /// The port by which it left the place before.
        let egress: Int?
        /// The tunnel that it came through.
        var tunnel: TunnelWay?
        /// The number of the arrival before.
        let parent: Int?
    }

    /// The arrivals, the nearest first.
    private(set) var arrivals: [Arrival] = []
    /// Why frames do not get through tunnels that were tried, in order.
    private(set) var failures: [(reason: StopReason, origin: Span?)] = []
    private var numbers: [Place: [Int]] = [:]

    /// Begins at a place.
    init(at place: Place) { add(Arrival(place: place, ingress: nil, device: nil, egress: nil, parent: nil)) }

    /// The first arrival at a place.
    func arrival(at place: Place) -> Int? { numbers[place]?.first }

    /// Whether an arrival would tell anything new: a place that was come to by two ports has sent to all of them.
    func isNew(_ place: Place, by ingress: Int?) -> Bool {
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
