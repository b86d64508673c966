/// One `.topo` file: LANs, hosts and what is on them, with names resolved and addresses typed.
///
/// It says what the user wrote and no more: what is derived (gateways, MTUs, MACs) is in the Plan.
/// Lists are in the order of the file.
public struct Topology: Sendable, Hashable {
    /// Its name: the folder below `out/`, and part of derived names.
    public let name: Located<String>
    /// A title for figures and script headers.
    public let title: Located<String>?
    /// What a reader should know.
    public let description: String?
    /// What makes containers, unless a host or container says otherwise.
    public let runtime: Runtime
    /// The image of containers that name none.
    public let image: Located<String>?
    /// The commands that scripts use for bridges.
    public let bridgeTools: BridgeTools
    /// The networks outside the hosts.
    public let lans: [LAN]
    /// The machines.
    public let hosts: [Host]
    /// Who makes the routes of its routers.
    public let routing: Located<Routing>?
    /// What must hold once it is up.
    public let checks: [Check]
    /// False where something in the file could not be made out and is left out here, so that nothing can be concluded
    /// from what is missing; an error says what it was.
    public let isComplete: Bool

    /// Makes a topology.
    public init(
        name: Located<String>, title: Located<String>? = nil, description: String? = nil, runtime: Runtime,
        image: Located<String>? = nil, bridgeTools: BridgeTools = .brctl, lans: [LAN], hosts: [Host],
        routing: Located<Routing>? = nil, checks: [Check] = [], isComplete: Bool = true
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.runtime = runtime
        self.image = image
        self.bridgeTools = bridgeTools
        self.lans = lans
        self.hosts = hosts
        self.routing = routing
        self.checks = checks
        self.isComplete = isComplete
    }

    /// The same topology with other hosts.
    /// - Parameter isComplete: as it is where nil.
    public func with(hosts: [Host], isComplete: Bool? = nil) -> Topology {
        Topology(
            name: name, title: title, description: description, runtime: runtime, image: image,
            bridgeTools: bridgeTools, lans: lans, hosts: hosts, routing: routing, checks: checks,
            isComplete: isComplete ?? self.isComplete)
    }
}

/// Who makes the routes of a topology's routers.
public enum Routing: String, Sendable, Hashable, CaseIterable {
    /// They are written.
    case none
    /// topoc: of each router to every subnet that it is not on.
    case `static`
}

/// What makes and runs a container.
public enum Runtime: String, Sendable, Hashable, CaseIterable {
    case lxd
    case incus
    case docker
    /// A bare network namespace, `ip-netns(8)`.
    case netns
}

/// The commands that scripts use to make and fill bridges.
public enum BridgeTools: String, Sendable, Hashable, CaseIterable {
    /// `brctl(8)` of bridge-utils.
    case brctl
    /// `ip link … master`, `bridge(8)`.
    case iproute2
}
