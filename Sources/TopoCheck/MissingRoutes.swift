import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds routers and containers that lack a route on the way between containers, there or back (T0503), routers that hand
/// packets round (T0504), and routers where the way there and the way back part (T0507).
///
/// What a `no-ping` check keeps apart is left alone, and what something wrong is known of already.
func findMissingRoutes(in network: Network, mustForward: Set<Int>, _ findings: inout Findings) {
    var domains = RoutedDomains(network, mustForward: mustForward)
    let spoken = Set(findings.segments(in: network).map { domains.domain(of: $0) })
    let separations = Separations(network)
    for family in AddressFamily.allCases {
        var walks = RouteWalks(network, mustForward: mustForward)
        let groups = EndGroups(
            family, in: network, forwarding: walks.forwarding, domains: &domains, leavingOut: spoken)
        for (part, all) in groups.parts.enumerated() where all.count > 1 {
            var search = RouteSearch(network: network, walks: walks, groups: all, mustForward: mustForward)
            search.compareAll { one, other in separations.keepApart((part, one), (part, other), groups) }
            search.report(&findings)
            walks = search.walks
        }
    }
}

/// The pairs of containers that checks keep apart.
private struct Separations {
    private let pairs: [(Int, Int)]

    init(_ network: Network) {
        pairs = network.topology.checks.compactMap { check in
            switch check.kind {
            case .ping, .trace, .mtu, .encapsulated: nil
            case .noPing(let from, let to):
                network.node(host: from.host, container: from.container).flatMap { one in
                    network.node(host: to.host, container: to.container).map { (one, $0) }
                }
            }
        }
    }

    func keepApart(_ one: (Int, Int), _ other: (Int, Int), _ groups: EndGroups) -> Bool {
        pairs.contains { pair in
            guard let first = groups.place(of: pair.0), let second = groups.place(of: pair.1) else { return false }
            let places = [(first.part, first.group), (second.part, second.group)]
            return places[0] == one && places[1] == other || places[0] == other && places[1] == one
        }
    }
}

/// The ways between the groups of one part of the network.
private struct RouteSearch {
    /// How many lookups a search may make: groups beyond them are not compared.
    private static let budget = 400_000

    let network: Network
    var walks: RouteWalks
    let groups: [EndGroup]
    let mustForward: Set<Int>
    private var lacks: [LackingRoute] = []
    private var placeOfLack: [Int: Int] = [:]
    private var loops: [RoutingLoop] = []
    private var knownLoops: Set<[Int]> = []
    private var parting: PartingWays

    init(network: Network, walks: RouteWalks, groups: [EndGroup], mustForward: Set<Int>) {
        self.mustForward = mustForward
        self.network = network
        self.walks = walks
        parting = PartingWays(network)
        let most = Int(Double(Self.budget).squareRoot())
        self.groups = Array(groups.prefix(most))
    }

    /// Compares the way there with the way back, for each two groups.
    mutating func compareAll(unless keepApart: (Int, Int) -> Bool) {
        let endings = groups.map { target in
            var known: [Int: RouteWalks.Ending] = [:]
            return groups.map { walks.ending(from: $0.node, to: target.address, known: &known) }
        }
        let mayDiffer = PartingWays.isRing(walks)
        for one in groups.indices {
            for other in groups.indices.dropFirst(one + 1) {
                let (there, back) = (endings[other][one], endings[one][other])
                if there == .delivered, back == .delivered {
                    if mayDiffer { parting.compare(groups[one], groups[other], &walks) }
                    continue
                }
                if keepApart(one, other) { continue }
                compare(one, other, there: there, back: back)
            }
        }
    }

    private mutating func compare(_ one: Int, _ other: Int, there: RouteWalks.Ending, back: RouteWalks.Ending) {
        switch (there, back) {
        case (.loop(let nodes), _): addLoop(nodes, from: one, to: other)
        case (_, .loop(let nodes)): addLoop(nodes, from: other, to: one)
        case (.delivered, .noRoute(let node)): add(node, from: other, to: one, isOneWay: true, with: nil)
        case (.noRoute(let node), .delivered): add(node, from: one, to: other, isOneWay: true, with: nil)
        case (.noRoute(let first), .noRoute(let second)):
            guard mayBeMeantToRoute(first, second) else { return }
            add(first, from: one, to: other, isOneWay: false, with: second)
        case (.delivered, _), (.noRoute, _), (.blocked, _), (.unknown, _): break
        }
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
        if let place = placeOfLack[node] {
            if isOneWay, !lacks[place].isOneWay {
                lacks[place] = LackingRoute(node: node, from: from, to: to, isOneWay: true, other: nil)
            } else {
                lacks[place].more += 1
            }
            return
        }
        if let second, let place = placeOfLack[second], !lacks[place].isOneWay { return }
        placeOfLack[node] = lacks.count
        lacks.append(LackingRoute(node: node, from: from, to: to, isOneWay: isOneWay, other: second))
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
        for way in parting.diagnostics { findings.add(way) }
        for lack in lacks { findings.add(lack.diagnostic(in: network, &walks)) }
        for loop in loops {
            findings.add(loop.diagnostic(in: network, &walks))
            findings.settle(loop: loop.nodes)
        }
    }
}
