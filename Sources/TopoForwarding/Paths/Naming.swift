public import TopoModel
public import TopoPlan

extension Prediction {
    /// All hosts and containers, in the order of the plan, and behind them what is outside the topology, by LAN.
    public var nodes: [NodeName] { network.nodes.map(\.name) }

    /// The first host or container in the plan that has an address, or the first outside that it is behind; nil where there is
    /// none.
    public func owner(of address: IPAddress) -> NodeName? {
        (network.owners[address]?.first?.node ?? network.outsides(holding: address).first).map {
            network.nodes[$0].name
        }
    }

    /// The address by which a node is asked by another: IPv4 before IPv6, and the first in a subnet that the asker has,
    /// else its first; nil where the two have no addresses of one family, or are not there.
    public func address(of target: NodeName, seenFrom source: NodeName) -> IPAddress? {
        guard let asker = network.node(named: source), let asked = network.node(named: target) else { return nil }
        let walker = Walker(network, assuming: assumptions)
        return AddressFamily.allCases.lazy.compactMap { walker.address(of: asked, $0, seenFrom: asker) }.first
    }

    /// An interface's MAC; nil where it is not there, or is a NIC whose MAC the file does not say.
    public func mac(of interface: InterfaceReference) -> MACAddress? {
        guard let node = network.node(named: interface.node) else { return nil }
        return network.nodes[node].interfaces.lazy.map { network.interfaces[$0] }
            .first { $0.name == interface.name }?.mac
    }
}
