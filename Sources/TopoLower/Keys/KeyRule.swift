internal import TopoModel

/// What must hold between the keys of one mapping, as data: what a schema can say of it.
public indirect enum KeyRule: Sendable, Hashable {
    /// At least one of these keys is there.
    case some([String])
    /// At most one of these keys is there.
    case exclusive([String])
    /// None of these keys is there.
    case none([String])
    /// Where the first key is there, so is the second.
    case needs(String, String)
    /// Where a key has this word, the rules hold.
    case given(key: String, word: String, [KeyRule])
}

extension ElementKind {
    /// What must hold between the keys of a mapping of this kind.
    public var rules: [KeyRule] {
        switch self {
        case .topology, .lan, .virtualBox, .nic, .bridge, .vlan, .bridgePort, .encapsulation, .natRule, .sshAccess:
            []
        case .pointToPoint: PointToPointKeys.rules
        case .network: NetworkKeys.rules
        case .host: [.exclusive([HostKeys.nics.name, HostKeys.interfaces.name])]
        case .tunnel: TunnelKeys.rules
        case .container: ContainerKeys.rules
        case .interface: InterfaceKeys.rules
        case .route: RouteKeys.rules
        case .publishedPort: PublishKeys.rules
        case .check: CheckKeys.rules
        }
    }
}

extension CheckKeys {
    fileprivate static let rules: [KeyRule] = [
        .some(kinds.map(\.name)), .exclusive(kinds.map(\.name)), .needs(trace.name, hops.name),
        .needs(hops.name, trace.name), .needs(mtu.name, size.name), .needs(size.name, mtu.name),
        .needs(tcp.name, port.name), .needs(port.name, tcp.name),
    ]
}

extension PublishKeys {
    fileprivate static let rules: [KeyRule] = [.some([tcp.name, udp.name]), .exclusive([tcp.name, udp.name])]
}

extension RouteKeys {
    fileprivate static let rules: [KeyRule] =
        [
            .some([via.name, dev.name, type.name]),
            .given(key: type.name, word: RouteType.unicast.rawValue, [.some([via.name, dev.name])]),
            .needs(onLink.name, via.name), .needs(onLink.name, dev.name),
        ]
        + [RouteType.unreachable, .blackhole].map {
            .given(key: type.name, word: $0.rawValue, [.none([via.name, dev.name])])
        }
}

extension InterfaceKeys {
    fileprivate static let rules: [KeyRule] = [
        .some([bridge.name, pointToPoint.name, network.name]),
        .exclusive([bridge.name, pointToPoint.name]), .exclusive([bridge.name, network.name]),
        .exclusive([pointToPoint.name, address.name]), .exclusive([pointToPoint.name, addresses.name]),
        .exclusive([pointToPoint.name, vlan.name]), .exclusive([pointToPoint.name, tagged.name]),
    ]
}

extension ContainerKeys {
    fileprivate static let rules: [KeyRule] =
        [
            .some([
                InterfaceKeys.bridge.name, InterfaceKeys.pointToPoint.name, InterfaceKeys.network.name, interfaces.name,
            ])
        ]
        + InterfaceKeys.rules.dropFirst()
        + [
            InterfaceKeys.bridge.name, InterfaceKeys.pointToPoint.name, InterfaceKeys.network.name,
            InterfaceKeys.address.name,
            InterfaceKeys.addresses.name, InterfaceKeys.vlan.name, InterfaceKeys.tagged.name,
            InterfaceKeys.mac.name, InterfaceKeys.mtu.name,
        ].map { .exclusive([interfaces.name, $0]) }
}

extension NetworkKeys {
    fileprivate static let rules: [KeyRule] = NetworkKind.allCases.map { word in
        .given(
            key: kind.name, word: word.rawValue, [.none(ofOneKind.filter { $0.kind != word }.map(\.key.name))])
    }
}

extension TunnelKeys {
    fileprivate static let rules: [KeyRule] = [
        .given(
            key: type.name, word: TunnelType.gretap.rawValue,
            [.some([remote.name]), .none([remotes.name, vni.name, group.name, port.name])]),
        .given(
            key: type.name, word: TunnelType.vxlan.rawValue,
            [
                .some([vni.name]), .none([key.name]), .some([group.name, remote.name, remotes.name]),
                .exclusive([group.name, remote.name, remotes.name]),
            ]),
        .needs(group.name, dev.name),
    ]
}
