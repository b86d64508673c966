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
            compare(groups[pair.one], groups[pair.other])
        }
        asymmetric?.compareAll(but: lost)
    }

    private mutating func compare(_ one: EndGroup, _ other: EndGroup) {
        let way = walks.way(from: one.node, to: other.address)
        let wayBack = walks.way(from: other.node, to: one.address)
        switch (way.ending, wayBack.ending) {
        case (.loop(let nodes), _): addLoop(nodes, from: one, to: other)
        case (_, .loop(let nodes)): addLoop(nodes, from: other, to: one)
        case (.delivered, .noRoute(let node)):
            guard !answers(other, to: one, by: way.hops), sends(one, to: other) else { return }
            add(node, from: other, to: one, isOneWay: true, with: nil)
        case (.noRoute(let node), .delivered):
            guard !answers(one, to: other, by: wayBack.hops), sends(other, to: one) else { return }
            add(node, from: one, to: other, isOneWay: true, with: nil)
        case (.unanswered(let node), let back):
            addUnanswered(at: node, from: one, to: other, reached: back == .delivered)
        case (let there, .unanswered(let node)):
            addUnanswered(at: node, from: other, to: one, reached: there == .delivered)
        case (.noRoute(let first), .noRoute(let second)):
            let (near, far) = (one.address.value.address, other.address.value.address)
            guard mayBeMeantToRoute(first, second), !network.hides(first, near, from: far),
                !network.hides(second, far, from: near)
            else { return }
            add(first, from: one, to: other, isOneWay: false, with: second)
        case (.delivered, _), (.noRoute, _), (.blocked, _), (.unknown, _): break
        }
    }

    /// Follows the answers to packets that get another source on their way: they are for whoever gives it, who turns them back.
    /// - Parameter hops: the way of the packets.
    /// - Returns: false where none of the nodes there gives them another source.
    private mutating func answers(_ target: EndGroup, to source: EndGroup, by hops: [RouteWalks.Hop]) -> Bool {
        var known = source.address.value.address
        var givers: [EndGroup] = []
        for hop in hops {
            guard let found = network.translation(of: known, to: target.address.value.address, at: hop) else {
                continue
            }
            let address = network.addresses[found.given]
            known = address.value.address
            givers.append(EndGroup(node: address.node, address: address, staysAlone: false, isOneOfSeveral: true))
        }
        var sender = target
        for goal in givers.reversed() + [source] where !givers.isEmpty {
            let hidden = goal.node == source.node ? nil : source
            switch walks.way(from: sender.node, to: goal.address).ending {
            case .delivered: sender = goal
            case .noRoute(let node): add(node, from: sender, to: goal, isOneWay: true, with: nil, for: hidden)
            case .loop(let nodes): addLoop(nodes, from: sender, to: goal)
            case .unanswered(let node): addUnanswered(at: node, from: sender, to: goal, reached: true)
            case .blocked, .unknown: break
            }
            guard sender.node == goal.node else { break }
        }
        return !givers.isEmpty
    }

    /// Whether packets of one group to another come from its address.
    private mutating func sends(_ source: EndGroup, to target: EndGroup) -> Bool {
        guard source.isOneOfSeveral else { return true }
        return walks.source(from: source.node, to: target.address.value.address) == source.address.value.address
    }

    private mutating func addUnanswered(at node: Int, from source: EndGroup, to target: EndGroup, reached: Bool) {
        let route = walks.table(of: node).route(to: target.address.value.address)
        guard let span = route?.origin, unanswered.insert(span).inserted else { return }
        let lost = UnansweredRoute(node: node, route: span, from: source, to: target, isAnswer: reached)
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

    private mutating func add(
        _ node: Int, from: EndGroup, to: EndGroup, isOneWay: Bool, with second: Int?, for hidden: EndGroup? = nil
    ) {
        if node == from.node {
            // Who says that it wants no gateway is heard; of a link with nobody else on it, it is likely a slip.
            let isLink = from.address.member.kind == .pointToPointContainer
            if from.staysAlone, !isLink || !isOneWay { return }
            if isRouterBlamed(on: from.address.segment) { return }
        }
        if let place = placeOfMissing[node] {
            if isOneWay, !missing[place].isOneWay {
                missing[place] = MissingRoute(
                    node: node, from: from, to: to, isOneWay: true, other: nil, hidden: hidden)
            } else {
                missing[place].more += 1
            }
            return
        }
        if let second, let place = placeOfMissing[second], !missing[place].isOneWay { return }
        placeOfMissing[node] = missing.count
        missing.append(
            MissingRoute(node: node, from: from, to: to, isOneWay: isOneWay, other: second, hidden: hidden))
    }

    /// Whether T0501 was found for a node of a segment: the gateways there follow from what it should do.
    private func isRouterBlamed(on segment: Int) -> Bool {
        network.addresses(on: segment).contains { mustForward.contains(network.addresses[$0].node) }
    }

    private mutating func addLoop(_ nodes: [Int], from one: EndGroup, to other: EndGroup) {
        guard knownLoops.insert(nodes).inserted else { return }
        loops.append(RoutingLoop(nodes: nodes, from: one, to: other))
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
