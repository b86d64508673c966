public import TopoEmit
public import TopoPlan
public import TopoTemplates

/// Writes each host's network as units of systemd-networkd, by which it is there after a reboot.
public struct NetworkdBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "networkd"

    /// Makes the backend.
    public init() {}

    /// Writes the units of all hosts.
    public func emit(_ plan: Plan, templates: Templates) -> [Artifact] {
        plan.hosts.flatMap { host in
            let folder = "\(host.name)/networkd"
            let units = HostUnits(host, of: plan)
            let settings = SettingsFile(host, of: plan).map { [($0.name, $0.text)] } ?? []
            return (units.files.map { ($0.name, $0.text) } + settings).map { name, text in
                Artifact(path: "\(folder)/\(name)", contents: text)
            }
        }
    }
}
