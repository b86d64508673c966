import TopoDiagnostics
import TopoModel
import TopoNetwork

/// What frames go round in: bridges, LANs and VXLANs, and the bridge ports that join them.
///
/// A VXLAN is a vertex, however many ends it has, since it passes nothing from one end to another.
struct LinkGraph {
    /// A bridge, a LAN or a VXLAN.
    struct Vertex {
        /// What messages call it.
        let title: String
        /// Whether a bridge runs the spanning tree protocol; nil for what is no bridge.
        let stp: Bool?
    }

    /// One bridge's port on a LAN or in a VXLAN, or a tunnel between two bridges' ports.
    struct Edge {
        /// The bridge; of two, the one that is first in the file.
        let one: Int
        /// The LAN, the VXLAN, or the second bridge.
        let other: Int
        /// Where the ports are written, in the order of the file.
        let places: [Diagnostic.Label]
        /// What messages call it: the NIC, or the tunnel as it is named at the first bridge, and at the second.
        let titles: (one: String, other: String)
        /// What would take it away.
        let removal: String
        /// True for a tunnel between two bridges, which is named between them.
        let isLink: Bool
    }

    /// A port of a bridge.
    private struct Port {
        let bridge: Int
        let name: InterfaceName
        let span: Span
        let removal: String
    }

    /// The vertices: the LANs, then the bridges and the VXLANs.
    private(set) var vertices: [Vertex] = []
    /// The edges: those between bridges that run no spanning tree protocol first, so that the rings which they close are those
    /// that nothing cuts; of each kind NICs first, then tunnels, in the order of the file.
    private(set) var edges: [Edge] = []

    init(_ network: Network) {
        let topology = network.topology
        vertices = topology.lans.map { Vertex(title: "LAN \"\($0.name.value)\"", stp: nil) }
        var lans: [String: Int] = [:]
        for (number, lan) in topology.lans.enumerated() { lans[lan.name.value] = number }
        var ports: [InterfaceName: Port] = [:]
        for host in topology.hosts { add(host, &ports) }
        for host in topology.hosts {
            for nic in host.nics {
                let name = InterfaceName(host: host.name.value, interface: nic.name.value)
                guard let port = ports[name], let lan = nic.lan.flatMap({ lans[$0.value] }) else { continue }
                add(port, to: lan, "NIC \"\(name.interface)\"")
            }
        }
        let tunnels = topology.hosts.flatMap { host in host.tunnels.map { (host.name.value, $0) } }
        addTunnels(tunnels, network.segments.tunnelJoins, ports)
        edges = edges.filter { !isCut($0) } + edges.filter { isCut($0) }
    }

    /// Whether a bridge at an end of a link runs the spanning tree protocol, which blocks the link where it is of a ring.
    func isCut(_ edge: Edge) -> Bool { vertices[edge.one].stp == true || vertices[edge.other].stp == true }

    private mutating func add(_ host: Host, _ ports: inout [InterfaceName: Port]) {
        for bridge in host.bridges {
            let title = "\(host.name.value)'s bridge \"\(bridge.name.value)\""
            for port in bridge.ports {
                let name = InterfaceName(host: host.name.value, interface: port.value)
                ports[name] = Port(
                    bridge: vertices.count, name: name, span: port.span,
                    removal: "remove \"\(port.value)\" from the ports of \(title)")
            }
            vertices.append(Vertex(title: title, stp: bridge.stp?.value == true))
        }
    }

    private mutating func add(_ port: Port, to vertex: Int, _ title: String) {
        let label = "\(port.name.host)'s \(title) connects its bridge to \(vertices[vertex].title)"
        edges.append(
            Edge(
                one: port.bridge, other: vertex, places: [.init(port.span, label)], titles: (title, title),
                removal: port.removal, isLink: false))
    }

    private mutating func addTunnels(
        _ tunnels: [(host: String, tunnel: Tunnel)], _ joins: [TunnelJoin], _ ports: [InterfaceName: Port]
    ) {
        let names = tunnels.map { InterfaceName(host: $0.host, interface: $0.tunnel.name.value) }
        var joined = JoinedTunnels(names, joins)
        var vertexOfOverlay: [Int: Int] = [:]
        for (number, place) in tunnels.enumerated() {
            guard let port = ports[names[number]] else { continue }
            switch place.tunnel.kind {
            case .gretap:
                for far in joined.links[number] {
                    if let near = ports[names[far]] { addLink(near, port) }
                }
            case .vxlan(let vni, _, _):
                let overlay = joined.overlays.root(of: number)
                let vertex = vertexOfOverlay[overlay] ?? vertices.count
                if vertex == vertices.count {
                    vertexOfOverlay[overlay] = vertex
                    vertices.append(Vertex(title: "VXLAN \(vni.value)", stp: nil))
                }
                add(port, to: vertex, "tunnel \"\(names[number].interface)\"")
            }
        }
    }

    /// Which tunnels are ends of one link or of one VXLAN, by their numbers in the order of the file.
    private struct JoinedTunnels {
        /// For each tunnel those before it that are the other end of its link.
        private(set) var links: [[Int]]
        /// The VXLANs.
        var overlays: DisjointSets

        init(_ names: [InterfaceName], _ joins: [TunnelJoin]) {
            links = Array(repeating: [], count: names.count)
            overlays = DisjointSets(count: names.count)
            var numbers: [InterfaceName: Int] = [:]
            for (number, name) in names.enumerated() { numbers[name] = number }
            for join in joins {
                guard let one = numbers[join.one], let other = numbers[join.other] else { continue }
                switch join.kind {
                case .link: links[max(one, other)].append(min(one, other))
                case .overlay: _ = overlays.join(one, other)
                }
            }
        }
    }

    private mutating func addLink(_ first: Port, _ second: Port) {
        func label(_ port: Port, _ far: Port) -> Diagnostic.Label {
            .init(
                port.span,
                "\(port.name.host)'s tunnel \"\(port.name.interface)\" connects its bridge to \(vertices[far.bridge].title)"
            )
        }
        edges.append(
            Edge(
                one: first.bridge, other: second.bridge, places: [label(first, second), label(second, first)],
                titles: ("tunnel \"\(first.name.interface)\"", "tunnel \"\(second.name.interface)\""),
                removal: second.removal, isLink: true))
    }
}
