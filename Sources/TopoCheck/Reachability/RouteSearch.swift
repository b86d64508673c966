import TopoDiagnostics
import TopoModel
import TopoNetwork

/// The ways between the groups of one part of the network.
struct RouteSearch {
    /// Two groups, the first in the file before the other.
    struct Pair: Hashable {
        let one: Int
        let other: Int

        init(_ one: Int, _ other: Int) { (self.one, self.other) = (min(one, other), max(one, other)) }
    }

    var walks: RouteWalks
    let groups: [EndGroup]
    let mustForward: Set<Int>
    private var missing: [MissingRoute] = []
    private var misleading: [Diagnostic] = []
    private var unanswered: Set<Span> = []
    private var placeOfMissing: [Int: Int] = [:]
    private var loops: [RoutingLoop] = []
    private var knownLoops: Set<[Int]> = []
    private var asymmetric: AsymmetricRoutes?
    private var network: Network { walks.network }

    /// - Parameter asymmetric: compares ways, where there can be two.
    init(_ walks: RouteWalks, _ groups: [EndGroup], _ asymmetric: AsymmetricRoutes?, mustForward: Set<Int>) {
        self.mustForward = mustForward
        self.walks = walks
        self.groups = groups
        self.asymmetric = asymmetric
    }

    /// Finds from the side of each group who reaches it, then compares the way there with the way back.
    ///
    /// Asks each node once for its next hop to each group. Time for pairs is only spent on those of which one does not
    /// reach the other.
    /// - Parameter ways: is used for the groups, whatever it was used for before.
    mutating func compareAll(_ ways: inout WaysToGroup, unless keepApart: (Int, Int) -> Bool) {
        var lost: Set<Pair> = []
        ways.begin(groups)
        for target in groups.indices {
            for source in ways.follow(to: target, routers: asymmetric?.routers ?? [], &walks) {
                lost.insert(Pair(source, target))
            }
            asymmetric?.note(ways)
        }
        for pair in lost.sorted(by: { ($0.one, $0.other) < ($1.one, $1.other) }) where !keepApart(pair.one, pair.other)
        {
            let (one, other) = (groups[pair.one], groups[pair.other])
            compare(
                pair.one, pair.other, walks.way(from: one.node, to: other.address),
                walks.way(from: other.node, to: one.address))
        }
        asymmetric?.compareAll(but: lost)
    }

    private mutating func compare(_ one: Int, _ other: Int, _ way: RouteWalks.Way, _ wayBack: RouteWalks.Way) {
        let (there, back) = (way.ending, wayBack.ending)
        switch (there, back) {
        case (.loop(let nodes), _): addLoop(nodes, from: one, to: other)
        case (_, .loop(let nodes)): addLoop(nodes, from: other, to: one)
        case (.delivered, .noRoute) where isTranslated(one, to: other, by: way.hops),
            (.noRoute, .delivered) where isTranslated(other, to: one, by: wayBack.hops):
            break
        case (.delivered, .noRoute(let node)) where sends(one, to: other):
            add(node, from: other, to: one, isOneWay: true, with: nil)
        case (.noRoute(let node), .delivered) where sends(other, to: one):
            add(node, from: one, to: other, isOneWay: true, with: nil)
        case (.unanswered(let node), _): addUnanswered(at: node, from: one, to: other, reached: back == .delivered)
        case (_, .unanswered(let node)): addUnanswered(at: node, from: other, to: one, reached: there == .delivered)
        case (.noRoute(let first), .noRoute(let second)):
            guard mayBeMeantToRoute(first, second), !hides(first, one, from: other), !hides(second, other, from: one)
            else { return }
            add(first, from: one, to: other, isOneWay: false, with: second)
        case (.delivered, _), (.noRoute, _), (.blocked, _), (.unknown, _): break
        }
    }

    /// Whether packets of one group to another get another source on their way: the answers are for who gives it, and who turns it
    /// back.
    private func isTranslated(_ source: Int, to target: Int, by hops: [RouteWalks.Hop]) -> Bool {
        hops.contains { hides($0.node, source, from: target, leavingBy: $0.leavingBy) }
    }

