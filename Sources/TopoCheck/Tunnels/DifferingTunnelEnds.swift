import TopoDiagnostics
import TopoModel

/// Finds tunnels that a host's kernel cannot tell apart (T0404), and those whose ends do not fit each other, or that have
/// one end only: T0402, once for two ends.
/// - Returns: what can be known for sure of the topology, for the rules that follow; nil for all of it. Where a tunnel does
///   not fit, what it joins is not known; one that the kernel would refuse joins nothing.
func findDifferingTunnelEnds(in network: Network, _ findings: inout Findings) -> Topology? {
    var ends = TunnelComparison(network)
    ends.compareTunnelsOfSameHosts()
    ends.compareLocals()
    ends.compareGRE()
    ends.compareUnicastVXLANs()
    ends.compareGroups()
    ends.addOutsideEnds()
    for finding in ends.diagnostics { findings.add(finding) }
    guard ends.diagnostics.hasErrors else { return nil }
    return network.topology.withoutConclusions(leavingOut: ends.doubled)
}

extension Topology {
    /// The same without some tunnels, by their numbers in the order of the file, and as if something of the file could not
    /// be made out.
    fileprivate func withoutConclusions(leavingOut tunnels: Set<Int>) -> Topology {
        var number = 0
        let hosts = hosts.map { host in
            let kept = host.tunnels.filter { _ in
                number += 1
                return !tunnels.contains(number - 1)
            }
            return host.with(tunnels: kept)
        }
        return with(hosts: hosts, isComplete: false)
    }
}
