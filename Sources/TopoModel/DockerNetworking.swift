/// How a container of Docker comes to its interfaces.
public enum DockerNetworking: String, Sendable, Hashable, CaseIterable {
    /// The scripts give it veth pairs from outside, without a network of Docker's.
    case byHand = "by-hand"
    /// By a network of Docker's own over the bridge that the container is on.
    case native
    /// By a network of Docker's own of macvlan interfaces, over the NIC that is the only port of the container's bridge, in
    /// place of that bridge.
    case macvlan
}
