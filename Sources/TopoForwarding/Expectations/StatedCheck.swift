import TopoDiagnostics
import TopoModel
import TopoPlan

/// A check that the user asks for, held against the prediction.
struct StatedCheck {
    /// What the check scripts assert for it: one for each family that both ends have addresses of.
    private(set) var expectations: [Expectation] = []
    /// Why it cannot hold; empty where it does.
    private(set) var diagnostics: [Diagnostic] = []

    /// The port that is asked in the place of an echo.
    private let asked: PacketHeader.Port?

    /// How many pairs are like those that are asserted, and are not, by the host of who would ask.
    private(set) var leftOut: [String: Int] = [:]

    init(_ check: Check, classes: ClassNumbers, walker: inout Walker) {
        asked = if case .tcp(_, _, let port) = check.kind { .init(transport: .tcp, number: port.value) } else { nil }
        if let nowhere = check.ends.first(where: { walker.network.ends(of: $0).isEmpty }) {
            refuseNowhere(nowhere)
            return
        }
        switch check.kind {
        case .ping(let from, let to), .tcp(let from, let to, _): ping(from, to, check.span, &walker)
        case .noPing(let from, let to): noPing(from, to, check.span, &walker)
        case .isolated(let sets):
            var search = Isolation(sets, classes, &walker)
            search.search(check.span, &walker)
            expectations = search.expectations
            diagnostics = search.diagnostics
            leftOut = search.leftOut
        case .trace(let from, let to, let hops): trace(from, to, hops, check.span, &walker)
        case .mtu(let from, let to, let size): mtu(from, to, size, check.span, &walker)
        case .encapsulated(let from, let to, let lan, let type):
            encapsulated(from, to, on: lan, as: type, check.span, &walker)
        }
    }

    /// What is expected of the packets between two endpoints. Where the first is outside and there are several outsides, its
    /// packets come from the first that is answered: of what must pass, one way is enough.
    private mutating func expected(
        _ from: Endpoint, _ to: Endpoint, isTraced: Bool, _ walker: inout Walker
    ) -> [Walker.Expected] {
        let all = expectedOfEach(from, to, isTraced: isTraced, &walker)
        let found = all.first { $0.allSatisfy(\.reaches) } ?? all.first ?? []
        expectations = found.map(\.expectation)
        return found
    }

    /// The same from each outside.
    private func expectedOfEach(
        _ from: Endpoint, _ to: Endpoint, isTraced: Bool, _ walker: inout Walker
    ) -> [[Walker.Expected]] {
        walker.network.ends(of: from).compactMap { source in
            walker.network.ends(of: to).map { target in
                walker.expected(from: source, to: target, isStated: true, isTraced: isTraced, port: asked)
            }.reduce(nil) { best, found in best?.allSatisfy(\.reaches) == true ? best : found }
        }.filter { !$0.isEmpty }
    }

    /// What is expected of two endpoints that must reach each other; nil, with the reason, where they do not.
    private mutating func answered(
        _ from: Endpoint, _ to: Endpoint, isTraced: Bool, _ span: Span, _ walker: inout Walker
    ) -> [Walker.Expected]? {
        let found = expected(from, to, isTraced: isTraced, &walker)
        if found.isEmpty {
            refuseWithoutAddress(from, to, span)
            return nil
        }
        guard let lost = found.first(where: { !$0.reaches }) else { return found }
        refuse(lost, from, to, span)
        return nil
    }

    private mutating func ping(_ from: Endpoint, _ to: Endpoint, _ span: Span, _ walker: inout Walker) {
        _ = answered(from, to, isTraced: false, span, &walker)
    }

    private mutating func noPing(_ from: Endpoint, _ to: Endpoint, _ span: Span, _ walker: inout Walker) {
        // Of what must not pass, each way in is asked.
        let all = expectedOfEach(from, to, isTraced: false, &walker).flatMap(\.self)
        expectations = all.map(\.expectation)
        guard let arrived = all.lazy.compactMap(\.arriving).first else { return }
        let isOutside = arrived.there.ending.node.isOutside
        let direct = isOutside ? "from outside" : "in their own segment"
        let way = arrived.routers.isEmpty ? direct : "by \(list(arrived.routers))"
        diagnostics.append(
            Diagnostic(
                .checkCannotHold, "check cannot hold: \"\(from.title)\" reaches \"\(to.title)\"",
                at: .init(span, "\(arrived.destination) answers, \(way)"),
                help: ["write \"ping\", or remove the route or link between them"]))
    }

    private mutating func trace(
        _ from: Endpoint, _ to: Endpoint, _ hops: [Located<String>], _ span: Span, _ walker: inout Walker
    ) {
        guard let found = answered(from, to, isTraced: true, span, &walker) else { return }
        for one in found {
            let other = one.path.everyWay.map(\.routers).first { routers in
                routers.count != hops.count || !zip(routers, hops).allSatisfy { $0.isCalled($1.value) }
            }
            if let routers = other {
                let way = routers.isEmpty ? "without a router" : "by \(list(routers))"
                let wrong = zip(hops, routers).first { !$1.isCalled($0.value) }?.0
                diagnostics.append(
                    Diagnostic(
                        .checkCannotHold,
                        "check cannot hold: packets from \"\(from.title)\" to \"\(to.title)\" go \(way)",
                        at: .init(wrong?.span ?? span, "for \(one.path.destination)"),
                        help: [
                            one.path.everyWay.allSatisfy { $0.routers == routers }
                                ? "write \"hops: [\(list(routers))]\""
                                : "write \"ping\": the packets may go by several ways"
                        ]))
                return
            }
            if let silent = walker.silentHop(on: one.path) {
                diagnostics.append(
                    Diagnostic(
                        .checkCannotHold, "check cannot hold: \"\(silent.node)\" does not show in a trace",
                        at: .init(span, silent.reason), help: ["write \"ping\", or let \"\(silent.node)\" answer"]))
                return
            }
        }
    }

