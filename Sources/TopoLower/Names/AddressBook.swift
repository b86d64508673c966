import TopoDiagnostics
import TopoModel

/// Which host or container has which addresses.
struct AddressBook {
    /// Each node's addresses in the order of the file.
    private var byNode: [NodeName: [Located<InterfaceAddress>]] = [:]
    /// The first host that has an address.
    private var owners: [IPAddress: String] = [:]
    /// All that have an address, in the order of the file; made when it is first asked for.
    private lazy var allOwners: [IPAddress: [NodeName]] = {
        var owners: [IPAddress: [(node: NodeName, span: Span)]] = [:]
        for (node, addresses) in byNode {
            for address in addresses where owners[address.value.address]?.contains(where: { $0.node == node }) != true {
                owners[address.value.address, default: []].append((node, address.span))
            }
        }
        return owners.mapValues { $0.sorted { $0.span < $1.span }.map(\.node) }
    }()
    /// Nodes of whose interfaces something could not be read: an address that seems to be missing may be there.
    private(set) var broken: Set<NodeName> = []

    /// A node's addresses in the order of the file.
    func addresses(of node: NodeName) -> [Located<InterfaceAddress>] { byNode[node] ?? [] }

    /// The host that has an address.
    func host(with address: IPAddress) -> String? { owners[address] }

    /// All hosts and containers that have an address, in the order of the file; asked when all are known.
    mutating func owners(of address: IPAddress) -> [NodeName] { allOwners[address] ?? [] }

    /// The subnet of an interface that holds an address, and where it is written; nil where none does. A link-local one is on
    /// every link.
    func subnet(around address: IPAddress) -> Located<Prefix>? {
        byNode.values.lazy.joined().filter { $0.value.prefix.contains(address) && !$0.value.address.isIPv6LinkLocal }
            .min { $0.span < $1.span }.map { Located($0.value.prefix, at: $0.span) }
    }

    /// Makes room for that many nodes.
    mutating func reserve(_ count: Int) { byNode.reserveCapacity(byNode.count + count) }

    /// Takes a node's addresses, in any order; `isBroken` where some are missing.
    mutating func add(_ addresses: [Located<InterfaceAddress>], of node: NodeName, isBroken: Bool) {
        byNode[node] = addresses.count < 2 ? addresses : addresses.sorted { $0.span < $1.span }
        if node.container == nil {
            for address in addresses where owners[address.value.address] == nil {
                owners[address.value.address] = node.host
            }
        }
        if isBroken { broken.insert(node) }
    }

    /// The first address of `target` that is a neighbour of `router`: in a subnet of the router, and not its own. A
    /// link-local subnet is on every link: it does not say that two nodes are neighbours.
    func neighbour(_ target: NodeName, of router: NodeName, family: AddressFamily?) -> IPAddress? {
        let own = addresses(of: router).map(\.value)
        return addresses(of: target).map(\.value.address).first { address in
            (family == nil || address.family == family) && !address.isIPv6LinkLocal
                && own.contains { $0.prefix.contains(address) && $0.address != address }
        }
    }
}
