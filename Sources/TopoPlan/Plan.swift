public import TopoModel

/// What must exist, on every host, for the topology to be there: the one thing that backends and the prediction see.
public struct Plan: Sendable, Hashable {
    /// The topology's name.
    public let name: String
    /// Its title; its name where none was given.
    public let title: String
    /// What a reader should know.
    public let description: String?
    /// The runtime of containers that name none.
    public let runtime: Runtime
    /// The commands that scripts use for bridges.
    public let bridgeTools: BridgeTools
    /// The networks outside the hosts, in the order of the file.
    public let lans: [PlannedLAN]
    /// The hosts, in the order of the file.
    public let hosts: [HostPlan]
    /// What the user asked to be checked.
    public let checks: [Check]
    /// What is predicted, and checked at run time; empty until a prediction is made (`TopoForwarding`).
    public var expectations: [Expectation]
    /// How many pairs that the user's checks are about are not asserted, by the host of who would ask.
    public var leftOut: [String: Int]

    /// Makes a plan.
    public init(
        name: String, title: String, description: String?, runtime: Runtime, bridgeTools: BridgeTools,
        lans: [PlannedLAN], hosts: [HostPlan], checks: [Check], expectations: [Expectation] = [],
        leftOut: [String: Int] = [:]
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.runtime = runtime
        self.bridgeTools = bridgeTools
        self.lans = lans
        self.hosts = hosts
        self.checks = checks
        self.expectations = expectations
        self.leftOut = leftOut
    }
}

/// A network outside the hosts, with what is plugged to it.
public struct PlannedLAN: Sendable, Hashable {
    /// A NIC plugged to a LAN.
    public struct Plug: Sendable, Hashable {
        /// The host's name.
        public let host: String
        /// The NIC's name.
        public let nic: String

        /// Makes a plug.
        public init(host: String, nic: String) {
            self.host = host
            self.nic = nic
        }
    }

    /// Its name.
    public let name: String
    /// Its subnets as written; may be empty.
    public let subnets: [Prefix]
    /// Its gateways as written; may be empty.
    public let gateways: [IPAddress]
    /// What is behind its gateway and not in the topology; nil where nothing is.
    public let outside: Outside?
    /// The largest IP packet that it carries, in bytes.
    public let mtu: Setting<Int>
    /// False where it drops frames for MACs that are not its NICs' own.
    public let isPromiscuous: Bool
    /// The VirtualBox internal network that it is.
    public let virtualBoxNetwork: String?
    /// The NICs plugged to it, in the order of the file.
    public let plugs: [Plug]
    /// What a reader should know.
    public let description: String?

    /// Makes a LAN.
    public init(
        name: String, subnets: [Prefix], gateways: [IPAddress] = [], outside: Outside? = nil, mtu: Setting<Int>,
        isPromiscuous: Bool, virtualBoxNetwork: String?,
        plugs: [Plug], description: String?
    ) {
        self.name = name
        self.subnets = subnets
        self.gateways = gateways
        self.outside = outside
        self.mtu = mtu
        self.isPromiscuous = isPromiscuous
        self.virtualBoxNetwork = virtualBoxNetwork
        self.plugs = plugs
        self.description = description
    }
}
