import TopoDiagnostics
import TopoModel
import TopoNetwork
import TopoPlan
import TopoTemplates

/// A host that gives its containers' packets another source, and publishes a port of one.
private func sampleNAT(_ span: Span) throws -> NAT {
    func at<Value>(_ value: Value) -> Located<Value> { Located(value, at: span) }
    let nic = NIC(name: at("eth0"), addresses: [at(try InterfaceAddress("172.16.1.1/24"))])
    let rule = NATRule(
        out: at("eth0"), from: [at(try Prefix("10.2.0.0/30"))], except: [at(try Prefix("10.0.0.0/8"))], at: span)
    let port = PublishedPort(
        in: at("eth0"), .tcp, at(8080), to: Endpoint(host: "a", container: "c1", span: span),
        addresses: [try IPAddress("10.2.0.2")], targetPort: 80, at: span)
    return NAT(of: Host(name: at("a"), nics: [nic], nat: [rule], publish: [port]))
}

/// A plan with one of everything that a report tells of.
func samplePlan() throws -> Plan {
    let span = Span(0, 1)
    func object(_ object: KernelObject, _ namespace: Namespace = .host, _ subject: Subject) -> PlannedObject {
        PlannedObject(object, in: namespace, for: subject, from: span)
    }
    let mtu = Setting(1450, .derived("1500 of LAN \"wire\" less 50 for VXLAN"))
    let mac = Setting(MACAddress(bits: 0x02_00_00_00_00_01), .derived("a function of its name"))
    let near = try InterfaceAddress("10.2.0.1/30")
    let far = try InterfaceAddress("10.2.0.2/30")
    let any = try Prefix("0.0.0.0/0")
    let objects = [
        object(.forwarding(.init(families: [.ipv4], isEnabled: true)), .host, .forwarding),
        object(
            .nic(
                .init(
                    name: "eth0", lan: "wire", bridge: nil, mac: nil, mtu: Setting(1500, .written(span)),
                    partOf: "nic's")), .host,
            .nic("eth0")),
        object(.address(.init(interface: "eth0", address: try InterfaceAddress("172.16.1.1/24"))), .host, .nic("eth0")),
        object(
            .tunnel(
                .init(
                    name: "vx0",
                    kind: .vxlan(
                        vni: 42, flood: .remotes([Setting(try IPAddress("172.16.1.2"), .derived("host \"b\""))]),
                        port: 4789),
                    local: nil, dev: Setting("eth0", .derived("the way to b")), ttl: nil, mac: mac, mtu: mtu,
                    bridge: "br0")), .host, .tunnel("vx0")),
        object(
            .bridge(
                .init(name: "br0", manager: .topoc, mac: mac, mtu: mtu, stp: false, ports: ["vx0"], partOf: "n<e>t")),
            .host,
            .bridge("br0")),
        object(
            .container(
                .init(name: "c1", runtime: .lxd, image: "ubuntu:24.04", isPersistent: true, description: "a | b")),
            .host,
            .container("c1")),
        object(
            .veth(
                .init(
                    container: "c1", interface: "eth0", hostInterface: "c1-eth0", mac: mac, hostMAC: mac, mtu: mtu,
                    bridge: nil)), .host, .container("c1")),
        object(.address(.init(interface: "c1-eth0", address: near)), .host, .container("c1")),
        object(.address(.init(interface: "eth0", address: far)), .container("c1"), .container("c1")),
        object(
            .route(
                .init(
                    destination: any,
                    action: .via(Setting(near.address, .derived("the other end of its link")), interface: nil),
                    metric: nil)), .container("c1"), .container("c1")),
        object(.route(.init(destination: any, action: .unreachable, metric: 100)), .host, .routes),
        object(.nat(try sampleNAT(span)), .host, .nat),
    ]
    return Plan(
        name: "a b", title: "*A* <title>", description: "first\nsecond", runtime: .lxd, bridgeTools: .brctl,
        lans: [
            .init(
                name: "wire", subnets: [try Prefix("172.16.1.0/24")], mtu: Setting(1500, .written(span)),
                isPromiscuous: true, virtualBoxNetwork: "in|net", plugs: [.init(host: "a", nic: "eth0")],
                description: nil)
        ],
        hosts: [HostPlan(name: "a", description: nil, objects: objects)], checks: [],
        expectations: [
            Expectation(
                source: NodeName(host: "a", container: "c1"), target: NodeName(host: "a"), address: near.address,
                result: .reaches(hops: [], mtu: 1450), isStated: true, isTraced: false),
            Expectation(
                source: NodeName(host: "a"), target: NodeName(host: "a", container: "c1"),
                address: try IPAddress("10.9.9.9"), result: .fails("no route"), isStated: false, isTraced: false),
        ])
}

/// The built-in templates, whose functions and frames are read once for all tests of the module.
let builtIn = Result { try Templates() }
