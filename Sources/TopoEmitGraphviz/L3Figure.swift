internal import TopoModel
internal import TopoPlan

/// The layer 3 view: subnets as nodes, and the routers, hosts and containers that are on them.
struct L3Figure {
    let plan: Plan

    /// An interface's place on a subnet.
    private struct Attachment {
        let node: String
        let subnet: Prefix
        let label: String
        let side: Side
        /// True where the node is drawn nearer to the LANs than the subnet.
        let isInner: Bool
    }

    /// The statements of the figure.
    func lines() -> [String] {
        let attachments = plan.hosts.enumerated().flatMap { index, host in
            self.attachments(of: host, side: Side(of: index, among: plan.hosts.count))
        }
        var seen: Set<Prefix> = []
        let subnets = attachments.map(\.subnet).filter { seen.insert($0).inserted }
        let nets = subnets.map { subnet in
            let lan = plan.lans.first { $0.subnets.contains(subnet) }
            return Box(
                look: .subnet, kind: nil, name: "\(subnet)", lines: lan.map { ["LAN \($0.name)"] } ?? [],
                isRounded: true
            ).statement("net/\(subnet)")
        }
        let edges = attachments.map { attachment in
            let net = "net/\(attachment.subnet)"
            return attachment.isInner
                ? attachment.side.edge(net, attachment.node, innerLabel: attachment.label)
                : attachment.side.edge(attachment.node, net, outerLabel: attachment.label)
        }
        return nets + [""] + plan.hosts.flatMap { nodes(of: $0) } + [""] + edges
    }

    private func nodes(of host: HostPlan) -> [String] {
        let routers = host.forwardingContainers
        let own = host.objects.contains { planned in
            if case .address = planned.object { planned.namespace == .host } else { false }
        }
        let hostBox = Box(
            look: host.isRouter ? .router : .nic, kind: host.isRouter ? "router" : "host", name: host.name,
            lines: defaultRoutes(of: host, in: .host), isRounded: host.isRouter)
        let containers = ContainerGroup.groups(of: host).map { group in
            let isRouter = routers.contains(group.name)
            let name = group.containers.count == 1 ? group.name : "\(group.name) … \(group.containers.last?.name ?? "")"
            let kind =
                group.containers.count == 1 ? (isRouter ? "router" : nil) : "\(group.containers.count) containers"
            return Box(look: isRouter ? .router : .container, kind: kind, name: name, lines: [], isRounded: isRouter)
                .statement("\(host.name)/container/\(group.name)")
        }
        return (own ? [hostBox.statement(host.name)] : []) + containers
    }

    /// `default via 172.16.1.2`, for each default route of a host.
    private func defaultRoutes(of host: HostPlan, in namespace: Namespace) -> [String] {
        host.objects.compactMap { planned in
            guard planned.namespace == namespace, case .route(let route) = planned.object,
                route.destination.length == 0, case .via(let router, _) = route.action
            else { return nil }
            return "default via \(router.value)"
        }
    }

    private func attachments(of host: HostPlan, side: Side) -> [Attachment] {
        let nics = Set(host.nics.map(\.name))
        let lanBridges = Set(host.bridges.filter { !nics.isDisjoint(with: $0.ports) }.map(\.name))
        let groups = ContainerGroup.groups(of: host)
        let drawn = Set(groups.map(\.name))
        return host.objects.compactMap { planned in
            guard case .address(let address) = planned.object else { return nil }
            let subnet = address.address.prefix
            switch planned.namespace {
            case .host:
                let isOuter = nics.contains(address.interface) || lanBridges.contains(address.interface)
                return Attachment(
                    node: host.name, subnet: subnet, label: label(address.address), side: side, isInner: !isOuter)
            case .container(let name):
                guard drawn.contains(name) else { return nil }
                let isOne = groups.first { $0.name == name }?.containers.count == 1
                return Attachment(
                    node: "\(host.name)/container/\(name)", subnet: subnet,
                    label: isOne ? label(address.address) : label(address.address) + " …", side: side, isInner: false)
            }
        }
    }

    /// `.11` for an IPv4 address in a subnet of whole octets that says the rest; the whole address otherwise.
    private func label(_ address: InterfaceAddress) -> String {
        let text = "\(address.address)"
        guard address.address.family == .ipv4, address.length >= 24 else { return text }
        return "." + (text.split(separator: ".").last ?? "")
    }
}
