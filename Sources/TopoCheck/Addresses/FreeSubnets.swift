import TopoModel

/// Finds subnets that nothing uses, for messages to propose; each is proposed once.
struct FreeSubnets {
    /// The subnets in use that are in no other of them, sorted; so their ends are sorted as well.
    private let used: [Prefix]
    /// Where the search goes on, by the block searched and the length sought.
    private var cursors: [Prefix: UInt128] = [:]

    /// Notes what a network uses, and Docker's default bridge network, which is in use wherever Docker is.
    init(_ network: Network) {
        let docker = Prefix(containing: .v4(IPv4Address(bits: 0xAC11_0000)), length: 16)
        let lans = network.topology.lans.flatMap { $0.subnets.map(\.value) }
        let all = (network.addresses.map(\.value.prefix) + lans + [docker]).sorted()
        var used: [Prefix] = []
        for prefix in all where used.last.map({ !$0.contains(prefix) }) ?? true { used.append(prefix) }
        self.used = used
    }

    /// A subnet as large as `prefix`, after it in the same block of private addresses; nil where none was found.
    mutating func take(like prefix: Prefix) -> Prefix? {
        guard prefix.length >= (prefix.family == .ipv4 ? 16 : 48) else { return nil }
        let block = Self.block(of: prefix)
        let width = prefix.family.width
        let size = UInt128(1) << UInt128(width - prefix.length)
        let step = max(size, Self.granularity(of: prefix))
        let key = Prefix(containing: block.network, length: prefix.length)
        var start = cursors[key] ?? prefix.network.bits
        for _ in 0..<4096 {
            let (next, overflows) = (start & ~(step - 1)).addingReportingOverflow(step)
            start = overflows || next > block.last.bits ? block.network.bits : next
            let candidate = Prefix(containing: IPAddress(prefix.family, bits: start), length: prefix.length)
            if isFree(candidate) {
                cursors[key] = start
                return candidate
            }
        }
        return nil
    }

    private func isFree(_ prefix: Prefix) -> Bool {
        let next = used.partitionIndex { $0.last < prefix.network }
        return next == used.count || !used[next].overlaps(prefix)
    }

    /// Subnets for containers differ in the second or third octet, as people number them; links lie side by side.
    private static func granularity(of prefix: Prefix) -> UInt128 {
        switch prefix.family {
        case .ipv6: 1
        case .ipv4:
            if prefix.length >= 29 { 1 } else { prefix.network.bits >> 24 == 10 ? 1 << 16 : 1 << 8 }
        }
    }

    /// The block that a proposal is looked for in: that of RFC 1918 which holds the subnet, else the subnet's /8 or /32.
    private static func block(of prefix: Prefix) -> Prefix {
        let privateBlocks = [(UInt32(0xAC10_0000), 12), (0xC0A8_0000, 16)].map {
            Prefix(containing: .v4(IPv4Address(bits: $0.0)), length: $0.1)
        }
        return privateBlocks.first { $0.contains(prefix) }
            ?? Prefix(containing: prefix.network, length: prefix.family == .ipv4 ? 8 : 32)
    }
}
