public import TopoEmit
public import TopoPlan
public import TopoTemplates
internal import TopoText

/// Writes `virtualbox.sh`, which plugs the VMs that are the hosts into VirtualBox's internal networks.
public struct VirtualBoxBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "virtualbox"

    /// Makes the backend.
    public init() {}

    /// Writes the script.
    /// - Returns: nothing where no host is plugged into a VirtualBox network.
    public func emit(_ plan: Plan, templates: Templates) -> [Artifact] {
        let machines = plan.hosts.compactMap { VirtualMachine(of: $0, in: plan) }
        guard !machines.isEmpty else { return [] }
        let values: [String: Filling] = [
            "titleComment": .text(shellComment("\"\(plan.title)\"")),
            "machines": .list(machines.enumerated().map { view(of: $1, number: $0 + 1) }),
        ]
        return [
            Artifact(path: "virtualbox.sh", isExecutable: true, contents: templates.render("virtualbox.sh", values))
        ]
    }

    private func view(of machine: VirtualMachine, number: Int) -> [String: Filling] {
        [
            "host": .text(shellWord(machine.host)),
            "hostComment": .text(shellComment(machine.host)),
            "variable": .text("vm\(number)"),
            "reference": .text("\"${vm\(number)}\""),
            "adapters": .list(
                machine.adapters.enumerated().map { offset, adapter in
                    let words = [adapter.nic, String(offset), adapter.network, adapter.promiscuity.rawValue]
                    return [
                        "comments": .texts(adapter.reason.map(shellComment)),
                        "words": .text(shellLine(words + (adapter.mac.map { [$0] } ?? []))),
                    ]
                }),
        ]
    }
}
