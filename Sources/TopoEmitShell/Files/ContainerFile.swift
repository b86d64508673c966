internal import TopoEmit

/// A file by which a container finds its addresses again when it starts.
struct ContainerFile {
    /// What in a container configures its network.
    enum Manager: String, CaseIterable {
        /// netplan(5), which writes the files of others.
        case netplan
        /// systemd-networkd(8).
        case networkd
        /// interfaces(5): Debian's ifupdown, or busybox's.
        case ifupdown
    }

    /// What reads it.
    let manager: Manager
    /// Where it is in the container.
    let path: String
    /// Its lines.
    let lines: [String]
}

extension InnerConfiguration {
    /// The files for each way in which a container's image may configure its network.
    var files: [ContainerFile] {
        ContainerFile.Manager.allCases.flatMap { manager in
            switch manager {
            case .netplan: [netplanFile] + sysctlFile(for: manager)
            case .networkd: networkdFiles + sysctlFile(for: manager)
            case .ifupdown: [interfacesFile]
            }
        }
    }

    /// Forwarding, which systemd-networkd has in other words from version to version: sysctl.d(5) is read before it.
    private func sysctlFile(for manager: ContainerFile.Manager) -> [ContainerFile] {
        guard !settings.isEmpty else { return [] }
        let lines = settings.map { "\($0.key) = \($0.value)" }
        return [ContainerFile(manager: manager, path: "/etc/sysctl.d/60-topoc.conf", lines: lines)]
    }
}
