/// How a container of Docker comes to its interfaces.
public enum DockerNetworking: String, Sendable, Hashable, CaseIterable {
    /// The scripts give it veth pairs from outside, without a network of Docker's.
    case byHand = "by-hand"
    /// By a network of Docker's own over the bridge that the container is on.
    case native
}
