import TopoDiagnostics
import TopoModel
import TopoPlan

/// An interface of an indexed network.
struct NetworkInterface: Sendable {
    /// What a frame sent by an interface gets to.
    enum Wire: Sendable, Hashable {
        /// Nothing: a NIC that is not plugged.
        case none
        /// The node itself: a loopback interface.
        case loopback
        /// The other end of a veth pair, by number.
        case veth(Int)
        /// The LAN of this number.
        case lan(Int)
        /// The far ends of the tunnel of this number.
        case tunnel(Int)
        /// The ports of the bridge that the interface is.
        case bridge
        /// What the interface of this number sends, with the tag of a VLAN.
        case vlan(link: Int, id: Int)

        /// Whether it has a carrier whatever else there is.
        var hasCarrier: Bool {
            switch self {
            case .none, .bridge, .vlan: false
            case .loopback, .veth, .lan, .tunnel: true
            }
        }
    }

    /// Its node's number.
    let node: Int
    /// Its name.
    let name: String
    /// Its MTU, in bytes.
    let mtu: Int
    /// Its MAC; nil for a NIC's that is left alone.
    let mac: MACAddress?
    /// The place in the file that its MTU comes from: where it is written, else the interface's own.
    let mtuOrigin: Span
    /// The place in the file that asks for it.
    let origin: Span
    /// What frames that it sends get to.
    var wire: Wire
    /// The number of the bridge that it is a port of.
    var master: Int?
    /// Of a bridge: its NICs and tunnels; the veth pairs of containers are not listed.
    var ports: [Int] = []
    /// Of a bridge that tells VLANs apart: those of its own side. Of a port of one: those of the port. Of all else nil.
    var vlans: PlannedPortVLANs?
    /// Of a bridge: whether it runs the spanning tree protocol.
    var stp = false
    /// Of a bridge: whether it stands for a NIC with macvlan interfaces, which reach all but the host itself.
    var isMacvlan = false
    /// Its addresses, in the order in which they are given.
    var addresses: [InterfaceAddress] = []
}
