import TopoDiagnostics
import TopoModel

/// Something on a packet's way that sets a limit to its size, in bytes of IP packet.
indirect enum SizeLimit: Sendable, Hashable {
    /// A node sends by an interface: what is larger is broken in pieces where it may be, else dropped and reported.
    case route(mtu: Int, node: Int, interface: Int, isSender: Bool)
    /// A wire drops what is larger, silently.
    case wire(mtu: Int, interface: Int)
    /// A bridge with `br_netfilter` sends by a port: IPv4 that may be broken is, all else that is larger is dropped.
    case bridgePort(mtu: Int, interface: Int)
    /// A tunnel puts it into a packet that is larger by `overhead` and itself meets these limits.
    case tunnel(TunnelLimit)
}

extension SizeLimit {
    /// The same for a packet in a frame that has a tag inside the tunnel, 0 for none.
    func carrying(_ tag: Int) -> SizeLimit {
        guard tag != 0, case .tunnel(let tunnel) = self else { return self }
        return .tunnel(
            TunnelLimit(
                overhead: tunnel.overhead + VLAN.tagSize, interface: tunnel.interface, node: tunnel.node,
                family: tunnel.family, keepsWhole: tunnel.keepsWhole, outer: tunnel.outer))
    }
}

/// The limits that a tunnel sets.
struct TunnelLimit: Sendable, Hashable {
    /// How much larger the outer packet is, in bytes.
    let overhead: Int
    /// The tunnel's interface.
    let interface: Int
    /// Its node.
    let node: Int
    /// The outer packet's family.
    let family: AddressFamily
    /// True for a gretap, whose outer packets may not be fragmented; false for a VXLAN, whose outer IPv4 packets may.
    let keepsWhole: Bool
    /// What the outer packet meets, in order.
    let outer: [SizeLimit]
}

/// Where a packet of some size is stopped.
struct SizeStop: Sendable, Hashable {
    /// The largest packet that passes there, in bytes, as far as is known there.
    let mtu: Int
    /// The node that stops it.
    let node: Int?
    /// The interface whose MTU it exceeds.
    let interface: Int
    /// Who tells the sender.
    let report: Report

    /// Whether the sender learns of it.
    enum Report: Sendable, Hashable {
        /// It is the sender itself.
        case refused
        /// The node sends ICMP.
        case reported
        /// Nobody does.
        case vanishes
    }
}
