import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds LANs with a NIC of one host alone: T0408, a warning.
///
/// A LAN that has a gateway outside the topology, or by which that host sends to a router there, or has a tunnel to somebody
/// there, is left alone.
func findUnconnectedHosts(in network: Network, _ findings: inout Findings) {
    var plugs: [String: [(host: Host, nic: NIC)]] = [:]
    for host in network.topology.hosts {
        for nic in host.nics {
            if let lan = nic.lan { plugs[lan.value, default: []].append((host, nic)) }
        }
    }
    for lan in network.topology.lans {
        guard let all = plugs[lan.name.value], let first = all.first, let place = first.nic.lan else { continue }
        guard all.allSatisfy({ $0.host.name == first.host.name }), !leadsOut(lan, of: first.host, in: network) else {
            continue
        }
        findings.add(
            Diagnostic(
                .loneHost, "LAN \"\(lan.name.value)\" connects only one host",
                at: .init(lan.name.span, "connects nobody to \(first.host.name.value)"),
                and: [.init(place.span, "the only host on it")],
                notes: ["packets sent there reach nobody in the topology"],
                help: ["write \"lan: \(lan.name.value)\" at a NIC of another host, or leave the LAN out"]))
    }
}

/// Whether something of the LAN's segment sends to a next hop there that nobody in the topology has, or the LAN's host has a
/// tunnel whose far end is nobody's.
private func leadsOut(_ lan: LAN, of host: Host, in network: Network) -> Bool {
    if host.tunnels.contains(where: { $0.farEnds.contains { $0.host == nil } }) { return true }
    guard let segment = network.segments.index(ofLAN: lan.name.value) else { return false }
    if !network.segments.foreignGateways(ofLAN: lan.name.value).isEmpty { return true }
    return network.nodesOn(segment).contains { index in
        let node = network.nodes[index]
        let own = node.addresses.map { network.addresses[$0] }.filter { $0.segment == segment }
        return node.writtenNextHops.contains { hop in
            own.contains { $0.value.prefix.contains(hop) } && network.index(of: hop, on: segment) == nil
        }
    }
}

extension Network {
    /// The indices of the nodes with an address on a segment, in order.
    fileprivate func nodesOn(_ segment: Int) -> [Int] {
        var seen: Set<Int> = []
        return addresses(on: segment).map { addresses[$0].node }.filter { seen.insert($0).inserted }
    }
}

extension Network.Node {
    /// The addresses that its routes and gateways name.
    fileprivate var writtenNextHops: [IPAddress] {
        var hops: [IPAddress] = []
        for route in container?.routes ?? host.routes { hops += route.nextHops.map(\.address) }
        return hops + writtenGateways.map(\.address)
    }
}
