import TopoDiagnostics
import TopoModel

/// A subnet with less room than there are interfaces for it.
struct SmallSubnet {
    /// The subnet.
    let prefix: Prefix
    /// Where it is said.
    let place: Diagnostic.Label
    /// All addresses that should be in it, as indices in `Network.addresses`.
    let members: [Int]

    /// The message (T0315); nil where there is room for all.
    func diagnostic(in network: Network) -> Diagnostic? {
        guard UInt128(members.count) > prefix.hostCount else { return nil }
        let all = members.map { network.addresses[$0] }
        let outside = all.filter { !prefix.contains($0.value.address) }
        guard let first = outside.first else { return nil }
        var length = prefix.length
        while length > 0, !holds(all, Prefix(containing: prefix.network, length: length)) { length -= 1 }
        let help =
            length >= prefix.length - 8
            ? "write /\(length) instead of /\(prefix.length), here and at the interfaces: \(Prefix(containing: prefix.network, length: length)) has room for \(Prefix(containing: prefix.network, length: length).hostCount)"
            : "take a subnet with room for \(members.count)"
        return Diagnostic(
            .subnetTooSmall,
            "\"\(prefix)\" has room for \(prefix.hostCount == 1 ? "1 address" : "\(prefix.hostCount) addresses"), but \(members.count) are needed",
            at: place, and: [.init(first.span, "\(network.interface(of: first)) is the first outside")],
            notes: outside.count > 1 ? ["\(outside.count) are outside of it"] : [], help: [help])
    }

    private func holds(_ all: [Network.AssignedAddress], _ prefix: Prefix) -> Bool {
        UInt128(all.count) <= prefix.hostCount
            && all.allSatisfy { $0.value.address >= prefix.firstHost && $0.value.address <= prefix.lastHost }
    }
}
