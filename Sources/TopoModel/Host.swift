/// A machine that runs containers and may route.
public struct Host: Sendable, Hashable {
    /// Its name.
    public let name: Located<String>
    /// Whether it forwards IP packets; not touched where not said.
    public let forwarding: Located<Bool>?
    /// The interfaces that exist before topoc does.
    public let nics: [NIC]
    /// Its bridges.
    public let bridges: [Bridge]
    /// Its tunnels.
    public let tunnels: [Tunnel]
    /// Its VLAN interfaces.
    public let vlans: [VLANInterface]
    /// The addresses of its loopback interface, beyond those that the kernel gives it: single addresses, as a router has one that
    /// is there by whichever of its interfaces packets come.
    public let loopback: [Located<InterfaceAddress>]
    /// Its routes, beyond those to its own subnets.
    public let routes: [Route]
    /// What it does to the source of packets that it forwards, the first that fits before the others.
    public let nat: [NATRule]
    /// Its ports that stand for others' ports.
    public let publish: [PublishedPort]
    /// How it is reached over SSH; by its name where nil.
    public let ssh: SSHAccess?
    /// Its containers.
    public let containers: [Container]
    /// What a reader should know.
    public let description: String?

    /// Makes a host.
    public init(
        name: Located<String>, forwarding: Located<Bool>? = nil, nics: [NIC] = [], bridges: [Bridge] = [],
        tunnels: [Tunnel] = [], vlans: [VLANInterface] = [], loopback: [Located<InterfaceAddress>] = [],
        routes: [Route] = [],
        nat: [NATRule] = [], publish: [PublishedPort] = [], ssh: SSHAccess? = nil, containers: [Container] = [],
        description: String? = nil
    ) {
        self.name = name
        self.forwarding = forwarding
        self.nics = nics
        self.bridges = bridges
        self.tunnels = tunnels
        self.vlans = vlans
        self.loopback = loopback
        self.routes = routes
        self.nat = nat
        self.publish = publish
        self.ssh = ssh
        self.containers = containers
        self.description = description
    }

    /// The same host with other parts; those that are nil stay.
    public func with(
        nics: [NIC]? = nil, tunnels: [Tunnel]? = nil, routes: [Route]? = nil, containers: [Container]? = nil
    ) -> Host {
        Host(
            name: name, forwarding: forwarding, nics: nics ?? self.nics, bridges: bridges,
            tunnels: tunnels ?? self.tunnels, vlans: vlans, loopback: loopback, routes: routes ?? self.routes,
            nat: nat, publish: publish, ssh: ssh, containers: containers ?? self.containers, description: description)
    }
}
