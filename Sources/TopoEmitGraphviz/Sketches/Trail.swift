public import TopoModel

/// A packet's way through the interfaces of a topology, to be drawn over its figures.
public struct Trail: Sendable, Hashable {
    /// An interface that the packet, or the packet of a tunnel that carries it, comes by.
    public struct Point: Sendable, Hashable {
        /// The interface.
        public let interface: InterfaceName
        /// True where the packet is handed to IP here, or comes from it; false at a port of a bridge.
        public let isRouted: Bool

        /// Makes a point.
        public init(_ interface: InterfaceName, isRouted: Bool) {
            self.interface = interface
            self.isRouted = isRouted
        }
    }

    /// The interfaces, in the order in which the packet meets them.
    public let points: [Point]

    /// What to say of it below the figure's title, a line each.
    public let captions: [String]

    /// Makes a trail of these points.
    public init(_ points: [Point], captions: [String] = []) {
        self.points = points
        self.captions = captions
    }
}
