import TopoDiagnostics
import TopoModel

/// Finds tunnels whose ends do not fit each other, or that have one end only: T0402, once for two ends.
/// - Returns: true where there is an error among them, so that what the tunnels join cannot be known.
func findDifferingTunnelEnds(in network: Network, _ findings: inout Findings) -> Bool {
    let before = findings.diagnostics.count
    var ends = TunnelComparison(network)
    ends.compareLocals()
    ends.compareGRE()
    ends.compareUnicastVXLANs()
    ends.compareGroups()
    ends.addOutsideEnds()
    for finding in ends.diagnostics { findings.add(finding) }
    return findings.diagnostics[before...].contains { $0.severity == .error }
}
