public import TopoDiagnostics
public import TopoNetwork

/// What must exist on one host, in the order in which it can be made; torn down in the reverse order.
public struct HostPlan: Sendable, Hashable {
    /// The host's name.
    public let name: String
    /// What a reader should know.
    public let description: String?
    /// How it is reached over SSH; by its name where nil.
    public let ssh: PlannedSSH?
    /// The objects, in order.
    public let objects: [PlannedObject]
    /// Where to find them.
    let index: HostIndex

    /// Makes a host's plan.
    public init(name: String, description: String?, ssh: PlannedSSH? = nil, objects: [PlannedObject]) {
        self.name = name
        self.description = description
        self.ssh = ssh
        self.objects = objects
        index = HostIndex(objects)
    }
}

/// A network namespace of a host.
public enum Namespace: Sendable, Hashable {
    /// The host's own.
    case host
    /// That of the container of this name.
    case container(String)
}

/// What a run of objects is for: a section of a script.
public enum Subject: Sendable, Hashable {
    /// The host's own IP forwarding.
    case forwarding
    /// The addresses of the host's loopback interface.
    case loopback
    /// A NIC, by name.
    case nic(String)
    /// A tunnel, by name.
    case tunnel(String)
    /// A bridge, by name.
    case bridge(String)
    /// A VLAN interface of the host, by name.
    case vlan(String)
    /// A container, by name, with its interfaces, addresses and routes.
    case container(String)
    /// The host's own routes.
    case routes
    /// What the host does to the addresses of packets that it forwards.
    case nat
}

/// A kernel object that must exist, where, for what, and why.
public struct PlannedObject: Sendable, Hashable {
    /// What must exist.
    public let object: KernelObject
    /// The network namespace that it is in (of a veth pair: its near end's, the host).
    public let namespace: Namespace
    /// The section that it belongs to.
    public let subject: Subject
    /// The place in the topology file that asks for it.
    public let origin: Span

    /// Makes a planned object.
    public init(_ object: KernelObject, in namespace: Namespace, for subject: Subject, from origin: Span) {
        self.object = object
        self.namespace = namespace
        self.subject = subject
        self.origin = origin
    }
}

/// Something that the kernel, or a container runtime, is asked to have.
public indirect enum KernelObject: Sendable, Hashable {
    /// IP forwarding of a namespace, on or off.
    case forwarding(PlannedForwarding)
    /// An interface that exists before: up, with these settings.
    case nic(PlannedNIC)
    /// A bridge, up.
    case bridge(PlannedBridge)
    /// A tunnel interface, up.
    case tunnel(PlannedTunnel)
    /// A VLAN interface, up.
    case vlan(PlannedVLAN)
    /// A NIC, tunnel or VLAN interface in a bridge.
    case port(PlannedPort)
    /// A container, without its interfaces, running.
    case container(PlannedContainer)
    /// A veth pair between the host and a container, both ends up, the host's end in its bridge if it has one.
    case veth(PlannedVeth)
    /// An address on an interface of the object's namespace.
    case address(PlannedAddress)
    /// A route of the object's namespace.
    case route(PlannedRoute)
    /// An address of a container that the host answers for on one of its interfaces.
    case announcement(PlannedAnnouncement)
    /// What the host does to the addresses of packets that it forwards: all of it, in a table of the topology's own.
    case nat(NAT)
}
