import TopoDiagnostics
import TopoModel
import TopoNetwork

/// A tunnel with its host and its ends' addresses.
struct OwnedTunnel {
    /// The host that it is in.
    let host: Host
    /// The tunnel.
    let tunnel: Tunnel
    /// Its ends' addresses, as written or derived.
    let addresses: TunnelAddresses

    /// The host's name.
    var owner: String { host.name.value }
    /// What messages call it.
    var title: String { "\(owner)'s tunnel \"\(tunnel.name.value)\"" }
    /// `gretap` or `vxlan`.
    var type: String {
        switch tunnel.kind {
        case .gretap: "gretap"
        case .vxlan: "vxlan"
        }
    }

    /// GRE's far end and key; nil for a VXLAN.
    var gretap: (remote: TunnelEnd, key: Located<UInt32>?)? {
        switch tunnel.kind {
        case .gretap(let remote, let key): (remote, key)
        case .vxlan: nil
        }
    }

    /// VXLAN's identifier, way to flood and port; nil for GRE.
    var vxlan: (vni: Located<UInt32>, flood: VXLANFlood, port: Located<UInt16>?)? {
        switch tunnel.kind {
        case .gretap: nil
        case .vxlan(let vni, let flood, let port): (vni, flood, port)
        }
    }

    /// The far end that is this host; nil where it has none there.
    func end(at host: String) -> TunnelEnd? { tunnel.farEnds.first { $0.host == host } }

    /// True for a VXLAN that floods through a group.
    var hasGroup: Bool {
        switch tunnel.kind {
        case .vxlan(_, .group, _): true
        case .gretap, .vxlan(_, .remotes, _): false
        }
    }

    /// Where this end's address is said: itself, or the tunnel's name where it is derived.
    var localSpan: Span { (tunnel.local?.span ?? tunnel.name.span) }

    /// Its far end as written: a host's name or an address.
    func written(_ end: TunnelEnd) -> String { end.address.map { "\($0)" } ?? end.host ?? "" }
}
