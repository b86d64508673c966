internal import TopoModel

/// What of a figure a trail lights.
struct TrailMarks {
    private let touched: Set<InterfaceName>
    private let routed: Set<InterfaceName>
    private let bridged: Set<InterfaceName>

    init(_ trail: Trail) {
        touched = Set(trail.points.map(\.interface))
        routed = Set(trail.points.filter(\.isRouted).map(\.interface))
        bridged = Set(trail.points.filter { !$0.isRouted }.map(\.interface))
    }

    /// Whether the packet comes by an interface.
    func touches(_ interface: InterfaceName) -> Bool { touched.contains(interface) }

    /// Whether IP sends or receives the packet by an interface.
    func routes(_ interface: InterfaceName) -> Bool { routed.contains(interface) }

    /// Whether a bridge, a port of one or a tunnel hands the frame on.
    func bridges(_ interface: InterfaceName) -> Bool { bridged.contains(interface) }
}
