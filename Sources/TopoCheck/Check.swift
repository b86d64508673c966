public import TopoDiagnostics
public import TopoModel

/// Finds what is wrong with a topology as a network.
///
/// One mistake gives one message: an address that a rule has spoken of is left out by the rules after it, so the
/// order of the rules is part of what they mean. Where something of the file could not be made out, the rules that
/// conclude from what is missing are left out. Takes time n log n in the number of interfaces.
/// - Returns: all findings, sorted by place.
public func check(_ topology: Topology) -> [Diagnostic] {
    var network = Network(topology)
    var findings = Findings()
    findUnsuitableGroups(in: network, &findings)
    if topology.isComplete {
        // Where a tunnel's ends do not meet, nothing can be concluded from what it does not join.
        if let known = findDifferingTunnelEnds(in: network, &findings) { network = Network(known) }
        if let meant = findNICsWithoutLAN(in: network, &findings) { network = Network(meant) }
        findLayer2Loops(in: network, &findings)
    }
    findAddressesOfPorts(in: network, &findings)
    findOverfullBridges(in: network, &findings)
    findUnassignableAddresses(in: network, &findings)
    findWrongPointToPointLinks(in: network, &findings)
    findDuplicateAddresses(in: network, &findings)
    if network.topology.isComplete { findAddressesOutsideSubnets(in: network, &findings) }
    let mustForward = network.topology.isComplete ? findNodesThatMustForward(in: network, &findings) : []
    findUnsuitableAnnouncements(in: network, mustForward: mustForward, &findings)
    findOverlappingSubnets(in: network, mustForward: mustForward, &findings)
    findNetworkAndBroadcastAddresses(in: network, &findings)
    findUnsuitableLANGateways(in: network, &findings)
    findDuplicateMACs(in: network, &findings)
    findImpossibleVLANs(in: network, &findings)
    findRepeatedRoutes(in: network, &findings)
    findUselessNAT(in: network, mustForward: mustForward, &findings)
    if network.topology.isComplete {
        findReplacedSubnets(in: network, mustForward: mustForward, &findings)
        findUnconnectedNextHops(in: network, &findings)
        findFilteringLANs(in: network, &findings)
        findVLANsLeadingNowhere(in: network, &findings)
        findMissingRoutes(in: network, mustForward: mustForward, &findings)
        findMeetingDefaultRoutes(in: network, mustForward: mustForward, &findings)
        findSubnetsOfLocalNetworks(in: network, mustForward: mustForward, &findings)
        findUnjoinedSubnets(in: network, mustForward: mustForward, &findings)
        findSegmentsOfSeveralSubnets(in: network, mustForward: mustForward, &findings)
        findOverlaysThatHoldTheirUnderlay(in: network, &findings)
        findUnderlaysThatDoNotCarry(in: network, mustForward: mustForward, &findings)
        findPublishedTunnelPorts(in: network, &findings)
        findBridgesWithoutAddress(in: network, &findings)
        findTunnelsTooDeep(in: network, &findings)
        findUnsuitableMTUs(in: network, &findings)
        findUnusedNames(in: network, &findings)
        findWhatDockerCannotExpress(in: network, &findings)
        findUnsuitableMacvlans(in: network, &findings)
        findUnconnectedHosts(in: network, &findings)
    }
    return findings.diagnostics.sortedByPlace()
}
