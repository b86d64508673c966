internal import TopoModel

/// Which lines of a figure a trail goes along, and which way.
struct TrailMarks {
    /// A packet of the trail.
    enum Packet: Hashable, CaseIterable {
        /// The one that is sent.
        case there
        /// Its answer.
        case back
    }

    /// A packet's way along a line.
    struct Arrow: Hashable {
        let packet: Packet
        /// Whether it goes out of the host, container or bridge whose interface the line is of.
        let isLeaving: Bool
    }

    private struct Passage: Hashable {
        let interface: InterfaceName
        let arrow: Arrow
        let isRouted: Bool
    }

    private let passages: Set<Passage>

    init(_ trail: Trail) {
        let there = trail.there.map { ($0, Packet.there) }
        let back = trail.back.map { ($0, Packet.back) }
        passages = Set(
            (there + back).map { point, packet in
                Passage(
                    interface: point.interface, arrow: Arrow(packet: packet, isLeaving: point.isLeaving),
                    isRouted: point.isRouted)
            })
    }

    private func arrows(_ interface: InterfaceName, routed: [Bool]) -> [Arrow] {
        guard !passages.isEmpty else { return [] }
        let all = Packet.allCases.flatMap { packet in
            [true, false].map { Arrow(packet: packet, isLeaving: $0) }
        }
        return all.filter { arrow in
            routed.contains { passages.contains(Passage(interface: interface, arrow: arrow, isRouted: $0)) }
        }
    }

    /// How packets come by an interface.
    func touches(_ interface: InterfaceName) -> [Arrow] { arrows(interface, routed: [true, false]) }

    /// How IP sends and receives packets by an interface.
    func routes(_ interface: InterfaceName) -> [Arrow] { arrows(interface, routed: [true]) }

    /// How a bridge, a port of one or a tunnel hands frames on.
    func bridges(_ interface: InterfaceName) -> [Arrow] { arrows(interface, routed: [false]) }
}

extension Array where Element: Hashable {
    /// Each element once, in the order of the first.
    var distinct: Self {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
