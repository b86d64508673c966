import TopoDiagnostics
import TopoModel
import TopoPlan

/// A plan in which everything is called `name`, with one of every object that a figure shows.
///
/// No topology file gives such a plan: its names would be refused. Backends quote them all the same.
func hostilePlan(_ name: String) throws -> Plan {
    let span = Span(0, 0)
    func object(_ object: KernelObject, _ namespace: Namespace = .host) -> PlannedObject {
        PlannedObject(object, in: namespace, for: .forwarding, from: span)
    }
    func address(_ interface: String, _ text: String, _ namespace: Namespace = .host) throws -> PlannedObject {
        object(.address(.init(interface: interface, address: try InterfaceAddress(text))), namespace)
    }
    let mtu = Setting(1462, .derived("a test"))
    let mac = Setting(MACAddress(bits: 0x02_00_00_00_00_01), .derived("a test"))
    func veth(_ container: String, _ bridge: String?, _ number: Int) -> PlannedObject {
        object(
            .veth(
                .init(
                    container: container, interface: name, hostInterface: "\(name) veth \(number)", mac: mac,
                    hostMAC: mac, mtu: mtu, bridge: bridge)))
    }
    func host(_ host: String, _ number: Int, remote: Int) throws -> HostPlan {
        let forwarding = PlannedForwarding(families: [.ipv4, .ipv6], isEnabled: true)
        let remote = Setting(try IPAddress("172.16.1.\(remote)"), .derived("a test"))
        let container = PlannedContainer(
            name: name, runtime: .netns, image: name, isPersistent: true, description: name)
        let other = PlannedContainer(
            name: "\(name)2", runtime: .netns, image: nil, isPersistent: true, description: nil)
        return HostPlan(
            name: host, description: name,
            objects: try [
                object(.forwarding(forwarding)),
                object(.nic(.init(name: name, lan: name, bridge: nil, mac: mac, mtu: mtu))),
                address(name, "172.16.1.\(number)/24"),
                object(
                    .tunnel(
                        .init(
                            name: "\(name)t", kind: .gretap(remote: remote, key: 7), local: nil,
                            dev: Setting(name, .derived("a test")), ttl: nil, mac: mac, mtu: mtu, bridge: "\(name)b"))),
                object(
                    .bridge(
                        .init(name: "\(name)b", manager: .topoc, mac: mac, mtu: mtu, stp: true, ports: ["\(name)t"]))),
                object(.container(container)), veth(name, "\(name)b", 1),
                address(name, "10.0.0.\(number)/24", .container(name)),
                object(.forwarding(forwarding), .container(name)),
                object(.container(other)), veth("\(name)2", nil, 2), address("\(name) veth 2", "10.\(number).0.1/30"),
                address(name, "10.\(number).0.2/30", .container("\(name)2")),
                object(
                    .route(
                        .init(destination: try Prefix("0.0.0.0/0"), action: .via(remote, interface: name), metric: 1))),
            ])
    }
    let plugs = [name, "\(name)2"].map { PlannedLAN.Plug(host: $0, nic: name) }
    return Plan(
        name: name, title: name, description: name, runtime: .netns, bridgeTools: .brctl,
        lans: [
            .init(
                name: name, subnets: [try Prefix("172.16.1.0/24")], mtu: mtu, isPromiscuous: true,
                virtualBoxNetwork: name, plugs: plugs, description: name)
        ],
        hosts: [try host(name, 1, remote: 2), try host("\(name)2", 2, remote: 1)], checks: [])
}
