internal import TopoModel
public import TopoPlan

extension Plan {
    /// Whether the lab needs scripts of its own: some container is no bare namespace, or some bridge is made by others.
    public var needsLabVariant: Bool {
        hasForeignBridges || hosts.contains { host in host.containers.contains { $0.runtime != .netns } }
    }

    /// Whether some bridge is made by LXD, Incus or Docker.
    public var hasForeignBridges: Bool { hosts.contains { host in host.bridges.contains { $0.manager != .topoc } } }
}
