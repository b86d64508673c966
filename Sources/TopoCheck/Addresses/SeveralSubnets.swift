import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds segments with two subnets that nobody routes between: T0313, a warning.
///
/// Subnets that the segment's LANs declare are meant; so are those of a host or container that has an address in each and
/// forwards, or says that it does not, and those that a `no-ping` check keeps apart.
/// - Parameter mustForward: nodes for which T0501 was found: it says that they must.
func findSegmentsOfSeveralSubnets(in network: Network, mustForward: Set<Int>, _ findings: inout Findings) {
    let declared = DeclaredSubnets(network)
    let kept = KeptApart(network)
    for segment in network.segments.all.indices {
        for family in AddressFamily.allCases {
            guard declared.ofLANs(on: segment, family).isEmpty else { continue }
            let addresses = network.addresses(on: segment).filter { index in
                let address = network.addresses[index].value
                return address.address.family == family && !address.address.isIPv6LinkLocal
                    && address.length < family.width && !findings.addresses.contains(index)
            }
            let subnets = SharedSegment(network: network, addresses: addresses, mustForward: mustForward)
            guard let (odd, usual, between) = subnets.strangers() else { continue }
            if kept.areApart(network.addresses[odd].node, network.addresses[usual].node) { continue }
            findings.add(SubnetWords(network: network, odd: odd, usual: usual, between: between).diagnostic)
        }
    }
}

/// The subnets of a segment, and who is in several of them.
private struct SharedSegment {
    let network: Network
    /// The segment's addresses of one family, as indices in `Network.addresses`.
    let addresses: [Int]
    let mustForward: Set<Int>

    /// An address of the subnet that fewest are in and one of the subnet that most are in, where nobody routes between the two; with a
    /// node that is in both and does not forward, if there is one.
    func strangers() -> (odd: Int, usual: Int, between: Int?)? {
        var numbers: [Prefix: Int] = [:]
        for index in addresses where numbers[network.addresses[index].value.prefix] == nil {
            numbers[network.addresses[index].value.prefix] = numbers.count
        }
        guard numbers.count > 1 else { return nil }
        var sets = DisjointSets(count: numbers.count)
        joinNested(numbers, &sets)
        var ofNode: [Int: [Int]] = [:]
        for index in addresses {
            let address = network.addresses[index]
            if let number = numbers[address.value.prefix] { ofNode[address.node, default: []].append(number) }
        }
        for node in ofNode.keys.sorted() where routes(node) {
            guard let own = ofNode[node] else { continue }
            for number in own.dropFirst() { _ = sets.join(own[0], number) }
        }
        var counts: [Int: (count: Int, first: Int)] = [:]
        for index in addresses {
            let address = network.addresses[index]
            // Who is in several of them is a stranger to none.
            guard let own = ofNode[address.node], Set(own.map { sets.root(of: $0) }).count == 1 else { continue }
            counts[sets.root(of: own[0]), default: (0, index)].count += 1
        }
        let parts = counts.values.sorted { ($0.count, -$0.first) < ($1.count, -$1.first) }
        guard parts.count > 1, let few = parts.first, let many = parts.last else { return nil }
        let both = [few.first, many.first].map { network.addresses[$0].value.prefix }
        let between = addresses.lazy.map { network.addresses[$0].node }.first { node in
            both.allSatisfy { prefix in ofNode[node]?.contains { $0 == numbers[prefix] } ?? false }
        }
        return (few.first, many.first, between)
    }

    /// Whether a node routes between its subnets, should do so by T0501, or says that it does not.
    private func routes(_ node: Int) -> Bool {
        let known = network.nodes[node]
        return known.forwards || known.refusesToForward || mustForward.contains(node)
    }
}

/// The message on a subnet that is a stranger on its segment.
private struct SubnetWords {
    let network: Network
    let odd: Int
    let usual: Int
    let between: Int?

    var diagnostic: Diagnostic {
        let (odd, usual) = (network.addresses[odd], network.addresses[usual])
        let title = network.interface(of: odd)
        let pair = [
            Diagnostic.Label(usual.span, "\(network.interface(of: usual)) is in \(usual.value.prefix)")
        ]
        guard let between else {
            return Diagnostic(
                .severalSubnets, message(odd, usual), at: .init(odd.span, "\(title) is in \(odd.value.prefix)"),
                and: pair,
                notes: [
                    "they receive each other's frames but never answer: nobody here has an address in both and can route between them"
                ],
                help: [
                    "give \(title) an address of \(usual.value.prefix)",
                    "or, if you want both, give a host that forwards an address in each",
                ])
        }
        let router = network.nodes[between]
        let (name, full) = (network.names.plain(router), network.names.full(router))
        let ends = [odd, usual].map { network.names.plain(network.nodes[$0.node]) }
        return Diagnostic(
            .severalSubnets, message(odd, usual), at: .init(odd.span, "\(title) is in \(odd.value.prefix)"),
            and: pair + [.init(router.span, "\(name) is in both, and does not forward")],
            notes: ["they receive each other's frames but never answer: packets between the two need a router"],
            help: [
                "write \"forwarding: true\" in \(full)", "or give \(title) an address of \(usual.value.prefix)",
                "or write the check {no-ping: [\(ends[0]), \(ends[1])]}, if they are to stay separate",
            ])
    }

    private func message(_ odd: Network.AssignedAddress, _ usual: Network.AssignedAddress) -> String {
        "two subnets on one segment: \"\(odd.value.prefix)\" and \"\(usual.value.prefix)\""
    }
}

/// Joins subnets of which one holds the other: T0302 is about these.
private func joinNested(_ numbers: [Prefix: Int], _ sets: inout DisjointSets) {
    var open: (prefix: Prefix, number: Int)?
    for (prefix, number) in numbers.sorted(by: { $0.key < $1.key }) {
        if let outer = open, outer.prefix.contains(prefix) {
            _ = sets.join(outer.number, number)
        } else {
            open = (prefix, number)
        }
    }
}
