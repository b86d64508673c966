public import TopoEmit
public import TopoPlan
public import TopoTemplates
internal import TopoText

/// Writes `ansible/`: an inventory of the hosts, and playbooks that run their scripts.
public struct AnsibleBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "ansible"

    /// The playbooks: the same text whatever the topology.
    private static let playbooks = ["site.yml", "check.yml", "down.yml"]

    /// Makes the backend.
    public init() {}

    /// Writes the inventory and the playbooks.
    /// - Returns: nothing where there are no hosts.
    public func emit(_ plan: Plan, templates: Templates) -> [Artifact] {
        guard !plan.hosts.isEmpty else { return [] }
        let groups = groups(of: plan)
        let values: [String: Filling] = [
            "titleComment": .text(shellComment("\"\(plan.title)\"")),
            "hosts": .list(
                plan.hosts.map { ["name": .text(yamlWord($0.name)), "lines": .texts(variables(of: $0))] }),
            "hasGroups": .flag(!groups.isEmpty),
            "groups": .list(groups),
        ]
        let inventory = Artifact(path: "ansible/inventory.yml", contents: templates.render("inventory.yml", values))
        return [inventory]
            + AnsibleBackend.playbooks.map { Artifact(path: "ansible/\($0)", contents: templates.text($0)) }
    }

    /// What Ansible has to know to reach a host; nothing where its name is enough.
    private func variables(of host: HostPlan) -> [String] {
        guard let ssh = host.ssh else { return [] }
        let place = ssh.host.isSame(as: host.name) ? nil : "ansible_host: \(yamlWord(ssh.host))"
        return [place, ssh.user.map { "ansible_user: \(yamlWord($0))" }, ssh.port.map { "ansible_port: \($0)" }]
            .compactMap(\.self)
    }

    /// The groups of hosts of which check.yml asks more.
    private func groups(of plan: Plan) -> [[String: Filling]] {
        let groups = [
            (
                "topoc_listening", "check.sh of other hosts connects to these.",
                plan.listeningHosts(to: plan.hosts.map(\.name))
            ),
            ("topoc_silent", "check.sh of these asks what must not pass, after all that must.", plan.silentHosts),
        ]
        return groups.compactMap { name, comment, members in
            let hosts = plan.hosts.map(\.name).filter(members.contains)
            guard !hosts.isEmpty else { return nil }
            return ["name": .text(name), "comment": .text(comment), "hosts": .texts(hosts.map(yamlWord))]
        }
    }
}
