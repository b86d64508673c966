public import TopoModel

/// The underlay's addresses of a tunnel's ends: what is written, else what the hosts' addresses imply.
public struct TunnelAddresses: Sendable, Hashable {
    /// A far end with its address.
    public struct FarEnd: Sendable, Hashable {
        /// What is written.
        public let end: TunnelEnd
        /// Its address.
        public let address: IPAddress
    }

    /// This end's address; nil where the host has none that fits.
    public let local: IPAddress?
    /// The far ends whose addresses are known, in the order of the file; none for a multicast group.
    public let remotes: [FarEnd]
}

extension Underlay {
    /// The addresses of a tunnel's ends.
    public func addresses(of tunnel: Tunnel, on host: Host) -> TunnelAddresses {
        let name = host.name.value
        let written = tunnel.local?.value
        let remotes = tunnel.farEnds.compactMap { end in
            address(of: end, from: name, local: written).map { TunnelAddresses.FarEnd(end: end, address: $0) }
        }
        var local = written
        if local == nil, let first = tunnel.farEnds.first, first.address == nil, let to = first.host {
            local = ends(from: name, to: to)?.local.address.address
        }
        if local == nil, let remote = remotes.first {
            local = source(on: name, towards: remote.address)?.address.address
        }
        return TunnelAddresses(local: local, remotes: remotes)
    }

    /// The underlay interface of a tunnel: what is written, with no reason, else the one that has this end's address, else the
    /// host's first with an address.
    public func device(of tunnel: Tunnel, on host: Host) -> (name: String, reason: String?)? {
        if let written = tunnel.dev { return (written.value, nil) }
        let places = Underlay.places(of: host)
        if let local = addresses(of: tunnel, on: host).local,
            let place = places.first(where: { $0.address.address == local })
        {
            return (place.interface, "the interface that has \(local)")
        }
        return places.first.map { ($0.interface, "the host's first with an address") }
    }

    private func address(of end: TunnelEnd, from host: String, local: IPAddress?) -> IPAddress? {
        if let address = end.address { return address }
        guard let to = end.host else { return nil }
        let place = local.flatMap { source(on: to, towards: $0) } ?? ends(from: host, to: to)?.remote
        return place?.address.address
    }
}

extension Tunnel {
    /// The far ends as written; none for a multicast group.
    public var farEnds: [TunnelEnd] {
        switch kind {
        case .gretap(let remote, _): [remote]
        case .vxlan(_, .remotes(let remotes), _): remotes
        case .vxlan(_, .group, _): []
        }
    }
}
