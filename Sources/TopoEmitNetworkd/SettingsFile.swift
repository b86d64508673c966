internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// A host's sysctl.d(5) file: IP forwarding, for which systemd-networkd has other words from version to version.
struct SettingsFile {
    /// Its name, without a folder.
    let name = "60-topoc.conf"
    /// Its text.
    let text: String

    /// - Returns: nil where the topology says nothing of it.
    init?(_ host: HostPlan, of plan: Plan) {
        let settings = host.objects.flatMap { planned -> [String] in
            guard planned.namespace == .host, case .forwarding(let forwarding) = planned.object else { return [] }
            return forwarding.families.map { "\($0.forwardingKey) = \(forwarding.isEnabled ? "1" : "0")" }
        }
        guard !settings.isEmpty else { return nil }
        let comments = Origin(host, of: plan).comments(on: "forwarding").map { "# " + shellComment($0) }
        text = (comments + [""] + settings).joined(separator: "\n") + "\n"
    }
}

extension AddressFamily {
    /// The name, for sysctl.d(5), of the switch that makes a host a router of this family.
    fileprivate var forwardingKey: String {
        switch self {
        case .ipv4: "net.ipv4.ip_forward"
        case .ipv6: "net.ipv6.conf.all.forwarding"
        }
    }
}
