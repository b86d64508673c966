import TopoModel
import TopoPlan

/// All of a container that a packet's way can depend on, in words that are the same for any container like it: itself, its
/// own link and what is in the link alone are not called by name.
struct ContainerKind: Hashable {
    /// An interface, seen from the container.
    enum Place: Hashable {
        case own
        /// The host's end of its link.
        case peer
        case other(Int)
    }

    /// An address, seen from the container.
    enum Name: Hashable {
        case own
        /// The host's end of its link has it.
        case peer
        case other(IPAddress)
    }

    /// What a node does with packets for a prefix.
    struct Decision: Hashable {
        /// What becomes of them.
        enum Action: Hashable {
            case onLink(Place, source: Name?)
            case via(Name, Place)
            case multipath([Hop])
            case invalid(Name)
            case unreachable
            case blackhole
        }

        /// One of several next hops.
        struct Hop: Hashable {
            let address: Name
            let interface: Place
        }

        /// The node; nil for the container itself.
        let node: Int?
        let action: Action
    }

    /// A prefix, seen from the container.
    enum Destination: Hashable {
        /// One that holds addresses of its link alone.
        case own(length: Int, holdsOwn: [Bool], holdsPeer: [Bool])
        case other(Int)
    }

    /// A route of the container's.
    struct OwnRoute: Hashable {
        let destination: Destination
        let action: Decision.Action
    }

    /// A prefix of its link alone around an address, with what all nodes do with packets for it.
    struct Layer: Hashable {
        let destination: Destination
        let decisions: Set<Decision>
    }

    /// An address of its link: what routing takes it for.
    struct Address: Hashable {
        let isPeers: Bool
        let family: AddressFamily
        let length: Int
        /// The prefixes of its link alone that hold it, the smallest first.
        let layers: [Layer]
        /// The smallest prefix with others in it, too; the larger ones follow from it.
        let shared: Int?
    }

    let host: Int
    /// The bridge that it is on; nil for a link of its own.
    let bridge: Int?
    /// The VLANs of the bridge's port that it is, where the bridge tells them apart.
    let vlans: PlannedPortVLANs?
    /// Its interface's name.
    let interface: String
    /// That of both ends of its link.
    let mtu: Int
    let addresses: [Address]
    let routes: Set<OwnRoute>
}
