import TopoDiagnostics
import TopoModel
import TopoNetwork
import TopoPlan

extension Walker {
    /// Asks on an interface's segment for an address.
    ///
    /// ARP (RFC 826) as Linux does it: a node answers for any address of its own, on whichever interface the question
    /// comes in (`arp_ignore` 0), also one that has no address. IPv6's neighbour discovery (RFC 4861) answers for the
    /// addresses of that interface only.
    mutating func neighbour(on interface: Int, having address: IPAddress) -> NeighbourResult {
        let domain = network.domains.domain(ofInterface: interface)
        let name = network.interfaces[interface].name
        if network.domains.hasLoop(domain) {
            return .stopped(.layer2Loop(interface: name), network.interfaces[interface].origin)
        }
        var failure: NeighbourResult?
        for owner in nearest(network.owners[address] ?? [], to: network.interfaces[interface].node) {
            for candidate in answering(owner, address, in: domain) {
                if let bridge = macvlan(between: interface, candidate) {
                    failure = failure ?? .stopped(.macvlanParent(network.nodes[bridge.node].name), bridge.origin)
                    continue
                }
                switch link(from: interface, to: candidate) {
                case .found(let link): return .found(candidate, link)
                case .stopped(.noLayer2Path, let origin):
                    failure = failure ?? .stopped(.noLayer2Path(address, interface: name), origin)
                case .stopped(let reason, let origin): failure = failure ?? .stopped(reason, origin)
                }
            }
        }
        for candidate in announcers(of: address, to: interface, in: domain) {
            switch link(from: interface, to: candidate) {
            case .found(let link): return .found(candidate, link)
            case .stopped(let reason, let origin): failure = failure ?? .stopped(reason, origin)
            }
        }
        return failure ?? .stopped(.neighbourUnanswered(address, interface: name), nil)
    }

    /// The interfaces by which hosts answer on a segment for an address of a container of theirs: where they forward, and would send
    /// packets for it on by another interface (`arp_process`, `ndisc_recv_ns`).
    private func announcers(of address: IPAddress, to interface: Int, in domain: Int) -> [Int] {
        (network.announcers[address] ?? []).filter { candidate in
            let number = network.interfaces[candidate].node
            let node = network.nodes[number]
            guard number != network.interfaces[interface].node, network.interfaces[candidate].master == nil,
                network.domains.domain(ofInterface: candidate) == domain, node.forwards.contains(address.family),
                let way = node.routes.route(to: address)?.interface
            else { return false }
            return address.family == .ipv6 || way.index != candidate
        }
    }

    /// Who else has an address, those on the asker's own host first: of two that answer the nearer is heard, and ARP keeps the
    /// first answer for a second (`locktime` in arp(7)).
    private func nearest(_ owners: [Network.Owner], to node: Int) -> [Network.Owner] {
        let others = owners.filter { $0.node != node }
        guard others.count > 1 else { return others }
        let host = network.nodes[node].name.host
        func isNear(_ owner: Network.Owner) -> Bool { network.nodes[owner.node].name.host == host }
        return others.filter(isNear) + others.filter { !isNear($0) }
    }

    /// The bridge that stands for a NIC with macvlan interfaces, where one of two interfaces is the host's own on it and the
    /// other a container's: the kernel sends frames of either out by the NIC, and never from one to the other.
    private func macvlan(between one: Int, _ other: Int) -> NetworkInterface? {
        for (host, container) in [(one, other), (other, one)] where network.interfaces[host].isMacvlan {
            guard case .veth(let peer) = network.interfaces[container].wire else { continue }
            if network.interfaces[peer].master == host { return network.interfaces[host] }
        }
        return nil
    }

    private func answering(_ owner: Network.Owner, _ address: IPAddress, in domain: Int) -> [Int] {
        let all = network.attachments[.init(node: owner.node, domain: domain)] ?? []
        switch address.family {
        case .ipv4: return all.filter { $0 == owner.interface } + all.filter { $0 != owner.interface }
        case .ipv6: return all.filter { $0 == owner.interface }
        }
    }
}
