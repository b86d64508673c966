internal import TopoModel
internal import TopoPlan

/// The networks that elements of the topology are parts of: what connects their hosts, and who is in them.
struct NetworkTable {
    private struct Row {
        let name: String
        var ways: [String] = []
        var subnets: [Prefix] = []
        var known: Set<Prefix> = []
        var hosts: [String] = []
        var containers = 0
    }

    private let plan: Plan
    private let words: ReportWords

    init(_ plan: Plan, _ words: ReportWords) { (self.plan, self.words) = (plan, words) }

    /// The table; nil where no element is part of a network.
    var table: Table? {
        var rows: [Row] = []
        var numbers: [String: Int] = [:]
        for host in plan.hosts {
            for planned in host.objects {
                guard let (network, way) = part(planned.object) else { continue }
                let number = numbers[network] ?? rows.count
                if number == rows.count { rows.append(Row(name: network)) }
                numbers[network] = number
                if let way { rows[number].ways.add(way) }
                if rows[number].hosts.last != host.name { rows[number].hosts.append(host.name) }
            }
            for bridge in host.bridges {
                guard let number = bridge.partOf.flatMap({ numbers[$0] }) else { continue }
                let isRouted = bridge.ports.isEmpty && !host.addresses(of: bridge.name, in: .host).isEmpty
                if isRouted, bridge.macvlanParent == nil {
                    rows[number].ways.add(words.say("routes", "rutas"))
                }
                add(bridge, of: host, to: &rows[number])
            }
        }
        guard !rows.isEmpty else { return nil }
        return Table(
            "networks", words.say("Networks", "Redes"),
            columns: [
                words.say("network", "red"), words.say("hosts connected by", "anfitriones conectados por"),
                words.say("subnets", "subredes"), words.say("hosts", "anfitriones"),
                words.say("containers", "contenedores"),
            ],
            rows: rows.map { row in
                [
                    row.name, row.ways.joined(separator: ", "), row.subnets.map(\.description).joined(separator: " "),
                    row.hosts.joined(separator: " "), "\(row.containers)",
                ]
            })
    }

    /// The network of an object, and how it connects the network's hosts, if it does.
    private func part(_ object: KernelObject) -> (network: String, way: String?)? {
        switch object {
        case .nic(let nic): nic.partOf.map { ($0, nic.lan.map { "LAN \($0)" }) }
        case .bridge(let bridge): bridge.partOf.map { ($0, nil) }
        case .vlan(let vlan): vlan.partOf.map { ($0, "VLAN \(vlan.id)") }
        case .tunnel(let tunnel): tunnel.partOf.map { ($0, way(of: tunnel)) }
        case .forwarding, .port, .veth, .address, .route, .announcement, .container, .nat: nil
        }
    }

    private func way(of tunnel: PlannedTunnel) -> String {
        switch tunnel.kind {
        case .gretap(_, let key): "Ethernet over GRE" + (key.map { words.say(", key \($0)", ", clave \($0)") } ?? "")
        case .vxlan(let vni, _, _): "VXLAN \(vni)"
        }
    }

    /// Counts the containers on a bridge, and their subnets.
    private func add(_ bridge: PlannedBridge, of host: HostPlan, to row: inout Row) {
        var containers: Set<String> = []
        for veth in host.veths(on: bridge.name) {
            containers.insert(veth.container)
            for address in host.addresses(of: veth.interface, in: .container(veth.container)) {
                if row.known.insert(address.prefix).inserted { row.subnets.append(address.prefix) }
            }
        }
        row.containers += containers.count
    }
}

extension [String] {
    /// Adds a text that is not there yet.
    fileprivate mutating func add(_ text: String) {
        if !contains(text) { append(text) }
    }
}
