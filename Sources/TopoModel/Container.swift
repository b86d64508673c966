public import TopoDiagnostics

/// A network namespace with a process: LXD, Incus, Docker, or a bare namespace.
public struct Container: Sendable, Hashable {
    /// Its name, unique in its host.
    public let name: Located<String>
    /// What makes it: its own, its host's or the topology's runtime.
    public let runtime: Runtime
    /// How it comes to its interfaces, where Docker makes it.
    public let docker: DockerNetworking
    /// Its image, where one is said here.
    public let image: Located<String>?
    /// What it runs, word by word; what its image says where empty.
    public let command: [Located<String>]
    /// Its interfaces, in order; a container written in the short form has one, `eth0`.
    public let interfaces: [ContainerInterface]
    /// Its VLAN interfaces.
    public let vlans: [VLANInterface]
    /// The addresses of its loopback interface, beyond those that the kernel gives it.
    public let loopback: [Located<InterfaceAddress>]
    /// Its default gateways, where said; derived where not.
    public let gateway: GatewayChoice
    /// Its routes, beyond its subnets and its gateway.
    public let routes: [Route]
    /// Whether it forwards IP packets: a container that routes.
    public let forwarding: Located<Bool>?
    /// Whether its addresses are to be there after it restarts; true where not said.
    public let persist: Located<Bool>?
    /// What a reader should know.
    public let description: String?

    /// Makes a container.
    public init(
        name: Located<String>, runtime: Runtime, docker: DockerNetworking = .byHand, image: Located<String>? = nil,
        command: [Located<String>] = [], interfaces: [ContainerInterface],
        vlans: [VLANInterface] = [], loopback: [Located<InterfaceAddress>] = [], gateway: GatewayChoice = .derived,
        routes: [Route] = [],
        forwarding: Located<Bool>? = nil,
        persist: Located<Bool>? = nil, description: String? = nil
    ) {
        self.name = name
        self.runtime = runtime
        self.docker = docker
        self.image = image
        self.command = command
        self.interfaces = interfaces
        self.vlans = vlans
        self.loopback = loopback
        self.gateway = gateway
        self.routes = routes
        self.forwarding = forwarding
        self.persist = persist
        self.description = description
    }

    /// All its addresses, in the order of its interfaces, its VLAN interfaces, and its loopback interface.
    public var addresses: [Located<InterfaceAddress>] {
        interfaces.flatMap(\.allAddresses) + vlans.flatMap(\.addresses) + loopback
    }

    /// The same container with other routes.
    public func with(routes: [Route]) -> Container {
        Container(
            name: name, runtime: runtime, docker: docker, image: image, command: command, interfaces: interfaces,
            vlans: vlans,
            loopback: loopback, gateway: gateway, routes: routes, forwarding: forwarding, persist: persist,
            description: description)
    }
}

/// Where a container sends what is for no subnet of its own.
public enum GatewayChoice: Sendable, Hashable {
    /// Not said: the address of its bridge or of its link's other end, where that routes.
    case derived
    /// `gateway: none`.
    case none(Span)
    /// These, at most one a family.
    case routers([NextHop])

    /// The routers that are written.
    public var routers: [NextHop] {
        switch self {
        case .derived, .none: []
        case .routers(let routers): routers
        }
    }
}

/// An interface in a container, the near end of a veth pair.
public struct ContainerInterface: Sendable, Hashable {
    /// What the pair's other end is joined to.
    public enum Attachment: Sendable, Hashable {
        /// A bridge of the host, by name.
        case bridge(Located<String>)
        /// Nothing: the host's end has an address itself. One entry a family at least.
        case pointToPoint([PointToPointLink])
    }

    /// Its name in the container; its span is the container's name where the short form was used.
    public let name: Located<String>
    /// What the other end is joined to.
    public let attachment: Attachment
    /// Its addresses in the container; for a point-to-point link, the links' container ends are not repeated here.
    public let addresses: [Located<InterfaceAddress>]
    /// The VLANs of the bridge's port that it is.
    public let vlans: PortVLANs
    /// Its MAC; derived where not said.
    public let mac: Located<MACAddress>?
    /// Its MTU, in bytes; derived where not said.
    public let mtu: Located<Int>?
    /// What a reader should know.
    public let description: String?

    /// Makes an interface.
    public init(
        name: Located<String>, attachment: Attachment, addresses: [Located<InterfaceAddress>] = [],
        vlans: PortVLANs = .none, mac: Located<MACAddress>? = nil, mtu: Located<Int>? = nil, description: String? = nil
    ) {
        self.name = name
        self.attachment = attachment
        self.addresses = addresses
        self.vlans = vlans
        self.mac = mac
        self.mtu = mtu
        self.description = description
    }

    /// Its point-to-point links; none where it is joined to a bridge.
    public var links: [PointToPointLink] {
        switch attachment {
        case .bridge: []
        case .pointToPoint(let links): links
        }
    }

    /// All addresses that the container has on it, a point-to-point link's included.
    public var allAddresses: [Located<InterfaceAddress>] {
        switch attachment {
        case .bridge: addresses
        case .pointToPoint(let links): links.map(\.container) + addresses
        }
    }
}

/// The two addresses of a veth pair without a bridge: a /30, or a /31 (RFC 3021), /126, /127 (RFC 6164) or /64; or a single address
/// of the container's, which the host routes to.
public struct PointToPointLink: Sendable, Hashable {
    /// The address of the host's end.
    public let host: Located<InterfaceAddress>
    /// The address of the container's end.
    public let container: Located<InterfaceAddress>
    /// Whether the container has a single address: the two ends share no subnet, and each reaches the other by a route.
    public let isRouted: Bool
    /// The interface of the host on which it answers for the container's address; nil for none.
    public let announce: Located<String>?

    /// Makes a link; for the short form (`p2p: 10.2.0.0/30`) both ends have the prefix's span.
    public init(host: Located<InterfaceAddress>, container: Located<InterfaceAddress>) {
        self.host = host
        self.container = container
        isRouted = false
        announce = nil
    }

    /// Makes the link of a single address.
    public init(routed container: Located<InterfaceAddress>, announce: Located<String>?) {
        host = Located(Self.hostEnd(container.value.address.family), at: container.span)
        self.container = container
        isRouted = true
        self.announce = announce
    }

    /// The address of the host's end where the container has a single one: the same on each such link, as `routed` NICs of LXD
    /// have it. It is link-local, so that it is nobody's beyond the link (RFC 3927, RFC 4291).
    public static func hostEnd(_ family: AddressFamily) -> InterfaceAddress {
        switch family {
        case .ipv4: InterfaceAddress(IPAddress(.ipv4, bits: 0xA9FE_0001), length: 32)
        case .ipv6: InterfaceAddress(IPAddress(.ipv6, bits: 0xFE80 << 112 | 1), length: 128)
        }
    }
}
