import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds addresses that are twice on one segment, or twice on one host or container: T0303; a warning where one of the two is on
/// another segment, and its node answers for it on this one, too.
func findDuplicateAddresses(in network: Network, _ findings: inout Findings) {
    struct OwnAddress: Hashable {
        let address: IPAddress
        let node: Int
    }
    var freeAddresses = FreeAddresses(network)
    var freeSubnets = FreeSubnets(network)
    var onNode: [OwnAddress: Int] = [:]
    let onSeveral = network.addressesOnSeveralSegments
    for (index, address) in network.addresses.enumerated() where !findings.addresses.contains(index) {
        if let first = network.index(of: address.value.address, on: address.segment), first != index {
            if isSharedGateway(address, network.addresses[first]) {
                findings.add(sharedGateway(index, of: first, in: network))
            } else if !findings.addresses.contains(first) {
                let proposal = freeAddresses.take(like: address)
                findings.add(duplicate(index, of: first, in: network, proposal: proposal), about: [index])
            }
            continue
        }
        guard !address.value.address.isIPv6LinkLocal else { continue }
        let alike = onSeveral[address.value.address] ?? []
        if let other = network.shadowed(by: index, among: alike) {
            findings.add(shadow(index, over: other, in: network))
        }
        let key = OwnAddress(address: address.value.address, node: address.node)
        guard let first = onNode[key] else {
            onNode[key] = index
            continue
        }
        let other = network.addresses[first]
        // Of two links with one subnet, the subnet is what was written twice: T0302 says so.
        if address.member.kind == .pointToPointHost, other.member.kind == .pointToPointHost { continue }
        let proposal = freeSubnets.take(like: address.value.prefix)
        findings.add(repeated(index, of: first, in: network, proposal: proposal), about: [index])
        findings.settle(address.subnet)
    }
}

/// Whether two hosts' bridges have one IPv4 address, as `docker network create` gives every host's: each bridge answers its own
/// host's containers before the other's answer is there, and the kernel keeps the first answer (`locktime` in arp(7)).
///
/// IPv6 is different: duplicate address detection leaves one of them without it (RFC 4862, 5.4).
private func isSharedGateway(_ one: Network.AssignedAddress, _ other: Network.AssignedAddress) -> Bool {
    one.value.address.family == .ipv4 && one.member.kind == .bridge && other.member.kind == .bridge
        && one.node != other.node
}

/// The warning on a gateway's address that two hosts' bridges on one segment have.
private func sharedGateway(_ index: Int, of first: Int, in network: Network) -> Diagnostic {
    let (address, other) = (network.addresses[index], network.addresses[first])
    let (host, otherHost) = (address.member.interface.host, other.member.interface.host)
    return Diagnostic(
        .duplicateAddress, "\"\(address.value.address)\" is the address of two hosts' bridges on one segment",
        at: .init(address.span, "\(network.interface(of: address)) has \(address.value.address)"),
        and: [.init(other.span, "\(network.interface(of: other)) already has it")],
        notes: [
            "each hides the other: \(host)'s containers use \(host) as their gateway, \(otherHost)'s use \(otherHost)",
            "with it, the hosts cannot reach each other's containers: answers go to the nearer host",
        ],
        help: ["give one of the bridges another address of \(address.value.prefix), unless you mean this"],
        severity: .warning)
}

extension Network {
    /// The IPv4 addresses that are on several segments: where they are, once for each segment, in the order of the segments.
    fileprivate var addressesOnSeveralSegments: [IPAddress: [Int]] {
        var all: [IPAddress: [Int]] = [:]
        for (index, address) in addresses.enumerated() where address.value.address.family == .ipv4 {
            guard self.index(of: address.value.address, on: address.segment) == index else { continue }
            all[address.value.address, default: []].append(index)
        }
        return all.filter { $0.value.count > 1 }
    }

    /// The address of another node on a segment where a node answers for its own of another segment.
    fileprivate func shadowed(by index: Int, among alike: [Int]) -> Int? {
        let address = addresses[index]
        return alike.first { other in
            addresses[other].node != address.node && addresses[other].segment != address.segment
                && nodes[address.node].segments.contains(addresses[other].segment)
        }
    }
}

/// The warning on an address that its node answers for on a segment where another has it.
private func shadow(_ index: Int, over other: Int, in network: Network) -> Diagnostic {
    let (address, known) = (network.addresses[index], network.addresses[other])
    let node = network.names.plain(network.nodes[address.node])
    return Diagnostic(
        .duplicateAddress,
        "\(node) answers for \"\(address.value.address)\" on the segment of \(network.interface(of: known)), "
            + "which has it, too",
        at: .init(address.span, "\(network.interface(of: address)) has \(address.value.address)"),
        and: [.init(known.span, "\(network.interface(of: known)) has it, on a segment that \(node) is on")],
        notes: [
            "a node answers ARP for each of its addresses on all its interfaces: neighbours may hear \(node) first"
        ],
        help: ["give one of the two another address, unless you mean this"], severity: .warning)
}

/// The message on an address that another interface of the segment has.
private func duplicate(
    _ index: Int, of first: Int, in network: Network, proposal: InterfaceAddress?
) -> Diagnostic {
    let address = network.addresses[index]
    let other = network.addresses[first]
    let (title, otherTitle) = (network.interface(of: address), network.interface(of: other))
    let otherLabel =
        other.span == address.span
        ? Diagnostic.Label(other.member.span, "\(otherTitle) takes it from the same place")
        : Diagnostic.Label(other.span, "\(otherTitle) already has it")
    let note =
        switch address.value.address {
        case .v4: "both would answer ARP requests for it, and packets go to whichever answered last"
        case .v6: "duplicate address detection (RFC 4862, 5.4) leaves the one that comes up later without it"
        }
    return Diagnostic(
        .duplicateAddress, "duplicate address: \"\(address.value.address)\" is on one segment twice",
        at: .init(address.span, "\(title) has \(address.value.address)"), and: [otherLabel], notes: [note],
        help: ["give \(title) an address of its own" + (proposal.map { ", for example \($0)" } ?? "")])
}

/// The message on an address that the same host or container has on another segment.
private func repeated(_ index: Int, of first: Int, in network: Network, proposal: Prefix?) -> Diagnostic {
    let address = network.addresses[index]
    let other = network.addresses[first]
    let node = network.names.plain(network.nodes[address.node])
    let title = network.interface(of: address)
    let otherTitle = network.interface(of: other)
    return Diagnostic(
        .duplicateAddress, "duplicate address: \"\(address.value.address)\" is on \(node) twice",
        at: .init(address.span, "\(title) has \(address.value.address)"),
        and: [.init(other.span, "\(otherTitle) already has it")],
        notes: ["Linux accepts it and makes two routes to \(address.value.prefix), but only ever uses the first"],
        help: ["give \(title) an address of a subnet of its own" + (proposal.map { ", for example of \($0)" } ?? "")])
}
