public import TopoModel

/// Which of its addresses a node sends from, as Linux chooses.
public enum SourceAddress {
    /// The source of packets for `destination` that leave by `route`, one of `TableRoute.ways`; nil where the node has none of that
    /// family.
    /// - Parameters:
    ///   - interfaces: the node's interfaces, in the order in which they are made.
    ///   - addresses: the addresses of one of them, in the order in which they are given.
    public static func chosen(
        for destination: IPAddress, by route: TableRoute?, interfaces: some Sequence<InterfaceID>,
        addresses: (InterfaceID) -> [InterfaceAddress]
    ) -> IPAddress? {
        guard let route, let interface = route.interface else { return nil }
        switch destination {
        case .v4: return version4(by: route, interface, interfaces, addresses)
        case .v6(let address): return version6(for: address, interface, interfaces, addresses)
        }
    }

    /// IPv4: a connected route's own address; else the interface's first in the next hop's subnet, else its first, else
    /// the first of any other interface. A second address in a subnet that the interface already has is never chosen.
    private static func version4(
        by route: TableRoute, _ interface: InterfaceID, _ interfaces: some Sequence<InterfaceID>,
        _ addresses: (InterfaceID) -> [InterfaceAddress]
    ) -> IPAddress? {
        var hop: IPAddress?
        switch route.action {
        case .onLink(_, let source?): return source
        case .onLink(_, nil), .multipath, .invalid, .unreachable, .blackhole: break
        case .via(let address, _): hop = address
        }
        let own = addresses(interface).filter { $0.address.family == .ipv4 }
        if let hop, let near = own.first(where: { $0.prefix.contains(hop) }) { return near.address }
        if let first = own.first { return first.address }
        for other in interfaces {
            if let first = addresses(other).first(where: { $0.address.family == .ipv4 }) { return first.address }
        }
        return nil
    }

    /// IPv6 (RFC 6724, 5), of addresses that are all preferred: rule 2, a link-local address last, since it is for nobody
    /// beyond the link; rule 5, the interface's own first; rule 6, the same label; rule 8, the longest common prefix,
    /// within the subnet's length. Of equals the last one given wins, since the kernel keeps the newest first.
    private static func version6(
        for destination: IPv6Address, _ interface: InterfaceID, _ interfaces: some Sequence<InterfaceID>,
        _ addresses: (InterfaceID) -> [InterfaceAddress]
    ) -> IPAddress? {
        var best: (score: [Int], address: IPAddress)?
        for number in interfaces {
            for candidate in addresses(number).reversed() {
                guard case .v6(let address) = candidate.address else { continue }
                let common = (address.bits ^ destination.bits).leadingZeroBitCount
                let score = [
                    address == destination ? 1 : 0, address.isLinkLocal ? 0 : 1, number == interface ? 1 : 0,
                    label(address) == label(destination) ? 1 : 0, min(common, candidate.length),
                ]
                if let best, !best.score.lexicographicallyPrecedes(score) { continue }
                best = (score, candidate.address)
            }
        }
        return best?.address
    }

    /// The labels of RFC 6724, 2.1, as Linux has them.
    private static func label(_ address: IPv6Address) -> Int {
        let bits = address.bits
        if bits >> 121 == 0x7E { return 5 }  // fc00::/7
        if bits >> 112 == 0x2002 { return 2 }  // 6to4
        if bits >> 96 == 0x2001_0000 { return 6 }  // Teredo
        if bits >> 100 == 0x2001_001 { return 7 }  // ORCHIDv1
        if bits >> 32 == 0xFFFF { return 4 }  // IPv4-mapped
        if bits >> 32 == 0 { return 3 }  // IPv4-compatible
        return 1
    }
}
