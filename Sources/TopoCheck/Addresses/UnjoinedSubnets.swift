import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds subnets that are on segments of different hosts which nothing joins: T0312, a warning, once a subnet.
///
/// Segments that share a host, or an address, are networks kept apart, as two tenants' are. What a NIC without a LAN, a LAN with
/// one host or a tunnel in no bridge leaves apart is said of these.
func findUnjoinedSubnets(in network: Network, mustForward: Set<Int>, _ findings: inout Findings) {
    var domains = RoutedDomains(network, mustForward: mustForward)
    let excluded = findings.segments(in: network).union(segmentsLeftApart(in: network))
    var uses: [SubnetUse] = []
    var places: [Findings.SubnetPlace: Int] = [:]
    var byPrefix: [Prefix: [Int]] = [:]
    for address in network.addresses where address.isOfABridge && !excluded.contains(address.segment) {
        if let place = places[address.subnet] {
            uses[place].add(address)
        } else {
            places[address.subnet] = uses.count
            byPrefix[address.value.prefix, default: []].append(uses.count)
            uses.append(SubnetUse(address))
        }
    }
    for (number, use) in uses.enumerated() {
        guard let all = byPrefix[use.first.value.prefix], all.count > 1, all.first == number else { continue }
        let family = use.first.value.address.family
        let domain = domains.domain(of: use.first.segment, family)
        let others = all.dropFirst().map { uses[$0] }.filter {
            $0.isApart(from: use) && domains.domain(of: $0.first.segment, family) != domain
        }
        if let other = others.first { findings.add(unjoined(other, use, others.count, in: network)) }
    }
}

/// A subnet on a segment, and who has it there.
private struct SubnetUse {
    let first: Network.AssignedAddress
    private var hosts: Set<String>
    private var addresses: Set<IPAddress>

    init(_ address: Network.AssignedAddress) {
        first = address
        hosts = [address.member.interface.host]
        addresses = [address.value.address]
    }

    mutating func add(_ address: Network.AssignedAddress) {
        hosts.insert(address.member.interface.host)
        addresses.insert(address.value.address)
    }

    /// Whether two uses look like parts of one segment: of different hosts, without an address twice.
    func isApart(from other: SubnetUse) -> Bool {
        hosts.isDisjoint(with: other.hosts) && addresses.isDisjoint(with: other.addresses)
    }
}

/// Segments with a NIC that is not connected or whose LAN has one host, and those of hosts with a tunnel in no bridge.
private func segmentsLeftApart(in network: Network) -> Set<Int> {
    var hostsOfLAN: [String: Set<String>] = [:]
    for host in network.topology.hosts {
        for nic in host.nics {
            if let lan = nic.lan { hostsOfLAN[lan.value, default: []].insert(host.name.value) }
        }
    }
    var apart: Set<Int> = []
    for host in network.topology.hosts {
        let ports = Set(host.bridges.flatMap { $0.ports.map(\.value) })
        for nic in host.nics {
            let isPlugged = nic.lan.map { hostsOfLAN[$0.value, default: []].count > 1 } ?? false
            let name = InterfaceName(host: host.name.value, interface: nic.name.value)
            if !isPlugged, let segment = network.segments.index(of: name) { apart.insert(segment) }
        }
        guard host.tunnels.contains(where: { !ports.contains($0.name.value) }) else { continue }
        apart.formUnion(
            host.bridges.compactMap {
                network.segments.index(of: .init(host: host.name.value, interface: $0.name.value))
            })
    }
    return apart
}

private func unjoined(_ use: SubnetUse, _ other: SubnetUse, _ count: Int, in network: Network) -> Diagnostic {
    let (title, otherTitle) = (network.interface(of: use.first), network.interface(of: other.first))
    return Diagnostic(
        .subnetNotJoined, "\"\(use.first.value.prefix)\" is on \(count + 1) segments that nothing connects",
        at: .init(use.first.span, "\(title) has it"), and: [.init(other.first.span, "\(otherTitle) has it, elsewhere")],
        notes: [
            "each takes the others for neighbours and sends ARP requests for them on its own bridge, where they are not"
        ],
        help: [
            "connect the bridges: add a NIC on the same LAN, or a tunnel, to the \"ports\" of each",
            "or give one of them a subnet of its own, and routes between the two",
        ])
}

extension Network.AssignedAddress {
    /// Whether it is one of several on a bridge or a LAN.
    fileprivate var isOfABridge: Bool {
        switch member.kind {
        case .nic, .bridge, .tunnel, .vlan, .container:
            !value.address.isIPv6LinkLocal && value.length < value.address.family.width
        case .pointToPointContainer, .pointToPointHost, .loopback: false
        }
    }
}
