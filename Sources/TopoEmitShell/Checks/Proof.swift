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

    /// The proofs, tunnels first; for each interface the first expectation that leaves the host by it.
    func proofs() -> [Proof] {
        let leaving = wide.expectations(from: host.name).filter { expectation in
            guard case .reaches = expectation.result else { return false }
            return expectation.source.container != nil && expectation.target.host != host.name
                && !expectation.target.isOutside
        }
        let tunnels = host.tunnels.compactMap { tunnel in
            leaving.lazy.compactMap { proof(of: tunnel, by: $0) }.first
        }
        if !tunnels.isEmpty { return tunnels }
        return host.nics.compactMap { nic in leaving.lazy.compactMap { proof(of: nic, by: $0) }.first }
    }

    /// What a tunnel's underlay shows of packets between two containers on its bridges.
    private func proof(of tunnel: PlannedTunnel, by expectation: Expectation) -> Proof? {
        guard let bridge = tunnel.bridge, let dev = tunnel.dev?.value,
            let veth = host.veth(of: expectation, on: bridge),
            let far = wide.host(expectation.target.host),
            let farTunnel = far.tunnels.first(where: { wide.plan.isOtherEnd($0, of: far, tunnel, of: host) }),
            let near = host.source(of: veth, towards: expectation.address),
            let tag = host.tag(of: veth, at: tunnel.name),
            let local = host.underlayAddress(of: tunnel), let remote = far.underlayAddress(of: farTunnel)
        else { return nil }
        return Proof(
            nic: dev, expectation: expectation, interface: veth.interface,
            claims: claims(tunnel, from: local, to: remote, inner: near, tag, target: expectation.address))
    }

    private func claims(
        _ tunnel: PlannedTunnel, from local: IPAddress, to remote: IPAddress, inner source: IPAddress,
        _ tag: Int, target: IPAddress
    ) -> [(text: String, filter: String)] {
        func carried(_ carrier: Carriage.Carrier, to destination: IPAddress) -> CarriageFilter {
            CarriageFilter(layers: [
                .init(carrier: carrier, source: local, destination: destination, vlan: tag == 0 ? nil : tag)
            ])
        }
        func packet(_ carried: CarriageFilter) -> (text: String, filter: String) {
            ("\(source) to \(target), \(carried.words)", carried.packets(from: source, to: target))
        }
        switch tunnel.kind {
        case .gretap(_, let key): return [packet(carried(.gretap(key: key), to: remote))]
        case .vxlan(let vni, let flood, let port):
            let carrier = Carriage.Carrier.vxlan(vni: vni, port: port)
            guard case .group(let group) = flood else { return [packet(carried(carrier, to: remote))] }
            let question = (
                text: "the question who has \(target), in VXLAN \(vni), from \(local) to the group \(group)",
                filter: carried(carrier, to: group).question(for: target)
            )
            return [question, packet(carried(carrier, to: remote))]
        }
    }

    /// What a NIC shows of packets that leave by it without a tunnel: the container's own frames, or routed packets.
    private func proof(of nic: PlannedNIC, by expectation: Expectation) -> Proof? {
        guard case .reaches(let hops, _) = expectation.result else { return nil }
        if let bridge = nic.bridge {
            guard hops.isEmpty, let veth = host.veth(of: expectation, on: bridge),
                let source = host.source(of: veth, towards: expectation.address),
                let tag = host.tag(of: veth, at: nic.name)
            else { return nil }
            let vlan = tag == 0 ? nil : tag
            let echo = PacketFilter.tagged(vlan, PacketFilter.echo(from: source, to: expectation.address))
            let words = vlan.map { ", with the tag of VLAN \($0)" } ?? ""
            return Proof(
                nic: nic.name, expectation: expectation, interface: veth.interface,
                claims: [
                    (
                        "\(source) to \(expectation.address), in a frame of the container's own MAC \(veth.mac.value)\(words)",
                        "ether src \(veth.mac.value) and \(echo)"
                    )
                ])
        }
        guard hops.first?.name == host.name,
            let veth = expectation.source.container.flatMap({ host.veths(of: $0).first }),
            let own = host.source(of: veth, towards: nil, family: expectation.address.family)
        else { return nil }
        let change = expectation.translation.flatMap { $0.host == host.name ? $0 : nil }
        let source = change?.new ?? own
        return Proof(
            nic: nic.name, expectation: expectation, interface: veth.interface,
            claims: [
                (
                    "\(source) to \(expectation.address), routed: in a frame that is not of the container's MAC \(veth.mac.value)",
                    "not ether src \(veth.mac.value) and \(PacketFilter.echo(from: source, to: expectation.address))"
                )
            ])
    }
}
