/// An interface of a host that exists before topoc does, plugged to a LAN.
public struct NIC: Sendable, Hashable {
    /// Its name, as `ip link` shows it.
    public let name: Located<String>
    /// The LAN's name; none where nothing is plugged.
    public let lan: Located<String>?
    /// Its addresses; empty for a bridge port.
    public let addresses: [Located<InterfaceAddress>]
    /// The MAC to set; left alone where not said.
    public let mac: Located<MACAddress>?
    /// The MTU to set, in bytes; derived from the LAN's where not said.
    public let mtu: Located<Int>?
    /// The network that it belongs to, for figures and reports.
    public let partOf: Located<String>?
    /// What a reader should know.
    public let description: String?

    /// Makes a NIC.
    public init(
        name: Located<String>, lan: Located<String>? = nil, addresses: [Located<InterfaceAddress>] = [],
        mac: Located<MACAddress>? = nil, mtu: Located<Int>? = nil, partOf: Located<String>? = nil,
        description: String? = nil
    ) {
        self.name = name
        self.lan = lan
        self.addresses = addresses
        self.mac = mac
        self.mtu = mtu
        self.partOf = partOf
        self.description = description
    }
}
