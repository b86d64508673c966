import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds routers at which packets come in by another interface than that by which their answers leave, or from where there is
/// no way back: T0507, a warning, since `rp_filter` drops them (RFC 3704; `fib_validate_source`).
struct AsymmetricRoutes {
    /// The ways of all groups' packets to one of them.
    private struct Ways {
        /// By router, the router that gets them next, or -1, and the segment they leave by.
        let hops: [(next: Int32, segment: Int32)]
        /// The same by group.
        let first: [(next: Int32, segment: Int32)]
        /// All of those of a router whose packets may go by several ways.
        let branches: [Int: [(next: Int32, segment: Int32)]]
        /// The same by group.
        let firstBranches: [Int: [(next: Int32, segment: Int32)]]

        /// By which ways a router's packets may go.
        func hops(at router: Int) -> [(next: Int32, segment: Int32)] { branches[router] ?? [hops[router]] }
    }

    /// The nodes that forward.
    let routers: [Int]
    private let groups: [EndGroup]
    private var walks: RouteWalks
    private let placeOfRouter: [Int: Int32]
    private var ways: [Ways] = []
    private var spoken: Set<Int> = []
    private(set) var diagnostics: [Diagnostic] = []

    /// Prepares to compare the ways between groups.
    init(_ walks: RouteWalks, _ groups: [EndGroup]) {
        self.walks = walks
        self.groups = groups
        routers = walks.forwarding.sorted()
        var places: [Int: Int32] = [:]
        for (place, router) in routers.enumerated() { places[router] = Int32(place) }
        placeOfRouter = places
    }

    /// Keeps the ways to the next group.
    mutating func note(_ found: WaysToGroup) {
        func placed(_ hop: (next: Int32, segment: Int32)) -> (next: Int32, segment: Int32) {
            (placeOfRouter[Int(hop.next)] ?? -1, hop.segment)
        }
        func branches(_ nodes: [Int]) -> [Int: [(next: Int32, segment: Int32)]] {
            guard found.hasBranches else { return [:] }
            return Dictionary(
                uniqueKeysWithValues: nodes.enumerated().compactMap { place, node in
                    found.branches(at: node).map { (place, $0.map(placed)) }
                })
        }
        let starts = groups.map(\.node)
        ways.append(
            Ways(
                hops: routers.map { placed(found.hop(at: $0)) }, first: starts.map { placed(found.hop(at: $0)) },
                branches: branches(routers), firstBranches: branches(starts)))
    }

    /// Compares the way there with the way back of all pairs of groups that reach each other; of both directions one is told
    /// of.
    mutating func compareAll(but lost: Set<RouteSearch.Pair>) {
        for one in groups.indices {
            for other in groups.indices.dropFirst(one + 1) where !lost.contains(.init(one, other)) {
                if !follow(one, other) { _ = follow(other, one) }
            }
        }
    }

    /// Whether there can be two ways at all: whether routers and the segments between them form a ring.
    static func isRing(_ walks: RouteWalks) -> Bool {
        let network = walks.network
        var segments: [Int: Int] = [:]
        let routers = network.nodes.indices.filter { walks.forwarding.contains($0) }
        for router in routers {
            for segment in Set(network.nodes[router].segments) where segments[segment] == nil {
                segments[segment] = segments.count
            }
        }
        var sets = DisjointSets(count: segments.count + routers.count)
        for (number, router) in routers.enumerated() {
            for segment in Set(network.nodes[router].segments).sorted() {
                guard let place = segments[segment] else { continue }
                if !sets.join(place, segments.count + number) { return true }
            }
        }
        return false
    }

    /// Follows the packets of one group to another, and looks at each router where their answers would leave.
    /// - Returns: true where the ways part at one of them.
    private mutating func follow(_ from: Int, _ to: Int) -> Bool {
        var open = ways[to].firstBranches[from] ?? [ways[to].first[from]]
        // Only where ways part can they meet again.
        var seen: Set<Int> = []
        while let hop = open.popLast() {
            guard hop.next >= 0 else { continue }
            let router = Int(hop.next)
            let back = ways[from].hops(at: router)
            let leaving = back[0].segment
            if !back.contains(where: { $0.segment == hop.segment }),
                leaving >= 0 || hasNoWay(from: routers[router], to: groups[from])
            {
                if spoken.insert(router).inserted {
                    diagnostics.append(
                        words(at: routers[router], groups[from], groups[to], in: Int(hop.segment), out: Int(leaving)))
                }
                return true
            }
            let next = ways[to].hops(at: router)
            if next.count > 1 || !open.isEmpty || !seen.isEmpty {
                guard seen.insert(router).inserted else { continue }
            }
            open += next
        }
        return false
    }

    /// Whether a router has no way by an interface to a group: what even a loose `rp_filter` asks for.
    private mutating func hasNoWay(from router: Int, to group: EndGroup) -> Bool {
        let route = walks.table(of: router).route(to: group.address.value.address)
        return route?.ways.allSatisfy { $0.interface == nil } ?? true
    }

    private mutating func words(
        at node: Int, _ from: EndGroup, _ to: EndGroup, in coming: Int, out leaving: Int
    ) -> Diagnostic {
        let network = walks.network
        let route = walks.table(of: node).route(to: from.address.value.address)
        let name = network.names.plain(network.nodes[node])
        let (near, far) = (network.names.plain(network.nodes[from.node]), network.names.plain(network.nodes[to.node]))
        guard leaving >= 0 else {
            return Diagnostic(
                .waysDiffer,
                "packets from \"\(near)\" to \"\(far)\" arrive at \(name), which has no route back to \"\(near)\"",
                at: .init(route?.origin ?? network.nodes[node].span, "it forwards them, but not the answers"),
                and: [.init(from.address.span, "\"\(near)\" is there")],
                notes: [
                    "if net.ipv4.conf.*.rp_filter is 1 or 2, \(name) silently drops such packets: systemd sets 2; with 0 they pass"
                ],
                help: ["give \(name) a route to \(from.address.value.prefix)"])
        }
        return Diagnostic(
            .waysDiffer,
            "packets from \"\(near)\" to \"\(far)\" arrive at \(name) on \(interface(of: node, on: coming)), but the way back "
                + "uses \(interface(of: node, on: leaving))",
            at: .init(route?.origin ?? network.nodes[node].span, "\(name)'s way to \(from.address.value.prefix)"),
            and: [.init(from.address.span, "\"\(near)\" is there")],
            notes: [
                "if net.ipv4.conf.*.rp_filter is 1 (strict), \(name) silently drops such packets; with 0 or 2 they pass"
            ],
            help: [
                "let the routes of both directions lead over the same segments",
                "or set net.ipv4.conf.all.rp_filter to 2 on \(name), if you want two paths",
            ])
    }

    /// The node's interface on a segment.
    private func interface(of node: Int, on segment: Int) -> String {
        let network = walks.network
        let address = network.nodes[node].addresses.first { network.addresses[$0].segment == segment }
        return address.map { "\"\(network.addresses[$0].member.interface.interface)\"" } ?? "another interface"
    }
}
