public import TopoModel
import TopoNetwork

/// IP forwarding of a namespace.
public struct PlannedForwarding: Sendable, Hashable {
    /// The families that it is set for, IPv4 first: those that the topology uses there.
    public let families: [AddressFamily]
    /// On or off.
    public let isEnabled: Bool

    /// Makes a forwarding setting.
    public init(families: [AddressFamily], isEnabled: Bool) {
        self.families = families
        self.isEnabled = isEnabled
    }
}

/// An interface of a host that exists before.
public struct PlannedNIC: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// The LAN that it is plugged to.
    public let lan: String?
    /// The bridge that it becomes a port of.
    public let bridge: String?
    /// The MAC to set; nil to leave it.
    public let mac: Setting<MACAddress>?
    /// The MTU that it must have, in bytes; set where written or its LAN's is, expected (1500) where derived from nothing.
    public let mtu: Setting<Int>
    /// The network that it belongs to, for figures and reports.
    public let partOf: String?

    /// Makes a NIC.
    public init(
        name: String, lan: String?, bridge: String?, mac: Setting<MACAddress>?, mtu: Setting<Int>,
        partOf: String? = nil
    ) {
        self.name = name
        self.lan = lan
        self.bridge = bridge
        self.mac = mac
        self.mtu = mtu
        self.partOf = partOf
    }
}

/// A Linux bridge.
public struct PlannedBridge: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Who makes it.
    public let manager: Bridge.Manager
    /// Its MAC, set so that it does not follow its ports'.
    public let mac: Setting<MACAddress>
    /// Its MTU, in bytes: the least of its segment.
    public let mtu: Setting<Int>
    /// Whether it runs the spanning tree protocol.
    public let stp: Bool
    /// Whether it tells VLANs apart, port by port.
    public let filtersVLANs: Bool
    /// The VLANs of its own side: those of the host itself.
    public let vlans: PlannedPortVLANs
    /// NICs, tunnels and VLAN interfaces that become its ports, in the order of the file.
    public let ports: [String]
    /// The NIC of which the containers on it are macvlan interfaces: there is then no bridge, the NIC joins what it would,
    /// and its addresses are the NIC's; nil for a bridge.
    public let macvlanParent: String?
    /// The network that it belongs to, for figures and reports.
    public let partOf: String?

    /// Makes a bridge.
    public init(
        name: String, manager: Bridge.Manager, mac: Setting<MACAddress>, mtu: Setting<Int>, stp: Bool,
        filtersVLANs: Bool = false, vlans: PlannedPortVLANs = .none, ports: [String],
        macvlanParent: String? = nil, partOf: String? = nil
    ) {
        self.name = name
        self.manager = manager
        self.mac = mac
        self.mtu = mtu
        self.stp = stp
        self.filtersVLANs = filtersVLANs
        self.vlans = vlans
        self.ports = ports
        self.macvlanParent = macvlanParent
        self.partOf = partOf
    }
}

extension PlannedBridge {
    /// The VLAN that the host itself is in on it, without a tag.
    public var ownUntagged: PlannedPortVLANs { PlannedPortVLANs(untagged: vlans.untagged, tagged: []) }
}

/// A tunnel interface, all ends known.
public struct PlannedTunnel: Sendable, Hashable {
    /// What carries the frames.
    public enum Kind: Sendable, Hashable {
        /// Ethernet over GRE to one far end.
        case gretap(remote: Setting<IPAddress>, key: UInt32?)
        /// VXLAN to a UDP port.
        case vxlan(vni: UInt32, flood: Flood, port: UInt16)
    }

    /// How a VXLAN floods.
    public enum Flood: Sendable, Hashable {
        /// Through this multicast group.
        case group(IPAddress)
        /// One copy to each of these.
        case remotes([Setting<IPAddress>])
    }

    /// Its name.
    public let name: String
    /// What carries the frames.
    public let kind: Kind
    /// The underlay address of this end; nil where a VXLAN goes by its device's.
    public let local: Setting<IPAddress>?
    /// The underlay interface; nil where packets leave by whichever the routes say, since this end's address is the loopback
    /// interface's.
    public let dev: Setting<String>?
    /// The outer packets' TTL; the kernel's default where nil.
    public let ttl: Int?
    /// Its MAC.
    public let mac: Setting<MACAddress>
    /// Its MTU, in bytes.
    public let mtu: Setting<Int>
    /// The bridge that it becomes a port of.
    public let bridge: String?
    /// The network that it belongs to, for figures and reports.
    public let partOf: String?

