public import TopoModel

/// A route.
public struct PlannedRoute: Sendable, Hashable {
    /// What becomes of the packets.
    public enum Action: Sendable, Hashable {
        /// They go to this neighbour, through this interface where known.
        case via(Setting<IPAddress>, interface: String?)
        /// They go to one of these neighbours, which the kernel chooses by the addresses of a packet: at least two.
        case multipath([Hop])
        /// They go out of this interface.
        case dev(String)
        /// They are dropped and the sender is told.
        case unreachable
        /// They are dropped.
        case blackhole
    }

    /// One of the neighbours of a route that has several.
    public struct Hop: Sendable, Hashable {
        /// Its address.
        public let address: Setting<IPAddress>
        /// The interface behind which it is; nil where it is behind none, and the kernel refuses the route.
        public let interface: String?

        /// Makes a hop.
        public init(_ address: Setting<IPAddress>, interface: String?) {
            self.address = address
            self.interface = interface
        }
    }

    /// The destination; length 0 is the default route.
    public let destination: Prefix
    /// What becomes of the packets.
    public let action: Action
    /// The metric; nil for the kernel's default.
    public let metric: UInt32?
    /// Whether its next hop is on its interface's link though no subnet of the node holds it (`onlink` of ip-route(8)).
    public let isOnLink: Bool

    /// The addresses of its neighbours, in order; none where it goes to no router.
    public var routers: [Setting<IPAddress>] {
        switch action {
        case .via(let router, _): [router]
        case .multipath(let hops): hops.map(\.address)
        case .dev, .unreachable, .blackhole: []
        }
    }

    /// Makes a route.
    public init(destination: Prefix, action: Action, metric: UInt32?, isOnLink: Bool = false) {
        self.destination = destination
        self.action = action
        self.metric = metric
        self.isOnLink = isOnLink
    }
}
