import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds tunnels whose packets go through so many others of the same host that kernels drop them: T0412, a warning where
/// older kernels carry them, else an error.
func findTunnelsTooDeep(in network: Network, _ findings: inout Findings) {
    guard network.topology.hosts.contains(where: { $0.tunnels.count > TunnelLevels.everywhere }) else { return }
    let underlay = Underlay(of: network.topology)
    // Both ends of one are one finding.
    var told: Set<Int> = []
    for host in network.topology.hosts where host.tunnels.count > TunnelLevels.everywhere {
        for tunnel in host.tunnels {
            let levels = underlay.levels(of: tunnel, on: host)
            let name = InterfaceName(host: host.name.value, interface: tunnel.name.value)
            guard levels.count > TunnelLevels.everywhere,
                network.segments.index(of: name).map({ told.insert($0).inserted }) ?? true
            else { continue }
            let others = levels.dropFirst().map { "\"\($0.name.value)\"" }.joined(separator: " in ")
            let isLost = levels.count > TunnelLevels.most
            findings.add(
                Diagnostic(
                    .tunnelsTooDeep,
                    "\(host.name.value)'s tunnel \"\(tunnel.name.value)\" is the innermost of \(levels.count) nested tunnels",
                    at: .init(tunnel.name.span, "its packets go inside \(others)"),
                    notes: [
                        isLost
                            ? "no kernel puts a packet into more than \(TunnelLevels.most) tunnels at once: nothing gets through it"
                            : "Linux 6.18 and later drop packets in more than \(TunnelLevels.everywhere) nested tunnels of one node; "
                                + "Linux 6.1 carries \(TunnelLevels.most)"
                    ],
                    help: ["let it end at an address that no tunnel leads to, such as one on a LAN"],
                    severity: isLost ? .error : .warning))
        }
    }
}
