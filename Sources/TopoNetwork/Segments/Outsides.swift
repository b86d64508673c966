public import TopoModel

extension Outside {
    /// The outsides of a topology, in the order of its LANs: of each LAN with a gateway that nobody on its segment has.
    public static func all(of topology: Topology, segments: Segments) -> [Outside] {
        guard segments.all.contains(where: { !$0.foreignGateways.isEmpty }) else { return [] }
        let all = segments.subnets(of: topology)
        return topology.lans.compactMap { lan in
            let subnets = lan.subnets.map(\.value)
            let addresses = segments.foreignGateways(ofLAN: lan.name.value).compactMap { gateway in
                lan.subnet(around: gateway.address).map { InterfaceAddress(gateway.address, length: $0.value.length) }
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
                for address in member.addresses where !member.isLinkEnd(address.value) {
                    subnets.insert(address.value.prefix)
                }
            }
        }
        var widest: [Prefix] = []
        for subnet in subnets.sorted() where !subnet.network.isIPv6LinkLocal {
            if let last = widest.last, last.contains(subnet) { continue }
            widest.append(subnet)
        }
        return widest
    }

    /// The gateways of a LAN that nobody on its segment has.
    public func foreignGateways(ofLAN lan: String) -> [Segment.Gateway] {
        index(ofLAN: lan).map { all[$0].foreignGateways.filter { $0.lan == lan } } ?? []
    }
}
