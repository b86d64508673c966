import TopoDiagnostics
import TopoModel
import TopoNetwork
import TopoPlan

/// A host or container of an indexed network.
struct NetworkNode: Sendable {
    /// Its name.
    let name: NodeName
    /// The place in the file to show for it.
    var origin: Span?
    /// Its interfaces' numbers, in the order in which they are made.
    var interfaces: [Int] = []
    /// The families that it forwards; off where the plan does not say.
    var forwards: [AddressFamily] = []
    /// The place in the file that sets forwarding.
    var forwardingOrigin: Span?
    /// Its routes, of both families.
    var routes = RoutingTable()
    /// What it does to the addresses of packets that it forwards.
    var nat = NAT()
    /// What is not in the topology, where this stands for it.
    var outside: Outside?
}

extension NetworkNode {
    /// The address that it sends from to a destination, by a route.
    func source(for destination: IPAddress, by route: TableRoute?, interfaces all: [NetworkInterface]) -> IPAddress? {
        SourceAddress.chosen(
            for: destination, by: route, interfaces: interfaces.lazy.map { InterfaceID($0) },
            addresses: { all[$0.index].addresses })
    }
}
