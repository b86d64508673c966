import TopoDiagnostics
import TopoModel
import TopoPlan

/// A tunnel of an indexed network.
struct NetworkTunnel: Sendable {
    /// A far end.
    struct FarEnd: Sendable, Hashable {
        /// The underlay address.
        let address: IPAddress
        /// The number of the tunnel there that fits; nil where none does.
        let tunnel: Int?
    }

    /// Its interface's number.
    let interface: Int
    /// The number of its underlay device.
    let device: Int?
    /// Its settings.
    let plan: PlannedTunnel
    /// The underlay address that its packets come from, where it is set.
    let local: IPAddress?
    /// Its far ends, where they are told one by one.
    var farEnds: [FarEnd] = []
    /// Its multicast group's number among all groups of the network.
    var group: Int?

    /// The outer packets' protocol.
    var carrier: Carriage.Carrier {
        switch plan.kind {
        case .gretap(_, let key): .gretap(key: key)
        case .vxlan(let vni, _, let port): .vxlan(vni: vni, port: port)
        }
    }

    /// Whether its outer packets start with the inner packet's TTL: a gretap's without a TTL of its own.
    var inheritsTTL: Bool {
        switch plan.kind {
        case .gretap: plan.ttl == nil
        case .vxlan: false
        }
    }

    /// How much larger an outer packet of this family is than the inner one, in bytes: the outer IP header, then the
    /// tunnel's own, then the inner Ethernet header's 14.
    func overhead(over family: AddressFamily) -> Int { family.headerSize + carrier.headerSize + 14 }
}
