internal import TopoDiagnostics
internal import TopoModel

/// The ends of a tunnel, all known.
struct TunnelEnds {
    /// This end's underlay address; nil where the topology's hosts have none that fits.
    let local: Setting<IPAddress>?
    /// The far ends, in the order of the file; none for a multicast group.
    let remotes: [Setting<IPAddress>]
    /// The underlay interface of this end.
    let dev: Setting<String>?
}

extension Underlay {
    /// Works out a tunnel's ends: what is written, else what the hosts' addresses and the other end imply.
    func ends(of tunnel: Tunnel, on host: Host) -> TunnelEnds {
        let name = host.name.value
        let known = addresses(of: tunnel, on: host)
        let remotes = known.remotes.map { remote in
            let towards = tunnel.local.map { "\($0.value)" } ?? name
            return Setting(
                remote.address,
                remote.end.address == nil
                    ? .derived("\(remote.end.host ?? "")'s address towards \(towards)") : .written(remote.end.span))
        }
        let towards = tunnel.farEnds.first.flatMap { $0.address == nil ? $0.host : nil }
        let local = known.local.map { address in
            Setting(
                address,
                tunnel.local.map { .written($0.span) }
                    ?? .derived("\(name)'s address towards \(towards ?? remotes.first.map { "\($0.value)" } ?? "")"))
        }
        return TunnelEnds(local: local, remotes: remotes, dev: dev(of: tunnel, on: host, local: local?.value))
    }

    private func dev(of tunnel: Tunnel, on host: Host, local: IPAddress?) -> Setting<String>? {
        if let written = tunnel.dev { return Setting(written.value, .written(written.span)) }
        if let local, let place = Underlay.places(of: host).first(where: { $0.address.address == local }) {
            return Setting(place.interface, .derived("the interface that has \(local)"))
        }
        return Underlay.places(of: host).first.map {
            Setting($0.interface, .derived("the host's first with an address"))
        }
    }
}

extension Tunnel {
    /// How many bytes of an underlay packet the tunnel takes for itself, over this family: the outer IP header (20 or
    /// 40), then GRE's 4 (RFC 2784) with 4 more for a key (RFC 2890), or UDP's 8 and VXLAN's 8 (RFC 7348), then the
    /// inner Ethernet header's 14.
    func overhead(over family: AddressFamily) -> Int {
        let outer =
            switch family {
            case .ipv4: 20
            case .ipv6: 40
            }
        switch kind {
        case .gretap(_, let key): return outer + 4 + (key == nil ? 0 : 4) + 14
        case .vxlan: return outer + 8 + 8 + 14
        }
    }

    /// The family of the outer packets.
    func underlayFamily(_ ends: TunnelEnds) -> AddressFamily {
        if case .vxlan(_, .group(let group), _) = kind { return group.value.family }
        return (ends.remotes.first?.value ?? ends.local?.value)?.family ?? .ipv4
    }

    /// What carries the frames, in words.
    var carrier: String {
        switch kind {
        case .gretap: "Ethernet over GRE"
        case .vxlan: "Ethernet over VXLAN"
        }
    }
}
