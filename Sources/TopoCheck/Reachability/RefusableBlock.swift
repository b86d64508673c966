import TopoModel
import TopoNetwork

/// The block of addresses that a router has for what is behind it: the route that refuses it ends what nobody has.
struct RefusableBlock {
    /// The router, as an index in `Network.nodes`.
    let router: Int
    /// A subnet around all of those that are behind the router, and around no other.
    let prefix: Prefix

    /// The block of the last of some routers that has one; nil where none has.
    init?(ofOneOf routers: [Int], _ family: AddressFamily, in network: Network) {
        for router in routers.sorted(by: >) {
            if let prefix = Self.block(of: router, among: routers, family, in: network) {
                (self.router, self.prefix) = (router, prefix)
                return
            }
        }
        return nil
    }

    private static func block(
        of router: Int, among routers: [Int], _ family: AddressFamily, in network: Network
    ) -> Prefix? {
        let others = Set(routers.filter { $0 != router }.flatMap { network.nodes[$0].segments })
        let own = network.nodes[router].addresses.map { network.addresses[$0] }.filter {
            $0.value.address.family == family && !$0.value.address.isIPv6LinkLocal && !others.contains($0.segment)
        }
        guard let first = own.first?.value.prefix, let longest = own.map(\.value.length).min() else { return nil }
        let usual = family == .ipv4 ? 16 : 48
        var length = min(longest - 1, usual)
        while length > 0,
            !own.allSatisfy({ Prefix(containing: first.network, length: length).contains($0.value.address) })
        {
            length -= 1
        }
        guard length > 0 else { return nil }
        let prefix = Prefix(containing: first.network, length: length)
        let isAlone = network.addresses.allSatisfy { address in
            address.node == router || !prefix.overlaps(address.value.prefix)
                || own.contains { $0.segment == address.segment }
        }
        return isAlone ? prefix : nil
    }
}
