import TopoDiagnostics
import TopoModel
import TopoNetwork

/// What frames go round in: bridges, LANs and VXLANs, and the bridge ports that join them; each once for every VLAN that it has.
///
/// A VXLAN is a vertex, however many ends it has, since it passes nothing from one end to another.
struct LinkGraph {
    /// A bridge, a LAN or a VXLAN.
    struct Vertex {
        /// What messages call it, all VLANs together.
        let name: String
        /// Its VLAN, or the tag of frames there; 0 for none.
        let tag: Int
        /// Whether a bridge runs the spanning tree protocol; nil for what is no bridge.
        let stp: Bool?

        /// What messages call it.
        var title: String { tag == 0 ? name : "\(name) in VLAN \(tag)" }
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
        /// The tags of the frames that it passes, 0 for none; where each VLAN is looked at for itself, one.
        let tags: Set<Int>
    }

    /// What becomes of VLANs.
    enum VLANs {
        /// Everything is there once for each of its VLANs: the ways that frames take.
        case apart
        /// Everything is there once: the links that the spanning tree protocol sees, which sends its messages without a tag.
        case together
    }

    /// A port of a bridge.
    fileprivate struct Port {
        let bridge: Bridge
        let owner: String
        /// The LAN or tunnel behind it is that of this interface: its own, or the link of the VLAN interface that it is.
        let device: String
        /// The tags of frames on the wire, each with the VLAN that they have in the bridge.
        let sides: [(tag: Int, inside: Int)]
        let name: InterfaceName
        let span: Span
        let removal: String
    }

    /// What a vertex stands for: something, and the tag of frames there or, in a bridge that tells VLANs apart, their VLAN.
    private struct Place: Hashable {
        enum Thing: Hashable {
            case lan(Int)
            case bridge(InterfaceName)
            case overlay(Int)
        }

        let thing: Thing
        let tag: Int
    }

    private var places: [Place: Int] = [:]
    private let vlans: VLANs
    /// All tags that there are on wires.
    let tags: [Int]

    /// The vertices: the LANs, then the bridges and the VXLANs.
    private(set) var vertices: [Vertex] = []
    /// The edges: those between bridges that run no spanning tree protocol first, so that the rings which they close are those
    /// that nothing cuts; of each kind NICs first, then tunnels, in the order of the file.
    private(set) var edges: [Edge] = []

    init(_ network: Network, _ vlans: VLANs) {
        let topology = network.topology
        self.vlans = vlans
        tags = LinkGraph.tags(of: topology)
        vertices = topology.lans.map { Vertex(name: "LAN \"\($0.name.value)\"", tag: 0, stp: nil) }
        var lans: [String: Int] = [:]
        for (number, lan) in topology.lans.enumerated() {
            lans[lan.name.value] = number
            places[Place(thing: .lan(number), tag: 0)] = number
        }
        var ports: [InterfaceName: [Port]] = [:]
        for host in topology.hosts { add(host, &ports) }
        for host in topology.hosts {
            for nic in host.nics {
                let name = InterfaceName(host: host.name.value, interface: nic.name.value)
                guard let lan = nic.lan.flatMap({ lans[$0.value] }) else { continue }
                let title = vertices[lan].name
                for port in ports[name] ?? [] {
                    add(port, to: .lan(lan), title, port.titled("NIC"))
                }
            }
        }
        let tunnels = topology.hosts.flatMap { host in host.tunnels.map { (host.name.value, $0) } }
        addTunnels(tunnels, network.segments.tunnelJoins, ports)
        edges = edges.filter { !isCut($0) } + edges.filter { isCut($0) }
    }

    /// The tags of VLANs of a topology; none where it has no VLANs.
    private static func tags(of topology: Topology) -> [Int] {
        var tags: Set<Int> = []
        for host in topology.hosts {
            for bridge in host.bridges { tags.formUnion(bridge.portVLANs.values.flatMap(\.tags)) }
            tags.formUnion(host.vlans.map(\.id.value))
        }
        return tags.sorted()
    }

    /// Whether a bridge at an end of a link runs the spanning tree protocol, which blocks the link where it is of a ring.
    func isCut(_ edge: Edge) -> Bool { vertices[edge.one].stp == true || vertices[edge.other].stp == true }

    /// The number of a vertex, which is made where it is not there yet.
    private mutating func vertex(_ thing: Place.Thing, _ tag: Int, _ title: String, stp: Bool?) -> Int {
        let place = Place(thing: thing, tag: tag)
        if let known = places[place] { return known }
        places[place] = vertices.count
        vertices.append(Vertex(name: title, tag: tag, stp: stp))
        return vertices.count - 1
    }

    private mutating func vertex(of port: Port, _ inside: Int) -> Int {
        let bridge = InterfaceName(host: port.owner, interface: port.bridge.name.value)
        return vertex(
            .bridge(bridge), inside, "\(port.owner)'s bridge \"\(port.bridge.name.value)\"",
            stp: port.bridge.stp?.value == true)
    }

