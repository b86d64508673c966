import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds overlays whose subnet holds an address of their own underlay: T0314, a warning, once an overlay.
func findOverlaysThatHoldTheirUnderlay(in network: Network, _ findings: inout Findings) {
    let underlay = Underlay(of: network.topology)
    let spoken = findings.segments(in: network)
    var firsts: [Findings.SubnetPlace: Network.AssignedAddress] = [:]
    var lengths: [Int: Set<Int>] = [:]
    for address in network.addresses where address.value.length < address.value.address.family.width {
        if firsts[address.subnet] == nil { firsts[address.subnet] = address }
        lengths[address.segment, default: []].insert(address.value.length)
    }
    var known: Set<Int> = []
    for host in network.topology.hosts {
        for tunnel in host.tunnels {
            let name = InterfaceName(host: host.name.value, interface: tunnel.name.value)
            guard let overlay = network.segments.index(of: name), !spoken.contains(overlay) else { continue }
            guard let local = end(of: tunnel, on: host, underlay), let place = underlay.owner(of: local) else {
                continue
            }
            let under = network.segments.index(of: .init(host: place.host, interface: place.interface))
            guard under != overlay, !known.contains(overlay) else { continue }
            let around = (lengths[overlay] ?? []).sorted().lazy.filter { $0 <= local.family.width }.compactMap {
                firsts[.init(prefix: Prefix(containing: local, length: $0), segment: overlay)]
            }.first
            guard let around else { continue }
            known.insert(overlay)
            findings.add(words(around, local, tunnel, host, in: network))
        }
    }
}

/// This end's underlay address: for a group, that of its device.
private func end(of tunnel: Tunnel, on host: Host, _ underlay: Underlay) -> IPAddress? {
    underlay.addresses(of: tunnel, on: host).local
        ?? Underlay.places(of: host).first { $0.interface == tunnel.dev?.value }?.address.address
}

private func words(
    _ around: Network.AssignedAddress, _ local: IPAddress, _ tunnel: Tunnel, _ host: Host, in network: Network
) -> Diagnostic {
    let title = "\(host.name.value)'s tunnel \"\(tunnel.name.value)\""
    var free = FreeSubnets(network)
    let proposal = free.take(like: around.value.prefix).map { ", for example \($0)" } ?? ""
    return Diagnostic(
        .overlayHoldsUnderlay,
        "the overlay's subnet \"\(around.value.prefix)\" contains \(local), an address of its own underlay",
        at: .init(around.span, "\(network.interface(of: around)) is on the overlay"),
        and: [.init(tunnel.name.span, "\(title) sends from \(local)")],
        notes: [
            "this works until a host has an address on the overlay: then the tunnel's own packets go into the tunnel",
            "tcpdump does not show which of the two networks an address belongs to",
        ],
        help: ["give the overlay a subnet of its own\(proposal)"])
}
