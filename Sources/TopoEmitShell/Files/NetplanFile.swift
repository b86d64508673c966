internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoText

extension InnerConfiguration {
    /// netplan(5): files are read in the order of their names, and what a later one says of an interface holds.
    var netplanFile: ContainerFile {
        let own =
            loopback.isEmpty
            ? []
            : [
                "    lo:", "      addresses: [\(loopback.map { yamlString("\($0)") }.joined(separator: ", "))]",
            ]
        let interfaces = veths.flatMap { veth -> [String] in
            return ["    \(yamlString(veth.interface)):", "      dhcp4: false", "      dhcp6: false"]
                + (veth.mtu.value == 1500 ? [] : ["      mtu: \(veth.mtu.value)"]) + settings(of: veth.interface)
        }
        let tagged = vlans.flatMap { vlan -> [String] in
            let head = [
                "    \(yamlString(vlan.name)):", "      id: \(vlan.id)", "      link: \(yamlString(vlan.link))",
                "      mtu: \(vlan.mtu.value)",
            ]
            return head + (vlan.mac.map { ["      macaddress: \(yamlString("\($0.value)"))"] } ?? [])
                + settings(of: vlan.name)
        }
        return ContainerFile(
            manager: .netplan, path: "/etc/netplan/99-topoc.yaml",
            lines: ["network:", "  version: 2", "  ethernets:"] + own + interfaces
                + (tagged.isEmpty ? [] : ["  vlans:"] + tagged))
    }

    /// The lines for an interface's addresses and routes.
    private func settings(of interface: String) -> [String] {
        let addresses = addresses(of: interface).map { yamlString("\($0)") }.joined(separator: ", ")
        let routes = routes(of: interface).map { route in
            // A comment, where there are no words for it.
            netplanWords(of: route).map { "        - {\($0)}" }
                ?? "        # netplan has no words for: ip route replace \(shellLine(RouteWords(route).arguments()))"
        }
        return (addresses.isEmpty ? [] : ["      addresses: [\(addresses)]"])
            + (routes.isEmpty ? [] : ["      routes:"] + routes)
    }

    private func netplanWords(of route: PlannedRoute) -> String? {
        // The word `default` is not known to netplan before 0.103.
        let to = "to: \(yamlString("\(route.destination)"))"
        let action: String
        switch route.action {
        case .multipath: return nil
        case .via(let router, _):
            action = ", via: \(yamlString("\(router.value)"))" + (route.isOnLink ? ", on-link: true" : "")
        case .dev: action = ", scope: link"
        case .unreachable: action = ", type: unreachable"
        case .blackhole: action = ", type: blackhole"
        }
        return to + action + (route.metric.map { ", metric: \($0)" } ?? "")
    }
}
