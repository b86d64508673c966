public import TopoModel

/// The way of a packet and of its answer through the interfaces of a topology, to be drawn over its figures.
public struct Trail: Sendable, Hashable {
    /// An interface that the packet, or the packet of a tunnel that carries it, comes by.
    public struct Point: Sendable, Hashable {
        /// The interface.
        public let interface: InterfaceName
        /// True where the packet is handed to IP here, or comes from it; false at a port of a bridge.
        public let isRouted: Bool
        /// True where the packet leaves by the interface: out of a host, container or bridge; false where it comes in.
        public let isLeaving: Bool

        /// Makes a point.
        public init(_ interface: InterfaceName, isRouted: Bool, isLeaving: Bool) {
            self.interface = interface
            self.isRouted = isRouted
            self.isLeaving = isLeaving
        }
    }

    /// The interfaces that the packet comes by, in the order in which it meets them.
    public let there: [Point]

    /// Those that its answer comes by.
    public let back: [Point]

    /// What to say of it below the figure's title, a line each.
    public let captions: [String]

    /// Makes a trail of these points; without any, nothing is drawn over the figure.
    public init(there: [Point] = [], back: [Point] = [], captions: [String] = []) {
        self.there = there
        self.back = back
        self.captions = captions
    }
}
