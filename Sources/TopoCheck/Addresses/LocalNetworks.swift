import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds subnets that overlap with a network which a host has by itself: T0311, a warning.
func findSubnetsOfLocalNetworks(in network: Network, mustForward: Set<Int>, _ findings: inout Findings) {
    var domains = RoutedDomains(network, mustForward: mustForward)
    var free = FreeSubnets(network)
    var known: Set<Prefix> = []
    for local in LocalNetwork.allCases {
        var reached: Set<Int> = []
        for host in network.topology.hosts where local.isOn(host, of: network.topology) {
            guard let node = network.node(host: host.name.value, container: nil) else { continue }
            reached.formUnion(
                network.nodes[node].addresses.map { domains.domain(of: network.addresses[$0].segment, .ipv4) })
        }
        guard !reached.isEmpty else { continue }
        for (index, address) in network.addresses.enumerated() where !findings.addresses.contains(index) {
            let prefix = address.value.prefix
            guard prefix.overlaps(local.prefix), reached.contains(domains.domain(of: address.segment, .ipv4)),
                known.insert(prefix).inserted
            else { continue }
            let proposal = free.take(like: prefix).map { ", for example \($0)" } ?? ""
            findings.add(
                Diagnostic(
                    .localNetwork, "\"\(prefix)\" overlaps with \(local.prefix), \(local.title)",
                    at: .init(address.span, "\(network.interface(of: address)) is in it"), notes: [local.consequence],
                    help: ["use another subnet\(proposal)"]))
        }
    }
}

/// Networks that hosts have without a word in the topology.
private enum LocalNetwork: CaseIterable {
    /// docker0, which Docker's daemon makes where it is not told otherwise.
    case docker
    /// The NAT network that a VM's first adapter is in where it is not told otherwise.
    case virtualBoxNAT

    /// Its subnet.
    var prefix: Prefix {
        switch self {
        case .docker: Prefix(containing: .v4(IPv4Address(bits: 0xAC11_0000)), length: 16)
        case .virtualBoxNAT: Prefix(containing: .v4(IPv4Address(bits: 0x0A00_0200)), length: 24)
        }
    }

    /// What it is.
    var title: String {
        switch self {
        case .docker: "which Docker uses for docker0"
        case .virtualBoxNAT: "the NAT network of VirtualBox's VMs"
        }
    }

    /// What would become of packets.
    var consequence: String {
        switch self {
        case .docker:
            "a host with Docker sends packets for it to docker0, and changes the source address of packets from it"
        case .virtualBoxNAT:
            "a VM reaches the Internet through it, as 10.0.2.15: it would look for these addresses there"
        }
    }

    /// Whether a host has it.
    func isOn(_ host: Host, of topology: Topology) -> Bool {
        switch self {
        case .docker: return host.containers.contains { $0.runtime == .docker }
        case .virtualBoxNAT:
            let lans = Set(topology.lans.filter { $0.virtualBoxNetwork != nil }.map(\.name.value))
            return host.nics.contains { $0.lan.map { lans.contains($0.value) } ?? false }
        }
    }
}
