public import TopoDiagnostics
public import TopoModel

/// Finds what is wrong with a topology as a network.
///
/// One mistake gives one message: an address that a rule has spoken of is left out by the rules after it, so the
/// order of the rules is part of what they mean. Where something of the file could not be made out, the rules that
/// conclude from what is missing are left out. Takes time n log n in the number of interfaces.
/// - Returns: all findings, sorted by place.
public func check(_ topology: Topology) -> [Diagnostic] {
    let network = Network(topology)
    var findings = Findings()
    findUnassignableAddresses(in: network, &findings)
    findWrongPointToPointLinks(in: network, &findings)
    findDuplicateAddresses(in: network, &findings)
    if topology.isComplete { findAddressesOutsideSubnets(in: network, &findings) }
    let mustForward = topology.isComplete ? findNodesThatMustForward(in: network, &findings) : []
    findOverlappingSubnets(in: network, mustForward: mustForward, &findings)
    findNetworkAndBroadcastAddresses(in: network, &findings)
    findDuplicateMACs(in: network, &findings)
    if topology.isComplete {
        findUnconnectedNextHops(in: network, &findings)
        findUnusedNames(in: network, &findings)
    }
    return findings.diagnostics.sortedByPlace()
}
