public import TopoModel

extension Outside {
    /// The outsides of a topology, in the order of its LANs: of each LAN with a gateway that nobody on its segment has.
    public static func all(of topology: Topology, segments: Segments) -> [Outside] {
        guard topology.lans.contains(where: { !$0.gateways.isEmpty }) else { return [] }
        let all = segments.subnets(of: topology)
        return topology.lans.compactMap { lan in
            let free = lan.gateways.map(\.value).filter { segments.owner(of: $0, onLAN: lan.name.value) == nil }
            let subnets = lan.subnets.map(\.value)
            let addresses = free.compactMap { address in
                subnets.filter { $0.contains(address) }.max { $0.length < $1.length }
                    .map { InterfaceAddress(address, length: $0.length) }
            }
            guard !addresses.isEmpty, let origin = lan.gateways.first?.span else { return nil }
            let families = Set(addresses.map(\.address.family))
            return Outside(
                lan: lan.name.value, addresses: addresses, subnets: subnets.filter { families.contains($0.family) },
                unknown: all.filter { subnet in
                    families.contains(subnet.family) && !subnets.contains { $0.contains(subnet) }
                }, origin: origin)
        }
    }
}

extension Segments {
    /// The subnets of a topology's LANs and interfaces, sorted, without those that are in others; link-local ones, which are on
    /// every link, are left out.
    public func subnets(of topology: Topology) -> [Prefix] {
        var subnets = Set(topology.lans.flatMap { $0.subnets.map(\.value) })
        for segment in all {
            for member in segment.members {
                for address in member.addresses { subnets.insert(address.value.prefix) }
            }
        }
        var widest: [Prefix] = []
        for subnet in subnets.sorted() where !subnet.network.isIPv6LinkLocal {
            if let last = widest.last, last.contains(subnet) { continue }
            widest.append(subnet)
        }
        return widest
    }

    /// Who of a LAN's segment has an address; nil where nobody has.
    public func owner(of address: IPAddress, onLAN lan: String) -> Segment.Member? {
        index(ofLAN: lan).flatMap { all[$0].owner(of: address) }
    }
}

extension Segment {
    /// The first member that has an address; nil where none has.
    func owner(of address: IPAddress) -> Member? {
        members.first { $0.addresses.contains { $0.value.address == address } }
    }
}
