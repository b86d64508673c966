internal import TopoModel
internal import TopoPlan

/// The routing tables of hosts and containers; containers of a host that have the same one are a row together.
struct RouteTable {
    private struct Route: Hashable {
        let destination: String
        let action: String
        let metric: String
    }

    private let plan: Plan

    init(_ plan: Plan) { self.plan = plan }

    var table: Table {
        Table(
            "routes", "Routing tables",
            note: "Routes to a node's own subnets come with its addresses and are listed as on link.",
            columns: ["host", "container", "destination", "next hop", "metric"], rows: plan.hosts.flatMap(rows))
    }

    private func rows(_ host: HostPlan) -> [[String]] {
        let interfaces =
            host.nics.map(\.name) + host.bridges.map(\.name) + host.tunnels.map(\.name)
            + host.veths.filter { $0.bridge == nil }.map(\.hostInterface)
        var rows = routes(of: .host, interfaces, on: host).map { row(host.name, "", $0) }
        var names: [[Route]: [String]] = [:]
        var order: [[Route]] = []
        for container in host.containers {
            let own = routes(
                of: .container(container.name), host.veths(of: container.name).map(\.interface), on: host)
            if names[own] == nil { order.append(own) }
            names[own, default: []].append(container.name)
        }
        for routes in order {
            let containers = names[routes] ?? []
            let label =
                containers.count > 3
                ? "\(containers[0]) … \(containers[containers.count - 1]) (\(containers.count))"
                : containers.joined(separator: ", ")
            rows += routes.map { row(host.name, label, $0) }
        }
        return rows
    }

    private func row(_ host: String, _ container: String, _ route: Route) -> [String] {
        [host, container, route.destination, route.action, route.metric]
    }

    private func routes(of namespace: Namespace, _ interfaces: [String], on host: HostPlan) -> [Route] {
        let connected = interfaces.flatMap { interface in
            host.addresses(of: interface, in: namespace).filter { $0.length < $0.address.family.width }.map {
                Route(destination: "\($0.prefix)", action: "on link, \(interface)", metric: "")
            }
        }
        return connected
            + host.routes(of: namespace).map { route in
                let action: String =
                    switch route.action {
                    case .via(let router, let interface):
                        "via \(router.value)" + (interface.map { ", \($0)" } ?? "")
                            + (route.isOnLink ? ", on link" : "")
                    case .dev(let interface): "on link, \(interface)"
                    case .unreachable: "unreachable"
                    case .blackhole: "blackhole"
                    }
                return Route(
                    destination: route.destination.length == 0
                        ? "default (\(route.destination))" : "\(route.destination)",
                    action: action, metric: route.metric.map(String.init) ?? "")
            }
    }
}
