import TopoModel

/// The tunnels' part of the broadcast domains: which tunnel ends are ends of one overlay.
extension SegmentJoins {
    /// What the ends of one VXLAN have in common, where it floods through a group.
    private struct GroupKey: Hashable {
        let vni: UInt32
        let port: UInt16
        let group: IPAddress
        /// The underlay's segment: a group is not heard beyond it.
        let underlay: Int
    }

    /// What two ends of a tunnel with named far ends have in common.
    private struct PairKey: Hashable {
        let from: String
        let to: String
        /// GRE's key or VXLAN's identifier; 2^32 for GRE without a key.
        let identifier: UInt64
        /// VXLAN's UDP port; nil for GRE.
        let port: UInt16?
        /// VXLAN's outer packets' family, which the kernel tells two with one number and port apart by; nil for GRE, and where
        /// the file says neither end's address.
        var family: AddressFamily?
    }

    /// Joins the ends of tunnels that have each other, or a group, in common.
    ///
    /// A VXLAN's end that lists the other is enough; for GRE both must name each other, since the kernel
    /// takes a packet only from the tunnel's remote.
    mutating func joinTunnels(of topology: Topology) {
        let tagged = tagged
        var groups: [GroupKey: Int] = [:]
        var pairs: [PairKey: [Int]] = [:]
        for host in topology.hosts {
            for tunnel in host.tunnels {
                guard let element = element(of: .init(host: host.name.value, interface: tunnel.name.value)) else {
                    continue
                }
                if let key = groupKey(of: tunnel, on: host, tagged) {
                    if let other = groups[key] {
                        join(tunnel: element, to: other, .overlay)
                    } else {
                        groups[key] = element
                    }
                }
                for key in pairKeys(of: tunnel, on: host) { pairs[key, default: []].append(element) }
            }
        }
        joinMirrored(pairs, of: topology)
    }

    private mutating func joinMirrored(_ pairs: [PairKey: [Int]], of topology: Topology) {
        var vxlans: [PairKey: Int] = [:]
        for host in topology.hosts {
            for tunnel in host.tunnels {
                guard case .vxlan(let vni, _, let port) = tunnel.kind,
                    let element = element(of: .init(host: host.name.value, interface: tunnel.name.value))
                else { continue }
                let key = PairKey(
                    from: host.name.value, to: "", identifier: UInt64(vni.value), port: port?.value ?? Tunnel.vxlanPort,
                    family: tunnel.writtenFamily)
                vxlans[key] = element
            }
        }
        for host in topology.hosts {
            for tunnel in host.tunnels {
                guard let element = element(of: .init(host: host.name.value, interface: tunnel.name.value)) else {
                    continue
                }
                for key in pairKeys(of: tunnel, on: host) {
                    let mirrored = PairKey(from: key.to, to: key.from, identifier: key.identifier, port: key.port)
                    if key.port == nil {
                        // Of several tunnels between the same two hosts with the same key, the first meets the first.
                        if let own = pairs[key]?.firstIndex(of: element), let others = pairs[mirrored],
                            own < others.count, element < others[own]
                        {
                            join(tunnel: element, to: others[own], .link)
                        }
                    } else {
                        // Where one end's family is not written, it is the other's.
                        let own = tunnel.writtenFamily
                        let families: [AddressFamily?] = own.map { [$0, nil] } ?? [nil, .ipv4, .ipv6]
                        let other = families.lazy.compactMap { family in
                            vxlans[
                                PairKey(
                                    from: key.to, to: "", identifier: key.identifier, port: key.port, family: family)]
                        }.first
                        if let other, other != element { join(tunnel: element, to: other, .overlay) }
                    }
                }
            }
        }
    }

    private mutating func groupKey(of tunnel: Tunnel, on host: Host, _ tagged: TaggedDomains?) -> GroupKey? {
        guard case .vxlan(let vni, .group(let group), let port) = tunnel.kind, let dev = tunnel.dev,
            let device = element(of: .init(host: host.name.value, interface: dev.value))
        else { return nil }
        return GroupKey(
            vni: vni.value, port: port?.value ?? Tunnel.vxlanPort, group: group.value,
            underlay: tagged?.domain(of: device, wire: wire) ?? root(of: device))
    }

    private func pairKeys(of tunnel: Tunnel, on host: Host) -> [PairKey] {
        let from = host.name.value
        switch tunnel.kind {
        case .gretap(let remote, let key):
            guard let to = remote.host else { return [] }
            return [PairKey(from: from, to: to, identifier: key.map { UInt64($0.value) } ?? 1 << 32, port: nil)]
        case .vxlan(let vni, .remotes(let remotes), let port):
            return remotes.compactMap { remote in
                remote.host.map {
                    PairKey(from: from, to: $0, identifier: UInt64(vni.value), port: port?.value ?? Tunnel.vxlanPort)
                }
            }
        case .vxlan(_, .group, _):
            return []
        }
    }
}
