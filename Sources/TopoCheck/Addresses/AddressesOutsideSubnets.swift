import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds addresses that are in none of the subnets of their LAN or their bridge: T0308; a warning where a neighbour on the LAN has a
/// route that finds it there.
func findAddressesOutsideSubnets(in network: Network, _ findings: inout Findings) {
    let declared = DeclaredSubnets(network)
    let crowded = findCrowdedLANs(in: network, declared, &findings)
    var bridges: [BridgeMembers] = []
    var positions: [Int: Int] = [:]
    lazy var walks = RouteWalks(network, mustForward: [])
    for (index, address) in network.addresses.enumerated() where !findings.addresses.contains(index) {
        guard !address.value.address.isIPv6LinkLocal, !crowded.contains(address.segment) else { continue }
        let lans = declared.ofLANs(on: address.segment, address.value.address.family)
        guard lans.isEmpty else {
            if !lans.contains(where: { $0.prefix.value.contains(address.value.address) }) {
                let isFound = walks.findOnLink(address, from: lans.map(\.prefix.value))
                findings.add(
                    outside(address, of: lans, isFound: isFound, in: network), about: isFound ? [] : [index])
            }
            continue
        }
        // What follows from a bridge's address that is itself wrong is not said again.
        let own = bridge(of: address, in: network)
        guard let first = own.first, !own.contains(where: { findings.addresses.contains($0) }) else { continue }
        if positions[first] == nil {
            positions[first] = bridges.count
            bridges.append(BridgeMembers(addresses: own))
        }
        guard let position = positions[first] else { continue }
        bridges[position].members.append(index)
        if !declared.ofRouters(on: address.segment).contains(address.value.address) {
            bridges[position].outside.append(index)
        }
    }
    for bridge in bridges {
        if let found = bridge.outsideForLackOfRoom(in: network) {
            findings.add(found, about: bridge.members)
        } else if let found = bridge.outsideOfAll(in: network) {
            findings.add(found, about: bridge.addresses + bridge.outside)
        } else {
            for index in bridge.outside { findings.add(bridge.outside(index, in: network), about: [index]) }
        }
    }
}

/// Finds LANs whose one subnet has too little room for the addresses on their segment: T0315.
/// - Returns: these segments.
private func findCrowdedLANs(
    in network: Network, _ declared: DeclaredSubnets, _ findings: inout Findings
) -> Set<Int> {
    var crowded: Set<Int> = []
    for segment in network.segments.all.indices {
        for family in AddressFamily.allCases {
            let lans = declared.ofLANs(on: segment, family)
            guard lans.count == 1, let lan = lans.first else { continue }
            let members = network.addresses(on: segment).filter { index in
                let address = network.addresses[index].value.address
                return address.family == family && !address.isIPv6LinkLocal && !findings.addresses.contains(index)
            }
            let small = SmallSubnet(
                prefix: lan.prefix.value, place: .init(lan.prefix.span, "LAN \"\(lan.lan)\" is \(lan.prefix.value)"),
                members: members)
            guard let found = small.diagnostic(in: network) else { continue }
            findings.add(found, about: members)
            crowded.insert(segment)
        }
    }
    return crowded
}

/// The indices of the addresses, of the same family, that the host has on a container's bridge, in the same VLAN.
private func bridge(of address: Network.AssignedAddress, in network: Network) -> [Int] {
    guard let container = network.nodes[address.node].container, address.member.kind == .container else { return [] }
    let interface = container.interfaces.first { $0.name.value == address.member.interface.interface }
    guard case .bridge(let bridge) = interface?.attachment else { return [] }
    let host = network.nodes[address.node].host
    let own = [bridge.value] + host.vlans.filter { $0.link.value == bridge.value }.map(\.name.value)
    return own.flatMap { network.addresses(of: .init(host: host.name.value, interface: $0)) }.filter {
        let other = network.addresses[$0]
        return other.segment == address.segment && other.value.address.family == address.value.address.family
    }
}

extension RouteWalks {
    /// Whether some other node that is in one of a LAN's subnets sends packets for an address out there, to whom has it.
    fileprivate mutating func findOnLink(_ address: Network.AssignedAddress, from subnets: [Prefix]) -> Bool {
        let all = network.addresses(on: address.segment).map { network.addresses[$0] }
        let others = Set(
            all.filter { other in subnets.contains { $0.contains(other.value.address) } }.map(\.node))
        return others.subtracting([address.node]).sorted().contains { node in
            let way = way(from: node, to: address)
            return way.ending == .delivered && way.hops.first?.leavingBy == address.segment && way.hops.count == 1
        }
    }
}

private func outside(
    _ address: Network.AssignedAddress, of lans: [DeclaredSubnets.LANSubnet], isFound: Bool, in network: Network
) -> Diagnostic {
    let title = network.interface(of: address)
    let subnets = lans.map { "\($0.prefix.value)" }.joined(separator: " and ")
    return Diagnostic(
        .addressOutsideSubnet, "\"\(address.value)\" is not in LAN \"\(lans[0].lan)\"'s subnet \(subnets)",
        at: .init(address.span, "\(title) is on LAN \"\(lans[0].lan)\""),
        and: lans.map { .init($0.prefix.span, "LAN \"\($0.lan)\" is \($0.prefix.value)") },
        notes: [
            isFound
                ? "only those on the LAN find it who have a route to it by their interface there"
                : "the others on the LAN look for it elsewhere, and never send ARP requests for it on the LAN"
        ],
        help: [
            "give \(title) an address of \(subnets), or add its subnet to the LAN"
                + (isFound ? ", if you mean this" : "")
        ], severity: isFound ? .warning : .error)
}
