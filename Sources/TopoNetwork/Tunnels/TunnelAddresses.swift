public import TopoModel

/// The underlay's addresses of a tunnel's ends: what is written, else what the hosts' addresses imply.
public struct TunnelAddresses: Sendable, Hashable {
    /// A far end with its address.
    public struct FarEnd: Sendable, Hashable {
        /// What is written.
        public let end: TunnelEnd
        /// Its address.
        public let address: IPAddress

        /// Makes a far end.
        public init(end: TunnelEnd, address: IPAddress) { (self.end, self.address) = (end, address) }
    }

    /// This end's address; nil where the host has none that fits, and of a multicast group where the kernel chooses well.
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
            address(of: end, of: tunnel, from: name, local: written).map {
                TunnelAddresses.FarEnd(end: end, address: $0)
            }
        }
        var local = written ?? groupSource(of: tunnel, on: host)
        if local == nil, let first = tunnel.farEnds.first, first.address == nil, let to = first.host {
            local = ends(of: tunnel, from: name, to: to)?.local.address.address
        }
        if local == nil, let remote = remotes.first {
            let usual = source(on: name, towards: remote.address)?.address.address
            let named = targets(on: name, of: tunnel, at: remote.address)
            // Packets may leave by one interface and carry another one's address: the far end takes what comes from where it
            // sends to.
            local = usual.map(named.contains) ?? true ? usual : named.first ?? usual
        }
        return TunnelAddresses(local: local, remotes: remotes)
    }

    /// The address that the packets of a VXLAN of a multicast group come from: what is set, else the first of its device's, of the
    /// group's family, else the first of the host's (`inet_select_addr`). Nil where the host has none, and without a group.
    public func sourceInGroup(of tunnel: Tunnel, on host: Host) -> IPAddress? {
        guard let group = VXLANGroup(tunnel) else { return nil }
        if let local = addresses(of: tunnel, on: host).local { return local }
        let places = places(of: host.name.value)
        let own = tunnel.dev.map { places?.on($0.value) ?? [] } ?? []
        return (own + (places?.all ?? [])).first { $0.address.address.family == group.address.family }?.address.address
    }

    /// The underlay interface of a tunnel: what is written, with no reason, else the one that has this end's address, else the
    /// host's first with an address. None where this end's address is the loopback interface's: packets leave by whichever
    /// interface the routes say.
    public func device(of tunnel: Tunnel, on host: Host) -> (name: String, reason: String?)? {
        if let written = tunnel.dev { return (written.value, nil) }
        let places = places(of: host.name.value)?.all
        if let local = addresses(of: tunnel, on: host).local, let owner = owner(of: local) {
            // Of two hosts with one address the first has it.
            let place = owner.host == host.name.value ? owner : places?.first { $0.address.address == local }
            if place?.interface == InterfaceName.loopback { return nil }
            if let place { return (place.interface, "the interface that has \(local)") }
        }
        return places?.first { $0.interface != InterfaceName.loopback }.map {
            ($0.interface, "the host's first with an address")
        }
    }

    private func address(
        of end: TunnelEnd, of tunnel: Tunnel, from host: String, local: IPAddress?
    ) -> IPAddress? {
        if let address = end.address { return address }
        guard let to = end.host else { return nil }
        let place = local.flatMap { source(on: to, towards: $0) } ?? ends(of: tunnel, from: host, to: to)?.remote
        return place?.address.address
    }
}

extension Underlay {
    /// The addresses by which two hosts can be the ends of a tunnel: none in the segment that the tunnel itself extends, whose
    /// packets would go through it.
    private func ends(of tunnel: Tunnel, from: String, to: String) -> (local: Place, remote: Place)? {
        let own = subnets(of: InterfaceName(host: from, interface: tunnel.name.value))
        let others = writtenEnds(of: tunnel, on: to, towards: from).flatMap {
            subnets(of: InterfaceName(host: to, interface: $0.tunnel))
        }
        return ends(from: from, to: to, outside: Set(own + others))
    }

    /// The addresses of a host to which the ends of a tunnel that are at `remote` send, as written there.
    private func targets(on host: String, of tunnel: Tunnel, at remote: IPAddress) -> [IPAddress] {
        guard let far = owner(of: remote)?.host, far != host else { return [] }
        return writtenEnds(of: tunnel, on: far, towards: host).filter { $0.local.map { $0 == remote } ?? true }
            .compactMap(\.address)
    }
}

/// What the members of a VXLAN that floods through a multicast group have in common.
struct VXLANGroup: Hashable, Sendable {
    /// The group's address.
    let address: IPAddress
    private let vni: UInt32
    private let port: UInt16

    /// The group of a tunnel; nil for one without.
    init?(_ tunnel: Tunnel) {
        guard case .vxlan(let vni, .group(let group), let port) = tunnel.kind else { return nil }
        address = group.value
        self.vni = vni.value
        self.port = port?.value ?? Tunnel.vxlanPort
    }
}

/// An end of a tunnel as another host's tunnel names it.
struct WrittenEnd: Sendable {
    /// What the packets of two tunnels have in common where one's are taken for the other's, and between whom they go.
    struct Key: Hashable, Sendable {
        /// The host whose tunnel names the end.
        let host: String
        /// The host that is named.
        let target: String
        /// GRE's key (RFC 2890) or VXLAN's identifier (RFC 7348).
        let number: UInt32?
        /// VXLAN's UDP port; nil for GRE.
        let port: UInt16?

        init(_ tunnel: Tunnel, host: String, target: String) {
            self.host = host
            self.target = target
            switch tunnel.kind {
            case .gretap(_, let key): (number, port) = (key?.value, nil)
            case .vxlan(let vni, _, let port): (number, self.port) = (vni.value, port?.value ?? Tunnel.vxlanPort)
            }
        }
    }

    /// The tunnel that names it.
    let tunnel: String
    /// That tunnel's own address, where it is written.
    let local: IPAddress?
    /// The address that is written; nil for a host's name.
    let address: IPAddress?
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
