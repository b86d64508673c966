import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds routers at which packets come in by another interface than that by which their answers leave: T0507, a warning.
struct PartingWays {
    /// How many hops are followed in one part of the network.
    private static let budget = 50_000

    private let network: Network
    private var left = PartingWays.budget
    private var spoken: Set<Int> = []
    private(set) var diagnostics: [Diagnostic] = []

    init(_ network: Network) { self.network = network }

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

    /// Looks at the ways between two groups; of both directions one is told of.
    mutating func compare(_ one: EndGroup, _ other: EndGroup, _ walks: inout RouteWalks) {
        if !follow(one, other, &walks) { _ = follow(other, one, &walks) }
    }

    /// Follows the packets of one group to another, and looks at each router where their answers would leave.
    /// - Returns: true where the ways part at one of them.
    private mutating func follow(_ from: EndGroup, _ to: EndGroup, _ walks: inout RouteWalks) -> Bool {
        guard left > 0, from.address.value.address.family == .ipv4 else { return true }
        let hops = walks.way(from: from.node, to: to.address).hops
        left -= hops.count
        for (before, hop) in zip(hops, hops.dropFirst()) {
            guard let route = walks.table(of: hop.node).route(to: from.address.value.address) else { continue }
            guard let leaving = route.interface.map({ network.segments.segment(of: $0) }), leaving != before.leavingBy
            else { continue }
            if spoken.insert(hop.node).inserted {
                diagnostics.append(words(at: hop.node, route, from, to, in: before.leavingBy, out: leaving))
            }
            return true
        }
        return false
    }

    private func words(
        at node: Int, _ route: TableRoute, _ from: EndGroup, _ to: EndGroup, in coming: Int, out leaving: Int
    ) -> Diagnostic {
        let name = network.names.plain(network.nodes[node])
        let (near, far) = (network.names.plain(network.nodes[from.node]), network.names.plain(network.nodes[to.node]))
        return Diagnostic(
            .waysDiffer,
            "packets from \"\(near)\" to \"\(far)\" come to \(name) by \(interface(of: node, on: coming)), and the way back "
                + "leaves by \(interface(of: node, on: leaving))",
            at: .init(route.origin ?? network.nodes[node].span, "\(name)'s way to \(from.address.value.prefix)"),
            and: [.init(from.address.span, "\"\(near)\" is there")],
            notes: [
                "where net.ipv4.conf.*.rp_filter is 1 (strict), \(name) drops such packets without a word; with 0 or 2 they pass"
            ],
            help: [
                "let the routes of both directions lead over the same segments",
                "or set net.ipv4.conf.all.rp_filter to 2 on \(name), if two ways are meant",
            ])
    }

    /// The node's interface on a segment.
    private func interface(of node: Int, on segment: Int) -> String {
        let address = network.nodes[node].addresses.first { network.addresses[$0].segment == segment }
        return address.map { "\"\(network.addresses[$0].member.interface.interface)\"" } ?? "another interface"
    }
}
