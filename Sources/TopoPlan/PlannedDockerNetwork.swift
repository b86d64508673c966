public import TopoModel

/// A network that Docker itself joins containers to: one for each bridge of a host that has such containers.
public struct PlannedDockerNetwork: Sendable, Hashable {
    /// What Docker makes it with.
    public enum Driver: Sendable, Hashable {
        /// A bridge that is there already, by name.
        case bridge(String)
        /// Macvlan interfaces over a NIC, by name, in the mode called bridge.
        case macvlan(parent: String)
    }

    /// Its name, to Docker: that of the bridge.
    public let name: String
    /// What Docker makes it with.
    public let driver: Driver
    /// The subnet that its containers' addresses are in.
    public let subnet: Prefix
    /// What its containers have as their default gateway; nil where they have none.
    public let gateway: IPAddress?
    /// The address that Docker keeps for a gateway: the gateway, or an address that nobody in the topology has.
    public let reserved: IPAddress
    /// Its containers' MTU, in bytes.
    public let mtu: Int

    /// Makes a network.
    public init(
        name: String, driver: Driver, subnet: Prefix, gateway: IPAddress?, reserved: IPAddress, mtu: Int
    ) {
        self.name = name
        self.driver = driver
        self.subnet = subnet
        self.gateway = gateway
        self.reserved = reserved
        self.mtu = mtu
    }
}
