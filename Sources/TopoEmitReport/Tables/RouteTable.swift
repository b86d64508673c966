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
    private let words: ReportWords

    init(_ plan: Plan, _ words: ReportWords) { (self.plan, self.words) = (plan, words) }

    var table: Table {
        Table(
            "routes", words.say("Routing tables", "Tablas de rutas"),
            note: words.say(
                "Addresses bring the routes to a node's own subnets, listed here as on link.",
                "Las rutas a las subredes propias de un nodo vienen con sus direcciones; aquí figuran como directas."),
            columns: [
                words.say("host", "anfitrión"), words.say("container", "contenedor"),
                words.say("destination", "destino"),
                words.say("next hop", "siguiente salto"), words.say("metric", "métrica"),
            ], rows: plan.hosts.flatMap(rows))
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

    private func onLink(_ interface: String) -> String {
        words.say("on link, \(interface)", "directa, \(interface)")
    }

    private func row(_ host: String, _ container: String, _ route: Route) -> [String] {
        [host, container, route.destination, route.action, route.metric]
    }

    private func routes(of namespace: Namespace, _ interfaces: [String], on host: HostPlan) -> [Route] {
        let connected = interfaces.flatMap { interface in
            host.addresses(of: interface, in: namespace).filter { $0.length < $0.address.family.width }.map {
                Route(destination: "\($0.prefix)", action: onLink(interface), metric: "")
            }
        }
        return connected
            + host.routes(of: namespace).map { route in
                let action: String =
                    switch route.action {
                    case .via(let router, let interface):
                        words.say("via \(router.value)", "por \(router.value)") + (interface.map { ", \($0)" } ?? "")
                            + (route.isOnLink ? words.say(", on link", ", en el enlace") : "")
                    case .multipath(let hops):
                        hops.map { hop in
                            words.say("via \(hop.address.value)", "por \(hop.address.value)")
                                + (hop.interface.map { ", \($0)" } ?? "")
                        }.joined(separator: words.say(" or ", " o "))
                    case .dev(let interface): onLink(interface)
                    case .unreachable: "unreachable"
                    case .blackhole: "blackhole"
                    }
                return Route(
                    destination: route.destination.length == 0
                        ? words.say("default (\(route.destination))", "por defecto (\(route.destination))")
                        : "\(route.destination)",
                    action: action, metric: route.metric.map(String.init) ?? "")
            }
    }
}
