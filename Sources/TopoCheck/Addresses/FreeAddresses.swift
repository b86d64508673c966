import TopoModel
import TopoNetwork

/// Finds addresses that nobody has, for messages to propose; each is proposed once.
struct FreeAddresses {
    private let network: Network
    /// Where the search in a subnet goes on: the number of the last address proposed.
    private var cursors: [Findings.SubnetPlace: UInt128] = [:]

    /// Prepares to look for addresses in a network.
    init(_ network: Network) { self.network = network }

    /// The next address, after that of `address`, which nobody has on its segment; nil where none is near.
    mutating func take(like address: Network.AssignedAddress) -> InterfaceAddress? {
        let prefix = address.value.prefix
        let (low, high) = (prefix.network.bits, prefix.last.bits)
        guard high - low >= 3 else { return nil }
        var bits = cursors[address.subnet] ?? address.value.address.bits
        // As many steps as a person would read addresses; beyond them there is no proposal.
        for _ in 0..<1024 {
            bits = bits + 1 >= high ? low + 1 : bits + 1
            let candidate = IPAddress(prefix.family, bits: bits)
            if network.index(of: candidate, on: address.segment) == nil {
                cursors[address.subnet] = bits
                return InterfaceAddress(candidate, length: prefix.length)
            }
        }
        return nil
    }
}
