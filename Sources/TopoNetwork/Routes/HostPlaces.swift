import TopoModel

/// The addresses of a host's own interfaces, by what is asked of them.
struct HostPlaces: Sendable {
    /// NICs first, in the order of the file.
    let all: [Underlay.Place]
    private let byInterface: [String: [Int]]
    /// Without IPv6's link-local ones, which are on every link and say nothing of who is whose neighbour.
    private let byFamily: [AddressFamily: [Int]]
    /// The first in each subnet, likewise.
    private let firsts: [Prefix: Int]

    init(of host: Host) {
        all = Underlay.places(of: host)
        let all = all
        byInterface = Dictionary(grouping: all.indices, by: { all[$0].interface })
        let global = all.indices.filter { !all[$0].address.address.isIPv6LinkLocal }
        byFamily = Dictionary(grouping: global, by: { all[$0].address.address.family })
        firsts = Dictionary(global.map { (all[$0].address.prefix, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Those of one interface.
    func on(_ interface: String) -> [Underlay.Place] { (byInterface[interface] ?? []).map { all[$0] } }

    /// The first of a family.
    func first(_ family: AddressFamily) -> Underlay.Place? { byFamily[family]?.first.map { all[$0] } }

    /// The two places by which this host and another are in one subnet, in all ways, by the order of this one's: in
    /// time linear in the number of places of whoever has less.
    func meetings(with other: HostPlaces) -> [(own: Int, other: Int)] {
        if all.count <= other.all.count {
            return all.indices.compactMap { place in other.firsts[all[place].address.prefix].map { (place, $0) } }
        }
        var subnets: Set<Prefix> = []
        let found = other.all.indices.compactMap { place -> (own: Int, other: Int)? in
            let subnet = other.all[place].address.prefix
            guard subnets.insert(subnet).inserted else { return nil }
            return firsts[subnet].map { ($0, place) }
        }
        return found.sorted { $0.own < $1.own }
    }

    /// The number of the first of a family that is in none of these subnets.
    func first(_ family: AddressFamily, outside subnets: Set<Prefix>) -> Int? {
        byFamily[family]?.first { !subnets.contains(all[$0].address.prefix) }
    }
}
