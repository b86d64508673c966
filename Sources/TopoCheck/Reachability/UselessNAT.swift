import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds rules for the addresses of forwarded packets that no packet ever meets, or that cannot do what they say: T0511; and ports
/// that are published twice: T0512.
func findUselessNAT(in network: Network, mustForward: Set<Int>, _ findings: inout Findings) {
    for (index, node) in network.nodes.enumerated() where node.container == nil {
        let host = node.host
        guard !host.nat.isEmpty || !host.publish.isEmpty else { continue }
        let place = NATPlace(host)
        var earlier: [NATRule] = []
        if !node.forwards, !mustForward.contains(index) { findings.add(place.withoutForwarding) }
        for rule in host.nat {
            let fault = place.fault(of: rule) ?? earlier.lazy.compactMap { place.overshadowing(rule, by: $0) }.first
            if let fault { findings.add(fault) } else { earlier.append(rule) }
        }
        var ports: [PublishedPort] = []
        for port in host.publish {
            let fault = place.fault(of: port) ?? ports.lazy.compactMap { place.repeating(port, of: $0) }.first
            if let fault { findings.add(fault) } else { ports.append(port) }
        }
    }
}

/// A host with rules for addresses.
private struct NATPlace {
    let host: Host
    private let own: [String: [InterfaceAddress]]
    private let bridges: [String: String]

    init(_ host: Host) {
        self.host = host
        own = Underlay.addresses(of: host)
        bridges = Dictionary(
            host.bridges.flatMap { bridge in bridge.ports.map { ($0.value, bridge.name.value) } },
            uniquingKeysWith: { first, _ in first })
    }

    private var name: String { host.name.value }
    private var place: Span { (host.nat.map(\.span) + host.publish.map(\.span)).min() ?? host.name.span }

    private func useless(
        _ message: String, at label: Diagnostic.Label, and places: [Diagnostic.Label] = [], notes: [String] = [],
        help: [String]
    ) -> Diagnostic {
        Diagnostic(.natNeverApplies, message, at: label, and: places, notes: notes, help: help)
    }

    /// Says that the host is no router.
    var withoutForwarding: Diagnostic {
        let what = host.nat.isEmpty ? "published ports" : "NAT rules"
        return useless(
            "\(name) has \(what) and does not forward: no packet ever meets them",
            at: .init(place, "for what is forwarded"),
            and: host.forwarding.map { [.init($0.span, "it does not forward")] } ?? [],
            help: ["write \"forwarding: true\" for \"\(name)\""])
    }

    /// Says that an interface is a bridge's port, by which nothing is routed; nil where it is not.
    private func port(_ interface: Located<String>, _ key: String, _ subject: String) -> Diagnostic? {
        guard let bridge = bridges[interface.value] else { return nil }
        return useless(
            "\(name)'s \(subject) is for \"\(interface.value)\", a port of bridge \"\(bridge)\": nothing is routed by it",
            at: .init(interface.span, "routed packets use the bridge"), help: ["write \"\(key): \(bridge)\""])
    }

    /// Why a rule never applies, or cannot; nil where it can.
    func fault(of rule: NATRule) -> Diagnostic? {
        if let port = port(rule.out, "out", "NAT rule") { return port }
        let addresses = own[rule.out.value] ?? []
        if let source = rule.source {
            guard !addresses.contains(where: { $0.address == source.value }) else { return nil }
            let all = addresses.map { "\($0.address)" }.filter { $0 != "\(source.value)" }
            return useless(
                "\(source.value) is no address of \(name)'s \"\(rule.out.value)\": no answer to it comes back",
                at: .init(source.span, "what leaves would be from here"),
                help: [
                    all.isEmpty
                        ? "give \"\(rule.out.value)\" the address"
                        : "give \"\(rule.out.value)\" the address, or write \(list(all))"
                ])
        }
        let families = rule.families(of: addresses)
        let usable = Set(addresses.filter { !$0.address.isIPv6LinkLocal }.map(\.address.family))
        guard
            let lacking = AddressFamily.allCases.first(where: { families.contains($0) && !usable.contains($0) })
                ?? (families.isEmpty ? .ipv4 : nil)
        else { return neighbours(rule, addresses) }
        return useless(
            "\(name)'s \"\(rule.out.value)\" has no \(lacking.title) address that packets could be from",
            at: .init(rule.out.span, "the kernel drops what such a rule is for"),
            help: ["give \"\(rule.out.value)\" an address, or name another interface"])
    }

