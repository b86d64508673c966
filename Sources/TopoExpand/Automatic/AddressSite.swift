import TopoDiagnostics
import TopoModel
import TopoSyntax

/// An `address: auto`.
struct AddressSite {
    /// What the interface is, which says where its subnet comes from.
    enum Subject {
        /// A NIC, with the name of its LAN.
        case nic(lan: String?)
        /// A bridge, with the names of the LANs that its ports are on.
        case bridge(lans: [String])
        /// A container's interface in a network, or a network's bridge.
        case network(NetworkPart, isContainer: Bool)
        /// A container's link to its host, whose subnet is a routed network's.
        case link(NetworkPart)
        /// A container's interface, on a bridge of its host.
        case container(bridge: HostBridge)
    }

    /// The interface.
    let interface: AddressLock.Interface
    /// What it is.
    let subject: Subject
    /// Where `auto` is written.
    let span: Span
}

/// What a network has for a host's interfaces.
struct NetworkPart {
    /// The network's name.
    let network: String
    /// The subnets that the addresses come from, at most one of each family.
    let subnets: [Prefix]
    /// True for a network that has its own segment whatever others there are: its addresses are apart from all others'.
    let isApart: Bool
}

/// A bridge of a host, as far as automatic addresses need it.
struct HostBridge {
    /// Its name.
    let name: String
    /// Its addresses as they are written.
    let addresses: [String]
    /// The names of the LANs that its ports are on.
    let lans: [String]
}

/// What becomes of an `address: auto`.
enum AddressChange {
    /// It stays.
    case keep
    /// It is taken out: what is wrong is told.
    case drop
    /// It is this address, and these besides.
    case write([String])
    /// A link has these subnets, and needs its network no more.
    case link([String])
}
