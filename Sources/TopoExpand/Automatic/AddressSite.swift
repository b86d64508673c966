import TopoDiagnostics
import TopoSyntax

/// An `address: auto`.
struct AddressSite {
    /// What the interface is, which says where its subnet comes from.
    enum Subject {
        /// A NIC, with the name of its LAN.
        case nic(lan: String?)
        /// A bridge, with the names of the LANs that its ports are on.
        case bridge(lans: [String])
        /// A container's interface in a network, or a network's bridge, with the network's subnets.
        case network([String], isContainer: Bool)
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
}
