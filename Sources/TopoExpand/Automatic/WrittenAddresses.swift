import TopoModel
import TopoSyntax
import TopoText

extension Node {
    /// The subnets of a LAN.
    var prefixes: [Prefix] {
        (word.map { [$0] } ?? items.compactMap(\.word)).compactMap { try? Prefix($0) }
    }

    /// Every address in it, with or without a length, and both ends of every subnet of a point-to-point link.
    var addresses: Set<IPAddress> {
        var found: Set<IPAddress> = []
        collect(into: &found)
        return found
    }

    private func collect(into found: inout Set<IPAddress>) {
        switch content {
        case .scalar(let text, _):
            guard text.utf8.contains(where: { $0 == 0x2E || $0 == 0x3A }) else { return }
            if let address = try? InterfaceAddress(text) {
                found.insert(address.address)
            } else if let address = try? IPAddress(text) {
                found.insert(address)
            }
        case .sequence(let items): for item in items { item.collect(into: &found) }
        case .mapping(let entries):
            for entry in entries {
                // The ends of a link are the first addresses of its subnet.
                if entry.key == "p2p", let subnet = entry.value.word.flatMap({ try? Prefix($0) }) {
                    for offset in 0...2 as ClosedRange<UInt128> where subnet.last.bits - subnet.network.bits >= offset {
                        found.insert(IPAddress(subnet.family, bits: subnet.network.bits + offset))
                    }
                }
                entry.value.collect(into: &found)
            }
        }
    }
}
