internal import TopoModel
internal import TopoPlan

extension InnerConfiguration {
    /// systemd.network(5): the first file that matches an interface is its only one, and netplan's begin with 10.
    var networkdFiles: [ContainerFile] {
        veths.map { veth in
            let mtu = veth.mtu.value == 1500 ? [] : ["", "[Link]", "MTUBytes=\(veth.mtu.value)"]
            let addresses = addresses(of: veth).map { "Address=\($0)" }
            return ContainerFile(
                manager: .networkd, path: "/etc/systemd/network/05-topoc-\(veth.interface).network",
                // By its MAC, since a name would be taken for a pattern.
                lines: ["[Match]", "MACAddress=\(veth.mac.value)"] + mtu + ["", "[Network]"] + addresses
                    + routes(of: veth).flatMap(networkdLines))
        }
    }

    private func networkdLines(of route: PlannedRoute) -> [String] {
        let destination = route.destination.length == 0 ? [] : ["Destination=\(route.destination)"]
        let action =
            switch route.action {
            case .via(let router, _): ["Gateway=\(router.value)"]
            case .dev: ["Scope=link"]
            case .unreachable: ["Type=unreachable"]
            case .blackhole: ["Type=blackhole"]
            }
        return ["", "[Route]"] + destination + action + (route.metric.map { ["Metric=\($0)"] } ?? [])
    }
}
