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
        let far = tunnel.farEnds
        let remotes = far.compactMap { end in remote(end, from: host, local: tunnel.local?.value) }
        let local: Setting<IPAddress>? =
            if let written = tunnel.local {
                Setting(written.value, .written(written.span))
            } else if let first = far.first, first.address == nil, let to = first.host,
                let ends = ends(from: name, to: to)
            {
                Setting(ends.local.address.address, .derived("\(name)'s address towards \(to)"))
            } else if let remote = remotes.first, let source = source(on: name, towards: remote.value) {
                Setting(source.address.address, .derived("\(name)'s address towards \(remote.value)"))
            } else {
                nil
            }
        return TunnelEnds(local: local, remotes: remotes, dev: dev(of: tunnel, on: host, local: local?.value))
    }

    private func remote(_ end: TunnelEnd, from host: Host, local: IPAddress?) -> Setting<IPAddress>? {
        if let address = end.address { return Setting(address, .written(end.span)) }
        guard let to = end.host else { return nil }
        if let local, let place = source(on: to, towards: local) {
            return Setting(place.address.address, .derived("\(to)'s address towards \(local)"))
        }
        return ends(from: host.name.value, to: to).map {
            Setting($0.remote.address.address, .derived("\(to)'s address towards \(host.name.value)"))
        }
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
    /// The far ends as written; none for a multicast group.
    var farEnds: [TunnelEnd] {
        switch kind {
        case .gretap(let remote, _): [remote]
        case .vxlan(_, .remotes(let remotes), _): remotes
        case .vxlan(_, .group, _): []
        }
    }

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
