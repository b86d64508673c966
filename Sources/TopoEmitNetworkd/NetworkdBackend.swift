public import TopoEmit
internal import TopoModel
public import TopoPlan
public import TopoTemplates

/// Writes each host's network as units of systemd-networkd, by which it is there after a reboot.
public struct NetworkdBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "networkd"

    /// Makes the backend.
    public init() {}

    /// Writes the units of all hosts and of their containers, the script that puts them in place, and netplan's file.
    public func emit(_ plan: Plan, templates: Templates) -> [Artifact] {
        let plan = plan.asMade
        return plan.hosts.flatMap { files(of: $0, in: plan, templates) }
    }

    /// Writes the units of all hosts, where the hosts' own leave bridges to others.
    public func emitForLab(_ lab: Plan, of plan: Plan, templates: Templates) -> [Artifact] {
        guard plan.hasForeignBridges else { return [] }
        let plan = lab.asMade
        return plan.hosts.flatMap { units(of: $0, in: plan, templates) }
    }

    private func files(of host: HostPlan, in plan: Plan, _ templates: Templates) -> [Artifact] {
        units(of: host, in: plan, templates) + netplan(of: host, in: plan)
    }

    private func units(of host: HostPlan, in plan: Plan, _ templates: Templates) -> [Artifact] {
        let index = InterfaceIndex(host)
        let units = HostUnits(host, of: plan, index: index)
        let settings = SettingsFile(host, of: plan)
        let install = InstallScript(
            host: host, plan: plan, units: units, settings: settings, nat: NATUnit(host, of: plan)?.name,
            announcements: AnnouncementUnit(host, of: plan)?.name, templates: templates)
        let folder = "\(host.name)/networkd"
        var files = units.files.map { Artifact(path: "\(folder)/\($0.name)", contents: $0.text) }
        if let settings { files.append(Artifact(path: "\(folder)/\(settings.name)", contents: settings.text)) }
        files += (NATUnit(host, of: plan)?.files ?? []).map {
            Artifact(path: "\(folder)/\($0.name)", contents: $0.text)
        }
        if let unit = AnnouncementUnit(host, of: plan) {
            files.append(Artifact(path: "\(folder)/\(unit.name).service", contents: unit.text))
        }
        files.append(Artifact(path: "\(folder)/install.sh", isExecutable: true, contents: install.text()))
        for container in host.containers { files += self.files(of: container, on: host) }
        return files
    }

    private func netplan(of host: HostPlan, in plan: Plan) -> [Artifact] {
        let netplan = NetplanFile(host, of: plan, index: InterfaceIndex(host))
        let dropIns = netplan.dropIns.map {
            Artifact(path: "\(host.name)/netplan/\($0.path)", contents: $0.file.text)
        }
        return [Artifact(path: "\(host.name)/netplan/05-topoc.yaml", contents: netplan.text)] + dropIns
    }

    /// A container's own files, where a container of its runtime may have a systemd-networkd.
    private func files(of container: PlannedContainer, on host: HostPlan) -> [Artifact] {
        switch container.runtime {
        case .docker, .netns: return []
        case .lxd, .incus: break
        }
        let inside = InnerConfiguration(of: container, on: host)
        let settings = inside.settings.map { "\($0.key) = \($0.value)\n" }.joined()
        let folder = "\(host.name)/networkd/containers/\(unitFileName(container.name))"
        var files = inside.units.map { Artifact(path: "\(folder)/\($0.name)", contents: $0.text) }
        if !settings.isEmpty { files.append(Artifact(path: "\(folder)/60-topoc.conf", contents: settings)) }
        return files
    }
}
