import TopoModel
import TopoNetwork

/// How messages call hosts, containers and their interfaces.
struct Names {
    private let counts: [String: Int]

    /// Counts a topology's container names, to tell those that need their host's name before them.
    init(_ topology: Topology) {
        var counts: [String: Int] = [:]
        for host in topology.hosts {
            for container in host.containers { counts[container.name.value, default: 0] += 1 }
        }
        self.counts = counts
    }

    /// `host1`; `c1`, or `host1/c1` where several containers are named so.
    func plain(host: String, container: String?) -> String {
        guard let container else { return host }
        return counts[container, default: 0] > 1 ? "\(host)/\(container)" : container
    }

    /// `host1` or `c1`, without quotes.
    func plain(_ node: Network.Node) -> String {
        plain(host: node.host.name.value, container: node.container?.name.value)
    }

    /// `host "host1"` or `container "c1"`.
    func full(_ node: Network.Node) -> String {
        "\(node.container == nil ? "host" : "container") \"\(plain(node))\""
    }

    /// The interface of `member`, as in `host1's bridge "lxdbr0"` or `container "c1"`.
    func interface(_ member: Segment.Member, of node: Network.Node) -> String {
        let name = member.interface
        switch member.kind {
        case .nic: return "\(name.host)'s NIC \"\(name.interface)\""
        case .bridge: return "\(name.host)'s bridge \"\(name.interface)\""
        case .loopback: return "\(full(node))'s loopback interface"
        case .tunnel: return "\(name.host)'s tunnel \"\(name.interface)\""
        case .vlan where name.container == nil: return "\(name.host)'s VLAN interface \"\(name.interface)\""
        case .vlan: return "\(full(node))'s \"\(name.interface)\""
        case .container, .pointToPointContainer:
            let one = node.container.map { $0.interfaces.count <= 1 } ?? true
            return one ? full(node) : "\(full(node))'s \"\(name.interface)\""
        case .pointToPointHost:
            // An interface's name has no ":"; a container's may.
            let colon = name.interface.utf8.lastIndex(of: UInt8(ascii: ":")) ?? name.interface.endIndex
            let container = String(name.interface[..<colon])
            return "\(name.host)'s end of the link to \"\(plain(host: name.host, container: container))\""
        }
    }
}

extension Network {
    /// How messages call the interface that has an address.
    func interface(of address: AssignedAddress) -> String {
        names.interface(address.member, of: nodes[address.node])
    }
}
