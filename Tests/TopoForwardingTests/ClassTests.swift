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

    /// A sender with several addresses chooses by a destination's label: 2002::/16 has one of its own (RFC 6724, 2.1), so that
    /// the sender asks there from its address in 2001::/32, which starts alike, and nobody answers that.
    @Test func aDestinationsLabelTellsItFromOthers() throws {
        var (host1, host2) = (HostBuilder("host1", at: 1000), HostBuilder("host2", at: 2000))
        host1.forwards([.ipv6])
        try host1.nic("eth0", lan: "internal", "fd00::1/64")
        host1.container("a")
        try host1.veth("a", "eth0", "2001::1:2/112", "2600::1:2/112", host: "2600::1:1/112")
        try host1.route("::/0", via: "2600::1:1", in: "a")
        try host1.route("::/0", via: "fd00::2")
        host2.forwards([.ipv6])
        try host2.nic("eth0", lan: "internal", "fd00::2/64")
        for (name, start) in [("b", "2002:1"), ("c", "2003:1"), ("d", "2003:2")] {
            try host2.pointToPoint(name, "\(start)::1/64", "\(start)::2/64")
        }
        try host2.route("2600::/16", via: "fd00::1")
        let prediction = predict(network(host1, host2), sampling: false)
        let reached = try ["2002:1::2", "2003:1::2", "2003:2::2"].map { try prediction.path("host1/a", $0).reaches }
        #expect(reached == [false, true, true])
        let classes = prediction.classes.map { members in members.map { prediction.nodes[$0].description } }
        #expect(classes == [["host1"], ["host1/a"], ["host2"], ["host2/b"], ["host2/c", "host2/d"]])
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
