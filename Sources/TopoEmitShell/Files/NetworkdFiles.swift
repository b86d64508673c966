internal import TopoEmit

extension InnerConfiguration {
    /// systemd.network(5): a file an interface.
    var networkdFiles: [ContainerFile] {
        units.map { unit in
            ContainerFile(manager: .networkd, path: "/etc/systemd/network/\(unit.name)", lines: unit.lines)
        }
    }
}
