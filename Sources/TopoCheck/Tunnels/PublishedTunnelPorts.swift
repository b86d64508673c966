import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds published UDP ports that a VXLAN of the same host gets its packets by: T0512.
///
/// Packets get another destination at the hook `prerouting`, before the kernel looks who on the host takes them.
func findPublishedTunnelPorts(in network: Network, _ findings: inout Findings) {
    lazy var underlay = Underlay(of: network.topology)
    for host in network.topology.hosts where !host.publish.isEmpty {
        let published = NAT(of: host).ports.filter { $0.transport == .udp }
        guard !published.isEmpty else { continue }
        for tunnel in host.tunnels {
            guard case .vxlan(_, _, let port) = tunnel.kind,
                let own = underlay.addresses(of: tunnel, on: host).local
                    ?? underlay.sourceInGroup(of: tunnel, on: host),
                let taken = published.first(where: {
                    $0.port == port?.value ?? Tunnel.vxlanPort && $0.own.contains(own)
                })
            else { continue }
            findings.add(
                Diagnostic(
                    .portPublishedTwice,
                    "\(host.name.value) publishes UDP port \(taken.port) of \"\(taken.in)\", by which its tunnel "
                        + "\"\(tunnel.name.value)\" gets its packets",
                    at: .init(taken.origin, "all of them go to \(taken.target)"),
                    and: [.init(tunnel.name.span, "its packets are for \(own), UDP port \(taken.port)")],
                    notes: ["packets get another destination before the tunnel sees them: it receives nothing"],
                    help: ["publish another port, or give the VXLAN one at all its ends: \"port: 8472\""]))
        }
    }
}
