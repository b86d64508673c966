import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds subnets of different segments that share addresses, where packets are routed between the segments, and
/// subnets of one segment of which one holds the other: T0302.
///
/// It is an error where a packet is lost, else a warning; nothing where LANs declare both on one segment.
/// Segments that nothing routes between may use the same subnet, as two tenants' overlays do.
/// - Parameter mustForward: indices of nodes that do not forward and must: T0501 was found for them.
func findOverlappingSubnets(in network: Network, mustForward: Set<Int>, _ findings: inout Findings) {
    let subnets = SubnetList(network, leavingOut: findings)
    var groups: [[Int]] = []
    var domains = RoutedDomains(network, mustForward: mustForward)
    for family in AddressFamily.allCases {
        var numbers: [Int: Int] = [:]
        for index in subnets.all.indices where subnets.all[index].prefix.family == family {
            let domain = domains.domain(of: subnets.all[index].segment, family)
            if let number = numbers[domain] {
                groups[number].append(index)
            } else {
                numbers[domain] = groups.count
                groups.append([index])
            }
        }
    }
    // What does not forward has one routing table all the same; and what is hidden from the first of some may not be from its own host.
    for (index, node) in network.nodes.enumerated() where node.segments.count > 1 {
        guard !node.forwards || network.natRules[index] != nil else { continue }
        groups.append(subnets.indices(of: node, in: network))
    }
    var pairs: [SubnetPair] = []
    var known: Set<SubnetPair> = []
    var hidden = HiddenSubnets(network, mustForward: mustForward)
    for group in groups {
        for pair in overlaps(in: group, of: subnets.all) where known.insert(pair).inserted {
            // Who looks for it on the wider one's segment is answered there.
            if network.isAnnounced(subnets.all[pair.inner], on: subnets.all[pair.outer].segment) { continue }
            // Both are behind NAT, as people's homes are: nobody asks one for the other.
            if hidden?.areHidden(subnets.all[pair.outer], subnets.all[pair.inner]) ?? false { continue }
            // What joins the two segments may be what could not be made out.
            if !network.topology.isComplete, subnets.all[pair.outer].prefix == subnets.all[pair.inner].prefix {
                continue
            }
            pairs.append(pair)
        }
    }
    var free = FreeSubnets(network)
    var losses = OverlapLosses(network, mustForward: mustForward)
    for (offender, others) in offences(pairs, of: subnets.all) {
        let (subnet, all) = (subnets.all[offender], others.map { subnets.all[$0] })
        let judged = losses.judge(subnet, all)
        guard judged != .isDeclared else { continue }
        let words = OverlapWords(network: network, subnet: subnet, others: all, isHarmless: judged == .isDelivered)
        findings.add(words.diagnostic(&free))
        guard judged == .isLost else { continue }
        for subnet in [offender] + others { findings.settle(segment: subnets.all[subnet].segment) }
    }
}

extension Network {
    /// Whether a subnet is a container's single address that its host announces on a segment.
    fileprivate func isAnnounced(_ subnet: SubnetList.Subnet, on segment: Int) -> Bool {
        guard subnet.isSingle, let node = subnet.node else { return false }
        return announcing(subnet.address, on: segment, to: node) != nil
    }
}

/// Two subnets that share addresses, as indices.
private struct SubnetPair: Hashable {
    /// The wider, or of two equal ones the first in the file.
    let outer: Int
    /// The one within it.
    let inner: Int
}

/// Each subnet that lies within another, with the nearest such: one sweep over the sorted subnets, with those that are
/// still open on a stack.
private func overlaps(in group: [Int], of subnets: [SubnetList.Subnet]) -> [SubnetPair] {
    var pairs: [SubnetPair] = []
    var open: [Int] = []
    let sorted = group.sorted { (subnets[$0].prefix, $0) < (subnets[$1].prefix, $1) }
    for index in sorted {
        let subnet = subnets[index]
        while let last = open.last, !subnets[last].prefix.contains(subnet.prefix) { open.removeLast() }
        guard let outer = open.last else {
            open.append(index)
            continue
        }
        // One address of its own, as /32, is a usual second address within the segment's subnet.
        let isSingle = subnet.prefix.length == subnet.prefix.family.width
        if subnets[outer].segment != subnet.segment || !isSingle {
            pairs.append(SubnetPair(outer: outer, inner: index))
        }
        if subnets[outer].prefix != subnet.prefix { open.append(index) }
    }
    return pairs
}

/// Who is to be told of each pair: of two, the later in the file; on one segment, the one with less say; a subnet that
/// holds three others or more, since it is likely the one mistake.
private func offences(_ pairs: [SubnetPair], of subnets: [SubnetList.Subnet]) -> [(offender: Int, others: [Int])] {
    var inside: [Int: Int] = [:]
    for pair in pairs where subnets[pair.outer].prefix != subnets[pair.inner].prefix {
        inside[pair.outer, default: 0] += 1
    }
    var positions: [Int: Int] = [:]
    var offences: [(offender: Int, others: [Int])] = []
    for pair in pairs {
        let (outer, inner) = (subnets[pair.outer], subnets[pair.inner])
        let outerOffends: Bool
        if outer.segment == inner.segment, outer.say != inner.say {
            outerOffends = outer.say < inner.say
        } else if outer.prefix != inner.prefix, inside[pair.outer, default: 0] >= 3 {
            outerOffends = true
        } else {
            outerOffends = outer.span > inner.span
        }
        let (offender, other) = outerOffends ? (pair.outer, pair.inner) : (pair.inner, pair.outer)
        if let position = positions[offender] {
            offences[position].others.append(other)
        } else {
            positions[offender] = offences.count
            offences.append((offender, [other]))
        }
    }
    return offences
}
