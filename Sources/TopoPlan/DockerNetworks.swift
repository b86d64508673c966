internal import TopoModel
import TopoNetwork

/// The networks of Docker's own of one host.
struct DockerNetworks {
    private let host: Host
    private let topology: Topology
    private let gateways: Gateways
    private let mtus: SegmentMTUs
    private var known: [String: PlannedDockerNetwork] = [:]

    init(of host: Host, in topology: Topology, gateways: Gateways, mtus: SegmentMTUs) {
        self.host = host
        self.topology = topology
        self.gateways = gateways
        self.mtus = mtus
    }

    /// The network that a container is on; nil where its interfaces are made by hand, or no network can be what it needs.
    mutating func network(of container: Container) -> PlannedDockerNetwork? {
        switch container.docker {
        case .byHand: return nil
        case .native, .macvlan: break
        }
        guard let bridge = container.firstBridge?.value else { return nil }
        if let network = known[bridge] { return network }
        let members = host.containers.filter { $0.docker == container.docker && $0.firstBridge?.value == bridge }
        guard let driver = driver(container.docker, bridge),
            let found = DockerNetwork(of: members, on: host, gateways: gateways, taken: topology.addresses)
        else { return nil }
        let network = PlannedDockerNetwork(
            name: bridge, driver: driver, subnet: found.subnet, gateway: found.gateway,
            reserved: found.reserved, mtu: mtu(of: bridge))
        known[bridge] = network
        return network
    }

    private func driver(_ docker: DockerNetworking, _ bridge: String) -> PlannedDockerNetwork.Driver? {
        switch docker {
        case .byHand: return nil
        case .native: return .bridge(bridge)
        case .macvlan:
            return host.macvlanParents[bridge].map { .macvlan(parent: $0) }
        }
    }

    private func mtu(of bridge: String) -> Int {
        host.bridges.first { $0.name.value == bridge }?.mtu?.value
            ?? mtus.mtu(of: .init(host: host.name.value, interface: bridge)).value
    }
}
