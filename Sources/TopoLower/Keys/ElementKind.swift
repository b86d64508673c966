internal import TopoText

/// The kinds of mapping that a topology file is made of; each has its table of keys.
public enum ElementKind: String, Sendable, Hashable, CaseIterable {
    case topology
    case lan = "LAN"
    case virtualBox = "VirtualBox network"
    case network
    case host
    case nic = "NIC"
    case bridge
    case tunnel
    case vlan = "VLAN interface"
    case bridgePort = "bridge port"
    case container
    case interface
    case pointToPoint = "point-to-point link"
    case route
    case natRule = "NAT rule"
    case publishedPort = "published port"
    case sshAccess = "SSH access"
    case check
    case encapsulation

    /// What can be an interface of a host itself.
    static let hostDevices: [ElementKind] = [.nic, .bridge, .tunnel, .vlan]

    /// The keys that a mapping of this kind may have.
    public var keys: [KeyDescription] {
        switch self {
        case .topology: TopologyKeys.all
        case .lan: LANKeys.all
        case .virtualBox: VirtualBoxKeys.all
        case .network: NetworkKeys.all
        case .host: HostKeys.all
        case .nic: NICKeys.all
        case .bridge: BridgeKeys.all
        case .tunnel: TunnelKeys.all
        case .vlan: VLANKeys.all
        case .bridgePort: BridgePortKeys.all
        case .container: ContainerKeys.all
        case .interface: InterfaceKeys.all
        case .pointToPoint: PointToPointKeys.all
        case .route: RouteKeys.all
        case .natRule: NATKeys.all
        case .publishedPort: PublishKeys.all
        case .sshAccess: SSHKeys.all
        case .check: CheckKeys.all
        case .encapsulation: EncapsulationKeys.all
        }
    }

    /// What the keys begin with that are left to the writer of a file: `x-base:`, to be merged with `<<`.
    public static let ignoredKeys = "x-"

    /// True for a key that a mapping of this kind may have, and that means nothing.
    public func ignores(key: String) -> Bool { self == .topology && key.begins(with: Self.ignoredKeys) }

    /// The word with its article, as in `a bridge`.
    var withArticle: String {
        switch self {
        case .interface, .encapsulation, .sshAccess: "an \(rawValue)"
        case .topology, .lan, .virtualBox, .network, .host, .nic, .bridge, .tunnel, .vlan, .bridgePort, .container,
            .pointToPoint, .route,
            .natRule, .publishedPort, .check:
            "a \(rawValue)"
        }
    }
}
