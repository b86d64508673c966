internal import TopoModel
public import TopoPlan
public import TopoTemplates

/// Which of two daemons of one family makes a host's containers, by its client: LXD, or Incus, which began as a copy of it.
///
/// Incus takes the same words as LXD's `lxc`, but for those here (its own manual pages, `incus(1)` and below).
public enum InstanceClient: Sendable, Hashable {
    case lxd
    case incus

    /// That of a host: Incus where one of its containers is of Incus, LXD where none is.
    public init(of host: HostPlan) {
        self = host.containers.contains { $0.runtime == .incus } ? .incus : .lxd
    }

    /// The client's command.
    public var command: String {
        switch self {
        case .lxd: "lxc"
        case .incus: "incus"
        }
    }

    /// The command's word for making a container without starting it.
    public var creation: String {
        switch self {
        case .lxd: "init"
        case .incus: "create"
        }
    }

    /// The Debian package that has the command.
    public var package: String {
        switch self {
        case .lxd: "lxd"
        case .incus: "incus"
        }
    }

    /// What people call it.
    public var product: String {
        switch self {
        case .lxd: "LXD"
        case .incus: "Incus"
        }
    }

    /// What the shell functions of the templates call it.
    public var words: ClientWords {
        switch self {
        case .lxd: ClientWords(command: command, product: product, setUp: "lxd init")
        case .incus: ClientWords(command: command, product: product, setUp: "incus admin init")
        }
    }
}