    /// Says that a rule is for sources beside the interface alone; nil where it is not.
    private func neighbours(_ rule: NATRule, _ addresses: [InterfaceAddress]) -> Diagnostic? {
        let subnets = addresses.map(\.prefix)
        if let first = rule.from.first, rule.from.allSatisfy({ from in subnets.contains { $0.contains(from.value) } }) {
            return useless(
                "\(name)'s NAT rule is for \(first.value), which is beside \"\(rule.out.value)\" itself",
                at: .init(first.span, "who is there needs no other address"),
                help: ["write the subnet of what is behind \"\(name)\""])
        }
        let families = rule.families(of: addresses)
        let spared = Set(rule.except.filter { $0.value.length == 0 }.map(\.value.family))
        guard let except = rule.except.first(where: { $0.value.length == 0 }), families.isSubset(of: spared) else {
            return nil
        }
        return useless(
            "\(name)'s NAT rule leaves out every destination", at: .init(except.span, "all there are"),
            help: ["name what is to be reached with the packets' own addresses"])
    }

    /// Says that an earlier rule takes all that a rule is for; nil where it leaves some.
    func overshadowing(_ rule: NATRule, by first: NATRule) -> Diagnostic? {
        guard rule.out.value == first.out.value else { return nil }
        let addresses = own[rule.out.value] ?? []
        let families = rule.families(of: addresses)
        guard families.isSubset(of: first.families(of: addresses)) else { return nil }
        for family in families {
            func of(_ prefixes: [Located<Prefix>]) -> [Prefix] { prefixes.map(\.value).filter { $0.family == family } }
            let (from, earlier) = (of(rule.from), of(first.from))
            let isTaken =
                earlier.isEmpty
                || !from.isEmpty && from.allSatisfy { mine in earlier.contains { $0.contains(mine) } }
            // What the first leaves out, the second must leave out too.
            let isLeft = of(first.except).contains { spared in !of(rule.except).contains { $0.contains(spared) } }
            if !isTaken || isLeft { return nil }
        }
        return useless(
            "\(name)'s NAT rule never applies: an earlier one takes all that it is for",
            at: .init(rule.span, "never comes to this"), and: [.init(first.span, "the first that fits applies")],
            help: ["write the narrower rule first, or leave one out"])
    }

    /// Why a published port is met by nothing; nil where it can be.
    func fault(of port: PublishedPort) -> Diagnostic? {
        if let bridged = self.port(port.in, "in", "published port") { return bridged }
        let families = Set((own[port.in.value] ?? []).map(\.address.family))
        guard !port.addresses.contains(where: { families.contains($0.family) }) else { return nil }
        let title = port.target.host.map { name in port.target.container ?? name } ?? ""
        return useless(
            "\(name)'s \"\(port.in.value)\" and \"\(title)\" have no addresses of one family",
            at: .init(port.in.span, "for which address of it?"),
            and: [.init(port.target.span, "has none of the same family")],
            help: ["give both an IPv4 address, or both an IPv6 address"])
    }

    /// Says that a port is published already; nil where it is not.
    func repeating(_ port: PublishedPort, of first: PublishedPort) -> Diagnostic? {
        guard port.in.value == first.in.value, port.transport == first.transport, port.port.value == first.port.value,
            !Set(port.addresses.map(\.family)).isDisjoint(with: first.addresses.map(\.family))
        else { return nil }
        let title = "\(port.transport.rawValue.uppercased()) port \(port.port.value)"
        return Diagnostic(
            .portPublishedTwice, "\(name) publishes \(title) of \"\(port.in.value)\" twice",
            at: .init(port.port.span, "the second"), and: [.init(first.port.span, "the first")],
            notes: ["a connection goes to one: the second would get none"], help: ["publish the second by another port"]
        )
    }

    private func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}
