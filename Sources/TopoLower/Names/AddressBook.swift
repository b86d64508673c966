import TopoDiagnostics
import TopoModel

/// Which host or container has which addresses.
struct AddressBook {
    /// Each node's addresses in the order of the file.
    private var byNode: [NodeName: [Located<InterfaceAddress>]] = [:]
    /// The first host that has an address.
    private var owners: [IPAddress: String] = [:]
    /// Nodes of whose interfaces something could not be read: an address that seems to be missing may be there.
    private(set) var broken: Set<NodeName> = []

    /// A node's addresses in the order of the file.
    func addresses(of node: NodeName) -> [Located<InterfaceAddress>] { byNode[node] ?? [] }

    /// The host that has an address.
    func host(with address: IPAddress) -> String? { owners[address] }

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