    private mutating func mtu(
        _ from: Endpoint, _ to: Endpoint, _ size: Located<Int>, _ span: Span, _ walker: inout Walker
    ) {
        guard let found = answered(from, to, isTraced: false, span, &walker) else { return }
        let all = found.flatMap(\.path.everyWay).compactMap(\.mtu)
        guard let mtu = all.first(where: { $0.size != size.value }) else { return }
        let limit = mtu.interface.map { "the limit is \($0)" } ?? "no interface limits it"
        diagnostics.append(
            Diagnostic(
                .checkCannotHold,
                "check cannot hold: from \"\(from.title)\" to \"\(to.title)\" packets of up to \(mtu.size) bytes pass",
                at: .init(size.span, limit),
                and: mtu.origin.map { [Diagnostic.Label($0, "this decides it")] } ?? [],
                help: [
                    mtu.size < size.value
                        ? "write \"size: \(mtu.size)\", or raise the MTU there" : "write \"size: \(mtu.size)\""
                ]))
    }

    private mutating func encapsulated(
        _ from: Endpoint, _ to: Endpoint, on lan: Located<String>, as type: Located<TunnelType>, _ span: Span,
        _ walker: inout Walker
    ) {
        guard let found = answered(from, to, isTraced: false, span, &walker) else { return }
        let packets = "packets from \"\(from.title)\" to \"\(to.title)\""
        for (index, path, way) in found.enumerated().flatMap({ index, one in
            one.path.everyWay.flatMap { path in path.there.withEachOuterWay.map { (index, path, $0) } }
        }) {
            let crossings = way.crossings(of: lan.value)
            guard let first = crossings.first, let sender = path.sourceAddress else {
                let lans = way.lans
                return diagnostics.append(
                    Diagnostic(
                        .checkCannotHold, "check cannot hold: \(packets) do not cross \"\(lan.value)\"",
                        at: .init(lan.span, lans.isEmpty ? "they cross no LAN" : "they cross \(quoted(lans))"),
                        help: lans.isEmpty ? ["take the check away"] : ["write on: \(lans[0])"]))
            }
            if let other = crossings.first(where: { !$0.isInside(type.value) }) {
                let found = other.tunnels.first?.carrier.type.rawValue
                return diagnostics.append(
                    Diagnostic(
                        .checkCannotHold, "check cannot hold: \(packets) cross \"\(lan.value)\" \(other.words)",
                        at: .init(type.span, "for \(path.destination), from \(other.from)"),
                        help: [found.map { "write as: \($0)" } ?? "remove the check, or connect them with a tunnel"]))
            }
            expectations[index].carriage = first.carriage(of: sender)
        }
    }

    private mutating func refuse(_ lost: Walker.Expected, _ from: Endpoint, _ to: Endpoint, _ span: Span) {
        let ending = lost.path.ending
        let place = ending.origin.map { [Diagnostic.Label($0, "this decides it")] } ?? []
        let reason = lost.path.reaches ? "\(ending.node) answers for \(lost.path.destination)" : lost.path.words
        diagnostics.append(
            Diagnostic(
                .checkCannotHold,
                "check cannot hold: \"\(from.title)\" does not reach \"\(to.title)\""
                    + (asked.map { " on TCP port \($0.number)" } ?? ""),
                at: .init(span, reason), and: place, help: ending.reason.help(at: ending.node).map { [$0] } ?? []))
    }

    /// An address is outside, and nothing is: whoever has the LANs' gateways is in the topology.
    private mutating func refuseNowhere(_ end: Endpoint) {
        diagnostics.append(
            Diagnostic(
                .checkCannotHold, "check cannot hold: \"\(end.title)\" is outside, and no gateway leads there",
                at: .init(end.span, "the gateways of all LANs are hosts or containers of the topology"),
                help: ["write the address of a router that is not in the topology as a LAN's \"gateway\""]))
    }

    private mutating func refuseWithoutAddress(_ from: Endpoint, _ to: Endpoint, _ span: Span) {
        diagnostics.append(
            Diagnostic(
                .checkCannotHold, "check cannot hold: \"\(from.title)\" does not reach \"\(to.title)\"",
                at: .init(span, "they have no addresses of one family"),
                help: ["give both an IPv4 address, or both an IPv6 address"]))
    }

    private func quoted(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }

    private func list(_ nodes: [NodeName]) -> String { nodes.map(\.description).joined(separator: ", ") }
}

extension Walker.Expected {
    /// True where the endpoint asked for answers.
    fileprivate var reaches: Bool { expectation.isToReach }
}

extension Endpoint {
    /// The node that it names; nil for an address outside.
    var node: NodeName? { host.map { NodeName(host: $0, container: container) } }
    /// What it is called: the address where one is written.
    fileprivate var title: String { address.map { "\($0)" } ?? node.map { "\($0)" } ?? "" }
}

extension Network {
    /// Who an endpoint may be: a host or container, or each outside that an address is behind.
    fileprivate func ends(of endpoint: Endpoint) -> [Walker.End] {
        if let name = endpoint.node {
            return node(named: name).map { [Walker.End(node: $0, address: endpoint.address)] } ?? []
        }
        guard let address = endpoint.address else { return [] }
        return outsides(holding: address).map { Walker.End(node: $0, address: address) }
    }
}

extension NodeName {
    /// Whether a name in `hops:` is this node's: `host1`, `host1/c9`, or `c9`.
    fileprivate func isCalled(_ name: String) -> Bool { name == description || name == container }
}
