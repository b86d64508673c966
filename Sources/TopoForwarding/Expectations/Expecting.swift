import TopoDiagnostics
import TopoModel
import TopoPlan

extension Walker {
    /// An expectation with the path that it comes from.
    struct Expected {
        let expectation: Expectation
        let path: Path

        /// The first way by which the one asked is reached, be it the path or another.
        var arriving: Path? {
            if expectation.isToReach { return path }
            return path.others.first { $0.reaches && $0.there.ending.node == expectation.target }
        }
    }

    /// What is expected of two containers, in every family that both have addresses of; nothing where somebody else answers
    /// for the address, as in another segment with the same subnet: a ping then says nothing about the two. Nor is anything where
    /// some of several ways get there and some do not: which one the kernels take is not known.
    mutating func expectations(from source: Int, to target: Int) -> [Expectation] {
        expected(from: End(node: source), to: End(node: target), isStated: false, isTraced: false).filter { expected in
            guard expected.path.reaches else { return !expected.path.others.contains(where: \.reaches) }
            return expected.path.there.ending.node == network.nodes[target].name
        }.map(\.expectation)
    }

    /// One of two between whom packets are to pass, or not.
    struct End {
        /// Its number.
        let node: Int
        /// The address that it sends from or is asked by; nil where that is chosen.
        var address: IPAddress?
    }

    /// The same with the paths.
    mutating func expected(
        from source: End, to target: End, isStated: Bool, isTraced: Bool, port: PacketHeader.Port? = nil
    )
        -> [Expected]
    {
        AddressFamily.allCases.compactMap { family in
            if let sender = source.address, sender.family != family { return nil }
            guard let address = address(of: target, family, seenFrom: source.node) else { return nil }
            return expected(from: source, to: target.node, address, isStated, isTraced, port)
        }
    }

    private func address(of target: End, _ family: AddressFamily, seenFrom source: Int) -> IPAddress? {
        guard let written = target.address else { return address(of: target.node, family, seenFrom: source) }
        return written.family == family && hasAddress(source, family) ? written : nil
    }

    private func hasAddress(_ node: Int, _ family: AddressFamily) -> Bool {
        network.nodes[node].interfaces.contains { interface in
            network.interfaces[interface].addresses.contains {
                $0.address.family == family && !$0.address.isIPv6LinkLocal
            }
        }
    }

    /// The address by which a node is asked: the first in a subnet that the asker is in as well, else its first; nil
    /// where one of the two has none of that family. Link-local addresses are for neighbours alone, and are not asked.
    ///
    /// What is outside has no address of its own, but those behind it: one of them.
    func address(of target: Int, _ family: AddressFamily, seenFrom source: Int) -> IPAddress? {
        if let outside = network.nodes[target].outside {
            return hasAddress(source, family) ? outside.example(family) : nil
        }
        let theirs = network.addresses(of: target, family).filter { !$0.isIPv6LinkLocal }
        let subnets = network.nodes[source].interfaces.flatMap { network.interfaces[$0].addresses.map(\.prefix) }
            .filter { $0.family == family && !$0.network.isIPv6LinkLocal }
        guard !subnets.isEmpty else { return nil }
        if theirs.count < 2 { return theirs.first }
        return theirs.first { address in subnets.contains { $0.contains(address) } } ?? theirs.first
    }

    private mutating func expected(
        from source: End, to target: Int, _ address: IPAddress, _ isStated: Bool, _ isTraced: Bool,
        _ port: PacketHeader.Port?
    ) -> Expected {
        let ways = pingPath(from: source.node, sending: source.address, to: address, port: port).everyWay
        func isPublished(_ path: Path) -> Bool { path.there.translations.contains { $0.side == .destination } }
        let name = network.nodes[target].name
        // Of several ways one to somebody else is as bad as a lost one.
        let astray = ways.first { $0.reaches && !isPublished($0) && $0.there.ending.node != name }
        let path = ways[0].reaches ? astray ?? ways[0] : ways[0]
        let target = isPublished(path) ? network.node(named: path.there.ending.node) ?? target : target
        let result: Expectation.Result
        if path.reaches, path.there.ending.node == network.nodes[target].name, let mtu = path.mtu {
            result = .reaches(hops: path.routers.map { hop($0, address.family) }, mtu: mtu.size)
        } else {
            result = .fails(path.words)
        }
        var expectation = Expectation(
            source: network.nodes[source.node].name, target: network.nodes[target].name, address: address,
            result: result,
            isStated: isStated, isTraced: isTraced,
            tellsOfLarger: ways.allSatisfy { $0.mtu?.size == path.mtu?.size && $0.mtu?.beyond != .vanishes })
        expectation.sender = path.source.isOutside ? path.sourceAddress : source.address
        expectation.port = port.map { .init(asked: $0.number, served: path.there.header.port?.number ?? $0.number) }
        expectation.translation = path.there.translations.last { $0.side == .source }.map {
            .init(host: $0.node.host, interface: $0.interface, old: $0.old, new: $0.new)
        }
        expectation.exit = exit(of: ways)
        if case .fails = result, path.there.isDelivered {
            let isOther = path.there.ending.node != network.nodes[target].name
            expectation.answeredBy = isOther && path.reaches ? path.there.ending.node : nil
            expectation.arrives = !isOther
        }
        return Expected(expectation: expectation, path: path)
    }

    /// How packets leave the host of their sender, where each of the ways that they may take is the same there.
    private func exit(of ways: [Path]) -> Expectation.Exit? {
        var exits: Set<Expectation.Exit?> = []
        for path in ways {
            for way in path.there.withEachOuterWay {
                guard let hop = way.hops.first, let interface = hop.outInterface, let sender = path.sourceAddress,
                    let first = way.crossings.first, first.from.node == NodeName(host: hop.node.host)
                else { return nil }
                exits.insert(.init(interface: interface, carriage: first.carriage(of: sender)))
            }
        }
        return exits.count == 1 ? exits.first ?? nil : nil
    }

    private func hop(_ name: NodeName, _ family: AddressFamily) -> Expectation.Hop {
        let addresses = network.node(named: name).map { network.addresses(of: $0, family) } ?? []
        return Expectation.Hop(name: name.description, addresses: addresses)
    }
}

extension Path {
    /// How it ends, in a few words; lower case, without a full stop.
    public var words: String {
        let reason = ending.reason.words(at: ending.node)
        return there.isDelivered && !reaches && back?.isDelivered == false ? "no way back: \(reason)" : reason
    }
}
