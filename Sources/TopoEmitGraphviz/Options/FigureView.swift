/// What of a topology a figure shows.
public enum FigureView: Sendable, Hashable {
    /// Who is joined to whom: bridges and their ports, LANs, veth pairs, tunnels.
    case layer2
    /// Subnets, and who routes between them.
    case layer3
    /// The network that carries the tunnels: the hosts' NICs and LANs.
    case underlay
    /// What the tunnels carry: their bridges and the containers on these.
    case overlay
    /// One host, by name, with its LANs, as in layer 2.
    case host(String)

    /// The view as the command line calls it, `host=NAME` for a host's; identifiers in an SVG begin with it.
    public var name: String {
        switch self {
        case .layer2: "l2"
        case .layer3: "l3"
        case .underlay: "underlay"
        case .overlay: "overlay"
        case .host(let name): "host=\(name)"
        }
    }
}
