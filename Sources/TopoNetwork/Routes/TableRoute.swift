public import TopoDiagnostics
public import TopoModel

/// A route of a node's table, its interface known.
public struct TableRoute: Sendable, Hashable {
    /// What becomes of the packets.
    public enum Action: Sendable, Hashable {
        /// They are for a neighbour on this interface, asked for by the destination itself; the address is the preferred
        /// source, where the route comes from one.
        case onLink(InterfaceID, source: IPAddress?)
        /// They go to this neighbour on this interface.
        case via(IPAddress, InterfaceID)
        /// They go to any one of these neighbours: at least two.
        case multipath([Hop])
        /// They would go to a neighbour that is not on link: the kernel rejects such a route.
        case invalid(IPAddress)
        /// They are dropped and the sender is told.
        case unreachable
        /// They are dropped.
        case blackhole
    }

    /// A neighbour, and the interface behind which it is.
    public struct Hop: Sendable, Hashable {
        /// Its address.
        public let address: IPAddress
        /// The interface.
        public let interface: InterfaceID

        /// Makes a hop.
        public init(_ address: IPAddress, on interface: InterfaceID) {
            self.address = address
            self.interface = interface
        }
    }

    /// The destination.
    public let destination: Prefix
    /// What becomes of the packets.
    public let action: Action
    /// The metric that the kernel gives it; the lowest wins.
    public let metric: UInt32
    /// The place in the file that asks for it; nil where it is derived.
    public let origin: Span?

    /// The interface that packets leave by; nil where they leave by none, or by one of several.
    public var interface: InterfaceID? {
        switch action {
        case .onLink(let interface, _), .via(_, let interface): interface
        case .multipath, .invalid, .unreachable, .blackhole: nil
        }
    }

    /// The route for each of the neighbours that a packet may go to, the first first; the route itself where there is no choice.
    public var ways: [TableRoute] {
        guard case .multipath(let hops) = action else { return [self] }
        return hops.map { hop in
            TableRoute(
                destination: destination, action: .via(hop.address, hop.interface), metric: metric, origin: origin)
        }
    }

    /// Whether the destination is a neighbour: what `ip-route(8)` calls scope link.
    public var isOnLink: Bool {
        switch action {
        case .onLink: true
        case .via, .multipath, .invalid, .unreachable, .blackhole: false
        }
    }
}
