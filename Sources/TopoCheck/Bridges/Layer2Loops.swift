import TopoDiagnostics
import TopoModel

/// Finds rings of bridges, LANs and tunnels in which a frame would run round: T0401, once for each link that closes one.
///
/// A ring is left alone where every bridge in it runs the spanning tree protocol. Where some do, these block one of its links: the
/// others pass on what the protocol says (`br_handle_frame` in the kernel), and it is a warning.
func findLayer2Loops(in network: Network, _ findings: inout Findings) {
    let graph = LinkGraph(network, .apart)
    let forest = SpanningForest(
        weights: graph.vertices.map { $0.stp == false ? 1 : 0 }, edges: graph.edges.map { ($0.one, $0.other) })
    // One port closes rings in many VLANs: the first is told.
    var told: Set<Span> = []
    for number in forest.closing {
        let edge = graph.edges[number]
        guard forest.weight(from: edge.one, to: edge.other) > 0,
            told.insert(edge.places[edge.places.count - 1].span).inserted
        else { continue }
        let way = forest.way(from: edge.one, to: edge.other, limit: Ring.limit)
        findings.add(Ring(graph: graph, closing: edge, way: way).diagnostic)
    }
    if !graph.tags.isEmpty { findSplitTrees(in: network, &findings) }
}

/// Finds rings that the spanning tree protocol cuts, and whose links don't all have the same VLANs: T0401, a warning.
///
/// Linux runs one tree for all VLANs of a bridge (`br_stp_if.c`; its MSTP needs a daemon), and sends what the protocol says
/// without a tag. The link that it blocks is blocked for every VLAN.
private func findSplitTrees(in network: Network, _ findings: inout Findings) {
    let graph = LinkGraph(network, .together)
    let forest = SpanningForest(
        weights: graph.vertices.map { $0.stp == true ? 1 : 0 }, edges: graph.edges.map { ($0.one, $0.other) })
    for number in forest.closing {
        let edge = graph.edges[number]
        guard forest.weight(from: edge.one, to: edge.other) > 0 else { continue }
        let way = forest.way(from: edge.one, to: edge.other, limit: Ring.limit)
        if let split = Ring(graph: graph, closing: edge, way: way).split { findings.add(split) }
    }
}

/// A ring in words.
private struct Ring {
    /// How many links of one side of a ring are listed; a longer list is not read.
    static let limit = 8

    let graph: LinkGraph
    let closing: LinkGraph.Edge
    let way: SpanningForest.Way

    /// The message.
    var diagnostic: Diagnostic {
        let closingPlaces = closing.places
        let primary = closingPlaces[closingPlaces.count - 1]
        let others = closingPlaces.dropLast() + steps.flatMap { graph.edges[$0.edge].places }
        return Diagnostic(
            .layer2Loop, "layer 2 loop: \(members.joined(separator: ", ")), and back by \(closing.titles.other)",
            at: primary, and: Array(others),
            notes: [
                graph.isCut(closing)
                    ? "a bridge with \"stp: true\" blocks one link; without it, a broadcast would circulate forever"
                    : "a broadcast, such as an ARP request, circulates forever: in a test, one became 173,000 packets a "
                        + "second on each link"
            ],
            help: [
                closing.removal,
                "or write \"stp: true\" for \(unprotected): the spanning tree protocol then blocks one link of the ring"
                    + (graph.tags.isEmpty ? "" : ", for all its VLANs"),
            ], severity: graph.isCut(closing) ? .warning : .error)
    }

    /// The message on VLANs that not every link of the ring has; nil where all have the same.
    var split: Diagnostic? {
        let tags = [closing.tags] + steps.map { graph.edges[$0.edge].tags }
        var counts: [Int: Int] = [:]
        for tag in tags.joined() { counts[tag, default: 0] += 1 }
        // What one link has leads nowhere, which is told elsewhere.
        let split = counts.filter { $0.key > 0 && $0.value > 1 && $0.value < tags.count }.keys.sorted()
        guard let first = split.first else { return nil }
        let words = split.count == 1 ? "VLAN \(first)" : "VLANs \(split.map(String.init).joined(separator: ", "))"
        let places = closing.places + steps.flatMap { graph.edges[$0.edge].places }
        return Diagnostic(
            .layer2Loop,
            "the spanning tree protocol may leave \(words) without a way: \(members.joined(separator: ", ")), and back by "
                + closing.titles.other,
            at: places[closing.places.count - 1],
            and: Array(places.prefix(closing.places.count - 1) + places.dropFirst(closing.places.count)),
            notes: ["Linux runs one spanning tree for all VLANs: the link that it blocks carries none of them"],
            help: ["let every link of the ring have the same VLANs"], severity: .warning)
    }

    private var steps: [SpanningForest.Step] { way.first + way.last }

    /// The ring's bridges, LANs and VXLANs in order, with the tunnels between bridges.
    private var members: [String] {
        var members = [graph.vertices[closing.one].title]
        for (number, step) in steps.enumerated() {
            if number == way.first.count, way.omitted > 0 { members.append("\(way.omitted) more") }
            let edge = graph.edges[step.edge]
            if edge.isLink { members.append(step.vertex == edge.other ? edge.titles.one : edge.titles.other) }
            members.append(graph.vertices[step.vertex].title)
        }
        if way.last.isEmpty, way.omitted > 0 { members.append("\(way.omitted) more") }
        return members
    }

    /// The bridges that run no spanning tree protocol.
    private var unprotected: String {
        if way.omitted > 0 { return "all bridges of the ring" }
        let vertices = ([closing.one] + steps.map(\.vertex)).map { graph.vertices[$0] }
        let titles = vertices.filter { $0.stp == false }.map(\.name)
        guard let last = titles.last, titles.count > 1 else { return titles.joined() }
        return "\(titles.dropLast().joined(separator: ", ")) and \(last)"
    }
}
