import TopoDiagnostics
import TopoModel
import TopoNetwork

/// A bridge's own addresses of one family, and what of the containers on it is outside their subnets; all as indices.
struct BridgeMembers {
    /// The bridge's addresses; at least one.
    let addresses: [Int]
    /// The addresses that containers have on it.
    var members: [Int] = []
    /// How many these are.
    var count: Int { members.count }
    /// Those of them that are in no subnet of the bridge's.
    var outside: [Int] = []

    /// The message where the bridge's subnet has too little room for all.
    func outsideForLackOfRoom(in network: Network) -> Diagnostic? {
        guard addresses.count == 1, !outside.isEmpty else { return nil }
        let bridge = network.addresses[addresses[0]]
        return SmallSubnet(
            prefix: bridge.value.prefix,
            place: .init(bridge.span, "\(network.interface(of: bridge)) has \(bridge.value)"),
            members: addresses + members
        ).diagnostic(in: network)
    }

    /// The message on one container's address.
    func outside(_ index: Int, in network: Network) -> Diagnostic {
        let address = network.addresses[index]
        let bridge = addresses.map { network.addresses[$0] }
        let title = network.interface(of: address)
        let subnets = bridge.map { "\($0.value.prefix)" }.joined(separator: " and ")
        let moved = bridge[0].value.prefix.address(like: address.value.address)
        let example = moved.flatMap { moved in
            network.index(of: moved, on: address.segment) == nil
                ? ", for example \(InterfaceAddress(moved, length: bridge[0].value.length))" : nil
        }
        return Diagnostic(
            .addressOutsideSubnet, "\"\(address.value)\" is not in its bridge's subnet \(subnets)",
            at: .init(address.span, "\(title) is on \(network.interface(of: bridge[0]))"),
            and: bridge.map { .init($0.span, "\(network.interface(of: $0)) has \($0.value)") },
            notes: [
                "\(address.member.interface.host) would look for \(address.value.address) elsewhere: no answer gets back"
            ], help: ["give \(title) an address of \(subnets)\(example ?? "")"])
    }

    /// The message on the bridge's address, where several containers agree on another subnet: then it is the mistake.
    func outsideOfAll(in network: Network) -> Diagnostic? {
        guard outside.count >= 2, outside.count == count, addresses.count == 1, let first = outside.first else {
            return nil
        }
        let prefix = network.addresses[first].value.prefix
        guard outside.allSatisfy({ network.addresses[$0].value.prefix == prefix }) else { return nil }
        let bridge = network.addresses[addresses[0]]
        let title = network.interface(of: bridge)
        let moved = prefix.address(like: bridge.value.address) ?? prefix.firstHost
        let isFree = network.index(of: moved, on: bridge.segment) == nil
        return Diagnostic(
            .addressOutsideSubnet, "\"\(bridge.value)\" is not in the subnet of its bridge's containers, \(prefix)",
            at: .init(bridge.span, "\(title) has \(bridge.value)"),
            and: outside.prefix(2).map { index in
                let address = network.addresses[index]
                return .init(address.span, "\(network.interface(of: address)) has \(address.value)")
            },
            notes: ["none of the \(count) containers on it would find a router"],
            help: [
                "give \(title) an address of \(prefix)"
                    + (isFree ? ", for example \(InterfaceAddress(moved, length: prefix.length))" : "")
            ])
    }
}

extension Prefix {
    /// The address of this subnet with the host bits of `other`; nil where they are all zero or all one.
    fileprivate func address(like other: IPAddress) -> IPAddress? {
        let mask = last.bits ^ network.bits
        let host = other.bits & mask
        guard other.family == family, host != 0, host != mask else { return nil }
        return IPAddress(family, bits: network.bits | host)
    }
}