    /// Makes a tunnel.
    public init(
        name: String, kind: Kind, local: Setting<IPAddress>?, dev: Setting<String>?, ttl: Int?,
        mac: Setting<MACAddress>, mtu: Setting<Int>, bridge: String?, partOf: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.local = local
        self.dev = dev
        self.ttl = ttl
        self.mac = mac
        self.mtu = mtu
        self.bridge = bridge
        self.partOf = partOf
    }
}

/// A NIC, tunnel or VLAN interface in a bridge.
public struct PlannedPort: Sendable, Hashable {
    /// What the port is.
    public enum Kind: Sendable, Hashable {
        case nic
        case tunnel
        case vlan
    }

    /// The bridge's name.
    public let bridge: String
    /// The interface's name.
    public let interface: String
    /// What the interface is.
    public let kind: Kind
    /// Its VLANs, where the bridge tells them apart.
    public let vlans: PlannedPortVLANs

    /// Makes a port.
    public init(bridge: String, interface: String, kind: Kind, vlans: PlannedPortVLANs = .none) {
        self.bridge = bridge
        self.interface = interface
        self.kind = kind
        self.vlans = vlans
    }
}

/// A container, without its interfaces.
public struct PlannedContainer: Sendable, Hashable {
    /// Its name, unique in its host.
    public let name: String
    /// What makes it.
    public let runtime: Runtime
    /// Its image; nil for a bare namespace.
    public let image: String?
    /// What a container of Docker runs, word by word; what its image says where empty.
    public let command: [String]
    /// The network of Docker's own that it is on; nil where its interfaces are made by hand.
    public let network: PlannedDockerNetwork?
    /// Whether its addresses are to be there after it restarts.
    public let isPersistent: Bool
    /// What a reader should know.
    public let description: String?

    /// Makes a container.
    public init(
        name: String, runtime: Runtime, image: String?, command: [String] = [],
        network: PlannedDockerNetwork? = nil, isPersistent: Bool, description: String?
    ) {
        self.name = name
        self.runtime = runtime
        self.image = image
        self.command = command
        self.network = network
        self.isPersistent = isPersistent
        self.description = description
    }
}

/// A veth pair between a host and a container.
public struct PlannedVeth: Sendable, Hashable {
    /// The container's name.
    public let container: String
    /// The interface's name in the container.
    public let interface: String
    /// The interface's name in the host, at most 15 bytes.
    public let hostInterface: String
    /// The MAC in the container.
    public let mac: Setting<MACAddress>
    /// The MAC in the host.
    public let hostMAC: Setting<MACAddress>
    /// The MTU of both ends, in bytes.
    public let mtu: Setting<Int>
    /// The bridge that the host's end is a port of; nil for a point-to-point link.
    public let bridge: String?
    /// The VLANs of that port, where the bridge tells them apart.
    public let vlans: PlannedPortVLANs
    /// In what is made (`Plan.asMade`): the NIC of which the container's end is a macvlan interface, and there is no end in
    /// the host; nil for a veth pair.
    public let macvlanParent: String?

    /// Makes a veth pair.
    public init(
        container: String, interface: String, hostInterface: String, mac: Setting<MACAddress>,
        hostMAC: Setting<MACAddress>, mtu: Setting<Int>, bridge: String?,
        vlans: PlannedPortVLANs = .none, macvlanParent: String? = nil
    ) {
        self.container = container
        self.interface = interface
        self.hostInterface = hostInterface
        self.mac = mac
        self.hostMAC = hostMAC
        self.mtu = mtu
        self.bridge = bridge
        self.vlans = vlans
        self.macvlanParent = macvlanParent
    }
}

/// An address on an interface.
public struct PlannedAddress: Sendable, Hashable {
    /// The interface's name in its namespace.
    public let interface: String
    /// The address.
    public let address: InterfaceAddress

    /// Makes an address.
    public init(interface: String, address: InterfaceAddress) {
        self.interface = interface
        self.address = address
    }

    /// Whether it is what the host's end of each link to a container with a single address has.
    public var isLinkEnd: Bool { address == PointToPointLink.hostEnd(address.address.family) }
}

/// A container's address that the host answers for to the neighbours on one of its interfaces, as an entry in its table of proxied
/// neighbours (ip-neighbour(8)).
public struct PlannedAnnouncement: Sendable, Hashable {
    /// The address.
    public let address: IPAddress
    /// The host's interface.
    public let interface: String

    /// Makes an announcement.
    public init(address: IPAddress, interface: String) {
        self.address = address
        self.interface = interface
    }
}