    private mutating func add(_ host: Host, _ ports: inout [InterfaceName: [Port]]) {
        let owner = host.name.value
        let vlans = host.vlansByName
        for bridge in host.bridges {
            let title = "\(owner)'s bridge \"\(bridge.name.value)\""
            if !bridge.filtersVLANs || self.vlans == .together {
                let name = InterfaceName(host: owner, interface: bridge.name.value)
                _ = vertex(.bridge(name), 0, title, stp: bridge.stp?.value == true)
            }
            for port in bridge.ports {
                let vlan = vlans[port.value]
                let device = vlan?.link.value ?? port.value
                let own = Port(
                    bridge: bridge, owner: owner, device: device, sides: sides(of: port.value, vlan, on: bridge),
                    name: .init(host: owner, interface: port.value), span: port.span,
                    removal: "remove \"\(port.value)\" from the ports of \(title)")
                ports[.init(host: owner, interface: device), default: []].append(own)
            }
        }
    }

    /// The tags with which frames pass a port, each with the VLAN in the bridge.
    private func sides(of port: String, _ vlan: VLANInterface?, on bridge: Bridge) -> [(tag: Int, inside: Int)] {
        let vlans = bridge.vlans(ofPort: port)
        if let vlan {
            guard bridge.filtersVLANs else { return [(vlan.id.value, 0)] }
            return vlans.untagged.map { [(vlan.id.value, $0.value)] } ?? []
        }
        guard bridge.filtersVLANs else { return [(0, 0)] + tags.map { ($0, $0) } }
        return (vlans.untagged.map { [(0, $0.value)] } ?? []) + vlans.tags.map { ($0, $0) }
    }

    /// What a port passes, a pair of vertices each: where its frames are in the bridge, and their tag on the wire.
    private func ways(through port: Port) -> [(tag: Int, inside: Int, tags: Set<Int>)] {
        switch vlans {
        case .apart: port.sides.map { ($0.tag, $0.inside, [$0.tag]) }
        case .together: port.isOfVLAN ? [] : [(0, 0, Set(port.sides.map(\.tag)))]
        }
    }

    private mutating func add(_ port: Port, to thing: Place.Thing, _ title: String, _ name: String) {
        for (tag, inside, tags) in ways(through: port) {
            let far = vertex(thing, tag, title, stp: nil)
            let label = "\(port.owner)'s \(name) connects its bridge to \(vertices[far].title)"
            edges.append(
                Edge(
                    one: vertex(of: port, inside), other: far, places: [.init(port.span, label)], titles: (name, name),
                    removal: port.removal, isLink: false, tags: tags))
        }
    }

    private mutating func addTunnels(
        _ tunnels: [(host: String, tunnel: Tunnel)], _ joins: [TunnelJoin], _ ports: [InterfaceName: [Port]]
    ) {
        let names = tunnels.map { InterfaceName(host: $0.host, interface: $0.tunnel.name.value) }
        var joined = JoinedTunnels(names, joins)
        for (number, place) in tunnels.enumerated() {
            for port in ports[names[number]] ?? [] {
                switch place.tunnel.kind {
                case .gretap:
                    for far in joined.links[number] {
                        for near in ports[names[far]] ?? [] { addLinks(near, port) }
                    }
                case .vxlan(let vni, _, _):
                    let overlay = joined.overlays.root(of: number)
                    add(port, to: .overlay(overlay), "VXLAN \(vni.value)", port.titled("tunnel"))
                }
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

    private mutating func addLinks(_ first: Port, _ second: Port) {
        for (tag, inside, tags) in ways(through: first) {
            for far in ways(through: second) where far.tag == tag {
                let ends = (vertex(of: first, inside), vertex(of: second, far.inside))
                addLink(first, ends.0, second, ends.1, tags.intersection(far.tags))
            }
        }
    }

    private mutating func addLink(_ first: Port, _ one: Int, _ second: Port, _ other: Int, _ tags: Set<Int>) {
        func label(_ port: Port, _ far: Int) -> Diagnostic.Label {
            .init(port.span, "\(port.owner)'s \(port.titled("tunnel")) connects its bridge to \(vertices[far].title)")
        }
        edges.append(
            Edge(
                one: one, other: other, places: [label(first, other), label(second, one)],
                titles: (first.titled("tunnel"), second.titled("tunnel")), removal: second.removal, isLink: true,
                tags: tags))
    }
}

extension LinkGraph.Port {
    /// True for a VLAN interface: what it sends, the protocol's messages too, has a tag.
    fileprivate var isOfVLAN: Bool { name.interface != device }

    /// What messages call it.
    fileprivate func titled(_ kind: String) -> String {
        !isOfVLAN ? "\(kind) \"\(name.interface)\"" : "VLAN interface \"\(name.interface)\""
    }
}
