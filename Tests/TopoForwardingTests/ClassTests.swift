import RandomNumbers
import Testing
import TopoForwarding
import TopoModel
import TopoPlan

/// What is said of two classes must be so of every two of their members: all pairs are walked here.
@Suite struct ClassTests {
    /// By hand, after a change of the classes: 1000 seeds.
    @Test func everyPairOfRandomNetworksIsAsItsClassesSay() throws {
        var (pairs, merged) = (0, 0)
        for seed in 1...40 {
            var generator = Dice(seed: seed)
            var network = RandomNetwork(size: 2 + seed % 3, generator: generator)
            let prediction = predict(try network.plan(), sampling: false)
            generator = network.generator
            let counts = try compareAllPairs(prediction, "seed \(seed)")
            pairs += counts.pairs
            merged += counts.merged
        }
        #expect(pairs > 7000)
        #expect(merged > 1500, "pairs that another one stood for")
    }

    @Test func containersOfOneBridgeAreAlikeAndLinksWithOneRouteToAllOfThem() throws {
        var (host1, host2) = try routedHosts()
        try host1.bridged("odd", "10.1.0.13/24", gateway: "10.1.0.1", bridge: "lxdbr0", mtu: 1400)
        try host2.pointToPoint("c5", "10.2.0.9/30", "10.2.0.10/30")
        let prediction = predict(network(host1, host2), sampling: false)
        let classes = prediction.classes.map { members in members.map { prediction.nodes[$0].description } }
        #expect(
            classes == [
                ["host1"], ["host1/c1", "host1/c2"], ["host1/odd"], ["host2"],
                ["host2/c3", "host2/c4", "host2/c5"],
            ])
    }

    @Test func whatARouteOrATunnelNamesIsLikeNoOther() throws {
        var (host1, host2) = try routedHosts()
        try host1.route("10.2.0.4/30", .unreachable)
        try host2.route("10.9.0.0/16", via: "10.2.0.2")
        try host1.route("10.1.0.12/32", via: "172.16.1.2")
        let prediction = predict(network(host1, host2), sampling: false)
        #expect(prediction.classes.allSatisfy { $0.count == 1 })
    }
}

/// Walks all pairs of nodes and compares each with the path of its classes.
/// - Returns: how many were compared, and for how many another pair stood.
func compareAllPairs(_ prediction: Prediction, _ comment: String) throws -> (pairs: Int, merged: Int) {
    var (pairs, merged) = (0, 0)
    var places: [Int: Int] = [:]
    for (number, members) in prediction.classes.enumerated() { members.forEach { places[$0] = number } }
    #expect(places.count == prediction.nodes.count)
    var finder = Pathfinder(prediction)
    for family in AddressFamily.allCases {
        var told: [[Int]: String] = [:]
        for source in prediction.nodes.indices {
            for target in prediction.nodes.indices where source != target {
                let names = (prediction.nodes[source], prediction.nodes[target])
                let found = finder.path(from: source, to: target, family)?.shape(names.0, names.1) ?? "none"
                let classes = [try #require(places[source]), try #require(places[target])]
                pairs += 1
                guard let known = told[classes] else {
                    told[classes] = found
                    continue
                }
                merged += 1
                if known != found {
                    Issue.record("\(comment), \(family), \(names.0) to \(names.1): \(found)\nnot \(known)")
                }
            }
        }
    }
    return (pairs, merged)
}

extension Path {
    /// All of a path that does not name its two ends, their addresses and their links.
    func shape(_ source: NodeName, _ target: NodeName) -> String {
        func node(_ name: NodeName) -> String {
            name == source ? "source" : name == target ? "target" : name.description
        }
        func interface(_ name: String) -> String {
            name == "v-\(source.container ?? "-")-eth0"
                ? "source's" : name == "v-\(target.container ?? "-")-eth0" ? "target's" : name
        }
        func way(_ way: Way) -> String {
            way.hops.map { hop in
                "\(node(hop.node)) \(interface(hop.inInterface ?? "")) \(interface(hop.outInterface ?? "")) "
                    + "\(hop.mtu ?? 0) \(hop.ttl) \(hop.link.count) \(hop.route?.length ?? -1)"
            }.joined(separator: "; ")
        }
        let largest = mtu.map { mtu in
            "\(mtu.size) \(mtu.interface.map { "\(node($0.node)) \(interface($0.name))" } ?? "")"
        }
        return [
            way(there), back.map(way) ?? "-", ending.reason.kind, node(ending.node), largest ?? "-", "\(reaches)",
        ].joined(separator: " | ")
    }
}
