/// A layer 2 network outside the hosts, to which their NICs are plugged.
public struct LAN: Sendable, Hashable {
    /// Its name.
    public let name: Located<String>
    /// The subnets that addresses on it come from; may be empty.
    public let subnets: [Located<Prefix>]
    /// The addresses of the router to what is not in the topology, at most one of each family.
    public let gateways: [Located<IPAddress>]
    /// The largest IP packet that it carries, in bytes; 1500 where not said.
    public let mtu: Located<Int>?
    /// False where it drops frames for MACs that are not its NICs' own, as a hypervisor does; true where not said.
    public let promiscuous: Located<Bool>?
    /// The VirtualBox internal network that it is.
    public let virtualBoxNetwork: Located<String>?
    /// What a reader should know.
    public let description: String?

    /// The narrowest of its subnets that holds an address; nil where none does.
    public func subnet(around address: IPAddress) -> Located<Prefix>? {
        subnets.filter { $0.value.contains(address) }.max { $0.value.length < $1.value.length }
    }

    /// Makes a LAN.
    public init(
        name: Located<String>, subnets: [Located<Prefix>] = [], gateways: [Located<IPAddress>] = [],
        mtu: Located<Int>? = nil,
        promiscuous: Located<Bool>? = nil, virtualBoxNetwork: Located<String>? = nil, description: String? = nil
    ) {
        self.name = name
        self.subnets = subnets
        self.gateways = gateways
        self.mtu = mtu
        self.promiscuous = promiscuous
        self.virtualBoxNetwork = virtualBoxNetwork
        self.description = description
    }
}
