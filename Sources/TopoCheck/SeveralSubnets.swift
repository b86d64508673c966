import TopoDiagnostics
import TopoModel

/// Finds segments with two subnets that nobody is in both of: T0313, a warning.
///
/// Subnets that the segment's LANs declare are meant; so are those of a host or container with an address in each.
func findSegmentsOfSeveralSubnets(in network: Network, _ findings: inout Findings) {
    let declared = DeclaredSubnets(network)
    for segment in network.segments.all.indices {
        for family in AddressFamily.allCases {
            guard declared.ofLANs(on: segment, family).isEmpty else { continue }
            let addresses = network.addresses(on: segment).filter { index in
                let address = network.addresses[index].value
                return address.address.family == family && !address.address.isIPv6LinkLocal
                    && address.length < family.width && !findings.addresses.contains(index)
            }
            if let found = strangers(among: addresses, in: network) { findings.add(found) }
        }
    }
}

/// The message on the subnet that fewest have, where there are several without a link between them.
private func strangers(among addresses: [Int], in network: Network) -> Diagnostic? {
    var numbers: [Prefix: Int] = [:]
    var firsts: [Int] = []
    for index in addresses where numbers[network.addresses[index].value.prefix] == nil {
        numbers[network.addresses[index].value.prefix] = firsts.count
        firsts.append(index)
    }
    guard firsts.count > 1 else { return nil }
    var sets = DisjointSets(count: firsts.count)
    var ofNode: [Int: Int] = [:]
    for index in addresses {
        let address = network.addresses[index]
        guard let number = numbers[address.value.prefix] else { continue }
        if let other = ofNode[address.node] { _ = sets.join(number, other) } else { ofNode[address.node] = number }
    }
    joinNested(numbers, &sets)
    var counts: [Int: Int] = [:]
    for index in addresses {
        if let number = numbers[network.addresses[index].value.prefix] {
            counts[sets.root(of: number), default: 0] += 1
        }
    }
    let roots = counts.keys.sorted { (counts[$0, default: 0], -firsts[$0]) < (counts[$1, default: 0], -firsts[$1]) }
    guard let few = roots.first, let many = roots.last, few != many else { return nil }
    let (odd, usual) = (network.addresses[firsts[few]], network.addresses[firsts[many]])
    let title = network.interface(of: odd)
    return Diagnostic(
        .severalSubnets, "two subnets on one segment: \"\(odd.value.prefix)\" and \"\(usual.value.prefix)\"",
        at: .init(odd.span, "\(title) is in \(odd.value.prefix)"),
        and: [.init(usual.span, "\(network.interface(of: usual)) is in \(usual.value.prefix)")],
        notes: [
            "they hear each other's frames and never answer: nobody here has an address in both, to route between them"
        ],
        help: [
            "give \(title) an address of \(usual.value.prefix)",
            "or, if both are meant, give a host that forwards an address in each",
        ])
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
