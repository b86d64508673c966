/// A LAN of an indexed network.
struct NetworkLAN: Sendable {
    /// Its name.
    let name: String
    /// The largest IP packet that it carries, in bytes.
    let mtu: Int
    /// False where it drops frames for MACs that are not its NICs' own.
    let isPromiscuous: Bool
    /// The numbers of the NICs on it that are bridge ports, or have VLAN interfaces that are; what is behind the others ends there.
    var bridgedPlugs: [Int] = []
}
