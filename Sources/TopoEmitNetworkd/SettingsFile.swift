internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoText

extension HostPlan {
    /// The names of its own interfaces, in the order in which they are made.
    var interfaceNames: [String] {
        nics.map(\.name) + tunnels.map(\.name) + bridges.map(\.name) + vlans(of: .host).map(\.name)
    }
}

/// A host's sysctl.d(5) file: IP forwarding, for which systemd-networkd has other words from version to version, and what lets it
/// answer for containers' addresses.
struct SettingsFile {
    /// Its name, without a folder.
    let name: String
    /// The kernel's settings, as sysctl(8) has them.
    let values: [(key: String, value: String)]
    /// Its text.
    let text: String

    /// - Returns: nil where the topology says nothing of it.
    init?(_ host: HostPlan, of plan: Plan) {
        values =
            host.objects.flatMap { planned -> [(key: String, value: String)] in
                guard planned.namespace == .host, case .forwarding(let forwarding) = planned.object else { return [] }
                return forwarding.families.map { (key: $0.forwardingKey, value: forwarding.isEnabled ? "1" : "0") }
            } + ProxySettings(host).keys(of: host.interfaceNames).map { (key: $0, value: "1") }
        guard !values.isEmpty else { return nil }
        name = "60-topoc-\(plan.name).conf"
        let comments = Origin(host, of: plan).comments(on: "forwarding").map { "# " + shellComment($0) }
        text = (comments + [""] + values.map { "\($0.key) = \($0.value)" }).joined(separator: "\n") + "\n"
    }
}
