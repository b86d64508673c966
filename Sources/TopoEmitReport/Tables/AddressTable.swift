internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// Every interface with its addresses: the address plan.
struct AddressTable {
    private let plan: Plan
    private let words: ReportWords

    init(_ plan: Plan, _ words: ReportWords) { (self.plan, self.words) = (plan, words) }

    var table: Table {
        Table(
            "addresses", words.say("Address plan", "Plan de direcciones"),
            columns: [
                words.say("host", "anfitrión"), words.say("container", "contenedor"),
                words.say("interface", "interfaz"),
                words.say("addresses", "direcciones"), "MAC", "MTU", words.say("connected to", "conectada a"),
            ],
            rows: plan.hosts.flatMap(rows))
    }

    /// A port's VLANs; nil where its bridge does not tell them apart.
    private func vlans(_ vlans: PlannedPortVLANs) -> String? {
        let parts = vlans.words(words.say)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private func bridge(_ name: String) -> String { words.say("bridge \(name)", "puente \(name)") }

    /// What the host answers for on its other interfaces in a container's place.
    private func announced(
        _ veth: PlannedVeth, _ host: HostPlan, _ all: [IPAddress: [PlannedAnnouncement]]
    ) -> [String] {
        let own = host.addresses(of: veth.interface, in: .container(veth.container))
        return own.flatMap { all[$0.address] ?? [] }.map {
            words.say("\($0.address) answered for on \($0.interface)", "\($0.address) se responde en \($0.interface)")
        }
    }

    private func rows(_ host: HostPlan) -> [[String]] {
        func addresses(_ interface: String, _ namespace: Namespace = .host) -> String {
            host.addresses(of: interface, in: namespace).map(\.description).joined(separator: " ")
        }
        var rows: [[String]] = []
        let announcements = Dictionary(grouping: host.announcements, by: \.address)
        func addLoopback(_ container: String, _ namespace: Namespace) {
            let own = addresses(InterfaceName.loopback, namespace)
            if !own.isEmpty { rows.append([host.name, container, InterfaceName.loopback, own, "", "", ""]) }
        }
        addLoopback("", .host)
        for planned in host.objects {
            switch planned.object {
            case .nic(let nic):
                let joined = (nic.lan.map { ["LAN \($0)"] } ?? []) + (nic.bridge.map { [bridge($0)] } ?? [])
                rows.append([
                    host.name, "", nic.name, addresses(nic.name), nic.mac?.value.description ?? "", "\(nic.mtu.value)",
                    joined.joined(separator: ", "),
                ])
            case .bridge(let bridge):
                rows.append([
                    host.name, "", bridge.name, addresses(bridge.name), "\(bridge.mac.value)", "\(bridge.mtu.value)",
                    bridge.ports.map { port in
                        vlans(host.portVLANs(of: port)).map { "\(port) (\($0))" } ?? port
                    }.joined(separator: ", "),
                ])
            case .tunnel(let tunnel):
                rows.append([
                    host.name, "", tunnel.name, addresses(tunnel.name), "\(tunnel.mac.value)", "\(tunnel.mtu.value)",
                    tunnel.bridge.map { bridge($0) } ?? "",
                ])
            case .veth(let veth):
                rows.append([
                    host.name, veth.container, veth.interface, addresses(veth.interface, .container(veth.container)),
                    "\(veth.mac.value)", "\(veth.mtu.value)",
                    ([veth.hostInterface] + (veth.bridge.map { [bridge($0)] } ?? [])
                        + (vlans(veth.vlans).map { [$0] } ?? [])).joined(separator: ", "),
                ])
                guard veth.bridge == nil else { continue }
                rows.append([
                    host.name, "", veth.hostInterface, addresses(veth.hostInterface), "\(veth.hostMAC.value)",
                    "\(veth.mtu.value)",
                    (["\(veth.container) \(veth.interface)"] + announced(veth, host, announcements)).joined(
                        separator: ", "),
                ])
            case .vlan(let vlan):
                var container = ""
                if case .container(let name) = planned.namespace { container = name }
                let joined = ["VLAN \(vlan.id), \(vlan.link)"] + (vlan.bridge.map { [bridge($0)] } ?? [])
                rows.append([
                    host.name, container, vlan.name, addresses(vlan.name, planned.namespace),
                    vlan.mac?.value.description ?? "", "\(vlan.mtu.value)", joined.joined(separator: ", "),
                ])
            case .container(let container): addLoopback(container.name, .container(container.name))
            case .forwarding, .port, .address, .route, .announcement, .nat: break
            }
        }
        return rows
    }
}
