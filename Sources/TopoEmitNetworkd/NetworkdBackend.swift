public import TopoEmit
public import TopoPlan
public import TopoTemplates

/// Writes each host's network as units of systemd-networkd, by which it is there after a reboot.
public struct NetworkdBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "networkd"

    /// Makes the backend.
    public init() {}

    /// Writes the units of all hosts, and the script that puts them in place.
    public func emit(_ plan: Plan, templates: Templates) -> [Artifact] {
        let functions = ShellFunctions(templates)
        return plan.hosts.flatMap { host in
            let units = HostUnits(host, of: plan)
            let settings = SettingsFile(host, of: plan)
            let install = InstallScript(
                host: host, plan: plan, units: units, settings: settings, templates: templates, functions: functions)
            let texts = units.files.map { ($0.name, $0.text) } + (settings.map { [($0.name, $0.text)] } ?? [])
            return texts.map { Artifact(path: "\(host.name)/networkd/\($0)", contents: $1) } + [
                Artifact(path: "\(host.name)/networkd/install.sh", isExecutable: true, contents: install.text())
            ]
        }
    }
}
