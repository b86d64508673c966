/// A Linux bridge in a host.
public struct Bridge: Sendable, Hashable {
    /// Who makes the bridge, and may take it away.
    public enum Manager: String, Sendable, Hashable, CaseIterable {
        /// The generated scripts.
        case topoc
        /// LXD, as one of its networks.
        case lxd
        /// Somebody else, before the scripts run.
        case existing
    }

    /// Its name.
    public let name: Located<String>
    /// The host's own addresses on it.
    public let addresses: [Located<InterfaceAddress>]
    /// NICs and tunnels of the host that are its ports; containers' veths are not listed.
    public let ports: [Located<String>]
    /// Who makes it; `topoc` where not said.
    public let managedBy: Located<Manager>?
    /// Whether it runs the spanning tree protocol; it does not where not said.
    public let stp: Located<Bool>?
    /// Its MAC; derived where not said.
    public let mac: Located<MACAddress>?
    /// Its MTU, in bytes; derived where not said.
    public let mtu: Located<Int>?
    /// The network that it belongs to, for figures and reports.
    public let partOf: Located<String>?
    /// What a reader should know.
    public let description: String?

    /// Makes a bridge.
    public init(
        name: Located<String>, addresses: [Located<InterfaceAddress>] = [], ports: [Located<String>] = [],
        managedBy: Located<Manager>? = nil, stp: Located<Bool>? = nil, mac: Located<MACAddress>? = nil,
        mtu: Located<Int>? = nil, partOf: Located<String>? = nil, description: String? = nil
    ) {
        self.name = name
        self.addresses = addresses
        self.ports = ports
        self.managedBy = managedBy
        self.stp = stp
        self.mac = mac
        self.mtu = mtu
        self.partOf = partOf
        self.description = description
    }
}