    /// Whether a node gives packets of a group to another a source of its own, as they leave by a segment, or by any.
    private func hides(_ node: Int, _ source: Int, from target: Int, leavingBy segment: Int? = nil) -> Bool {
        guard let rules = network.natRules[node] else { return false }
        let host = network.nodes[node].host.name.value
        let (from, to) = (groups[source].address.value.address, groups[target].address.value.address)
        return rules.contains { rule in
            let out = InterfaceName(host: host, interface: rule.out)
            let isThere = network.segments.number(of: out).map { network.segments.segment(of: $0) } == segment
            return (segment == nil || isThere) && rule.applies(from: from, to: to)
        }
    }

    /// Whether packets of one group to another come from its address.
    private mutating func sends(_ source: Int, to target: Int) -> Bool {
        let group = groups[source]
        guard group.isOneOfSeveral else { return true }
        return walks.source(from: group.node, to: groups[target].address.value.address) == group.address.value.address
    }

    private mutating func addUnanswered(at node: Int, from source: Int, to target: Int, reached: Bool) {
        let route = walks.table(of: node).route(to: groups[target].address.value.address)
        guard let span = route?.origin, unanswered.insert(span).inserted else { return }
        let lost = UnansweredRoute(
            node: node, route: span, from: groups[source], to: groups[target], isAnswer: reached)
        misleading.append(lost.diagnostic(in: network))
    }

    /// Whether two nodes that have no routes to what is behind the other look as if they should: both forward, are
    /// neighbours, and are not merely the ends of a tunnel.
    private func mayBeMeantToRoute(_ one: Int, _ other: Int) -> Bool {
        guard one != other, walks.forwarding.contains(one), walks.forwarding.contains(other) else { return false }
        let (first, second) = (network.nodes[one], network.nodes[other])
        guard first.host.tunnels.isEmpty, second.host.tunnels.isEmpty else { return false }
        return !Set(first.segments).isDisjoint(with: second.segments)
    }

    private mutating func add(_ node: Int, from one: Int, to other: Int, isOneWay: Bool, with second: Int?) {
        let (from, to) = (groups[one], groups[other])
        if node == from.node {
            // Who says that it wants no gateway is heard; of a link with nobody else on it, it is likely a slip.
            let isLink = from.address.member.kind == .pointToPointContainer
            if from.staysAlone, !isLink || !isOneWay { return }
            if isRouterBlamed(on: from.address.segment) { return }
        }
        if let place = placeOfMissing[node] {
            if isOneWay, !missing[place].isOneWay {
                missing[place] = MissingRoute(node: node, from: from, to: to, isOneWay: true, other: nil)
            } else {
                missing[place].more += 1
            }
            return
        }
        if let second, let place = placeOfMissing[second], !missing[place].isOneWay { return }
        placeOfMissing[node] = missing.count
        missing.append(MissingRoute(node: node, from: from, to: to, isOneWay: isOneWay, other: second))
    }

    /// Whether T0501 was found for a node of a segment: the gateways there follow from what it should do.
    private func isRouterBlamed(on segment: Int) -> Bool {
        network.addresses(on: segment).contains { mustForward.contains(network.addresses[$0].node) }
    }

    private mutating func addLoop(_ nodes: [Int], from one: Int, to other: Int) {
        guard knownLoops.insert(nodes).inserted else { return }
        loops.append(RoutingLoop(nodes: nodes, from: groups[one], to: groups[other]))
    }

    /// Adds the messages.
    mutating func report(_ findings: inout Findings) {
        for way in asymmetric?.diagnostics ?? [] { findings.add(way) }
        for finding in misleading { findings.add(finding) }
        for route in missing { findings.add(route.diagnostic(in: network, &walks)) }
        for loop in loops {
            findings.add(loop.diagnostic(in: network, &walks))
            findings.settle(loop: loop.nodes)
        }
    }
}
