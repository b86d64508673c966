public import TopoEmitGraphviz
public import TopoForwarding
internal import TopoModel
internal import TopoPlan

extension Trail {
    /// The interfaces that an echo request and its answer come by, those of the tunnels' outer packets too, as far as they
    /// get; and in words where they go.
    public init(_ path: Path, language: Language = .english) {
        self.init(
            there: Trail.points(of: path.there), back: path.back.map(Trail.points) ?? [],
            captions: Trail.captions(path, language))
    }

    private static func points(of way: Way) -> [Point] {
        way.hops.flatMap { hop -> [Point] in
            let ends = [
                point(hop.node, hop.inInterface, isRouted: true, isLeaving: false),
                point(hop.node, hop.outInterface, isRouted: true, isLeaving: true),
            ]
            return ends.compactMap(\.self) + hop.link.flatMap(points)
        }
    }

    private static func points(of step: LinkStep) -> [Point] {
        switch step {
        case .veth(_, let from, let to), .lan(_, _, let from, let to): return [left(from), met(to)].compactMap(\.self)
        case .bridge(let bridge, _, let from, let to):
            return [
                point(bridge.node, from, isRouted: false, isLeaving: false),
                point(bridge.node, to, isRouted: false, isLeaving: true),
            ].compactMap(\.self)
        case .tunnel(let tunnel):
            return [left(tunnel.from), met(tunnel.to)].compactMap(\.self) + points(of: tunnel.outer)
        }
    }

    private static func left(_ interface: InterfaceReference) -> Point? {
        point(interface.node, interface.name, isRouted: false, isLeaving: true)
    }

    private static func met(_ interface: InterfaceReference) -> Point? {
        point(interface.node, interface.name, isRouted: false, isLeaving: false)
    }

    private static func point(_ node: NodeName, _ interface: String?, isRouted: Bool, isLeaving: Bool) -> Point? {
        interface.map {
            Point(
                InterfaceName(host: node.host, container: node.container, interface: $0), isRouted: isRouted,
                isLeaving: isLeaving)
        }
    }

    /// The way there, the way back, and how it ends.
    private static func captions(_ path: Path, _ language: Language) -> [String] {
        let there = nodes(of: path.there)
        let back = path.back.map(nodes)
        switch language {
        case .english:
            let end = path.mtu.map { "answered: requests of up to \($0.size) bytes pass" } ?? "answered"
            return ["there: \(there)"] + (back.map { ["back (dashed): \($0)"] } ?? [])
                + [path.reaches ? end : "✗ \(path.words)"]
        case .spanish:
            let end = path.mtu.map { "con respuesta: pasan peticiones de hasta \($0.size) bytes" } ?? "con respuesta"
            return ["ida: \(there)"] + (back.map { ["vuelta (a trazos): \($0)"] } ?? [])
                + [path.reaches ? end : "✗ sin respuesta: se pierde en \(path.ending.node)"]
        }
    }

    /// The nodes of a way, with what carries it between them; a cross where it is lost.
    private static func nodes(of way: Way) -> String {
        let parts = way.hops.enumerated().map { index, hop in
            if index + 1 == way.hops.count { return "\(hop.node)" }
            return "\(hop.node) \(link(of: hop)) "
        }
        return parts.joined() + (way.isDelivered ? "" : " ✗")
    }

    private static func link(of hop: Hop) -> String {
        let tunnels = hop.link.compactMap { step -> String? in
            switch step {
            case .tunnel(let tunnel):
                switch tunnel.carrier {
                case .gretap: return "gretap"
                case .vxlan: return "VXLAN"
                }
            case .veth, .bridge, .lan: return nil
            }
        }
        return tunnels.isEmpty ? "→" : "═ \(tunnels.joined(separator: " ═ ")) ⇒"
    }
}
