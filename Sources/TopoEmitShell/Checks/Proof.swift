internal import TopoModel
internal import TopoPlan

/// A record to make on a NIC, and what must be seen in it.
struct Proof {
    /// The NIC, or other underlay interface, that is listened on.
    let nic: String
    /// The expectation whose packets are made.
    let expectation: Expectation
    /// The interface by which the container sends.
    let interface: String
    /// What must be seen: in words, and as a filter.
    let claims: [(text: String, filter: String)]
}

/// Finds what a host's underlay must show: a record for each tunnel, or for each NIC that carries its containers' frames.
struct ProofFinder {
    let wide: PlanWide
    let host: HostPlan

    /// The proofs: for each tunnel the first expectation that leaves the host in it; where none does, for each NIC.
    func proofs() -> [Proof] {
        struct Place: Hashable {
            let nic: String
            let carriers: [Carriage.Carrier]
            /// The other end, where the tunnel has one alone.
            let end: IPAddress?
        }
        var places: Set<Place> = []
        var proofs: [(isInTunnel: Bool, proof: Proof)] = []
        for expectation in wide.expectations(from: host.name) {
            guard case .reaches(let hops, _) = expectation.result, expectation.target.host != host.name,
                !expectation.target.isOutside, let exit = expectation.exit,
                let veth = veth(of: expectation.source, exit)
            else { continue }
            let (carriage, layers) = (exit.carriage, exit.carriage.layers)
            let end = layers.first.flatMap { $0.carrier.type == .gretap ? $0.destination : nil }
            let place = Place(nic: carriage.nic, carriers: layers.map(\.carrier), end: end)
            guard places.insert(place).inserted else { continue }
            let claims =
                layers.isEmpty
                ? [claim(carriage, to: expectation.address, isRouted: !hops.isEmpty, veth)]
                : self.claims(carriage, to: expectation.address)
            proofs.append(
                (
                    !layers.isEmpty,
                    Proof(nic: carriage.nic, expectation: expectation, interface: exit.interface, claims: claims)
                ))
        }
        let inTunnels = proofs.filter(\.isInTunnel)
        return (inTunnels.isEmpty ? proofs : inTunnels).map(\.proof)
    }

    /// The container's end of the pair by which its frames leave it; nil for a host.
    private func veth(of source: NodeName, _ exit: Expectation.Exit) -> PlannedVeth? {
        guard let container = source.container else { return nil }
        let link =
            host.vlans(of: .container(container)).first { $0.name == exit.interface }?.link ?? exit.interface
        return host.veths(of: container).first { $0.interface == link }
    }

    /// What is seen of a packet in tunnels; of one that floods through a group, the question for its target as well.
    private func claims(_ carriage: Carriage, to target: IPAddress) -> [(text: String, filter: String)] {
        let filter = CarriageFilter(layers: carriage.layers, vlan: carriage.vlan)
        let packet = (
            "\(carriage.sender) to \(target), \(filter.words)", filter.packets(from: carriage.sender, to: target)
        )
        guard let layer = carriage.layers.first, carriage.layers.count == 1,
            case .vxlan(let vni, let port) = layer.carrier, let group = group(vni, port)
        else { return [packet] }
        let flooding = CarriageFilter(
            layers: [.init(carrier: layer.carrier, source: layer.source, destination: group, vlan: layer.vlan)],
            vlan: carriage.vlan)
        return [
            (
                "the question who has \(target), in VXLAN \(vni), from \(layer.source) to the group \(group)",
                flooding.question(for: target)
            ), packet,
        ]
    }

    /// The group through which a VXLAN of the host floods; nil where it has none.
    private func group(_ vni: UInt32, _ port: UInt16) -> IPAddress? {
        host.tunnels.lazy.compactMap { tunnel in
            guard case .vxlan(vni, .group(let group), port) = tunnel.kind else { return nil }
            return group
        }.first
    }

    /// What is seen of a packet without a tunnel: the container's own frame, or a router's.
    private func claim(
        _ carriage: Carriage, to target: IPAddress, isRouted: Bool, _ veth: PlannedVeth
    ) -> (text: String, filter: String) {
        let echo = PacketFilter.tagged(carriage.vlan, PacketFilter.echo(from: carriage.sender, to: target))
        let tag = carriage.vlan.map { ", with the tag of VLAN \($0)" } ?? ""
        let (packet, mac) = ("\(carriage.sender) to \(target)", veth.mac.value)
        return isRouted
            ? (
                "\(packet), routed: in a frame that is not of the container's MAC \(mac)\(tag)",
                "not ether src \(mac) and \(echo)"
            )
            : ("\(packet), in a frame of the container's own MAC \(mac)\(tag)", "ether src \(mac) and \(echo)")
    }
}
