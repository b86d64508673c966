import Testing
import TopoDiagnostics
import TopoModel
import TopoPlan

@Suite struct PlanTests {
    @Test func listsWhatEachObjectIsMadeOnBeforeIt() throws {
        let plan = plan(try routed())
        let kinds = plan.hosts[0].objects.map { planned in
            switch planned.object {
            case .forwarding: "forwarding"
            case .nic(let nic): "nic \(nic.name)"
            case .bridge(let bridge): "bridge \(bridge.name)"
            case .tunnel(let tunnel): "tunnel \(tunnel.name)"
            case .port(let port): "port \(port.interface)"
            case .container(let container): "container \(container.name)"
            case .veth(let veth): "veth \(veth.hostInterface)"
            case .address(let address): "address \(address.address)"
            case .route(let route): "route \(route.destination)"
            case .vlan(let vlan): "vlan \(vlan.name)"
            case .announcement(let found): "announcement \(found.address)"
            case .nat: "nat"
            }
        }
        #expect(
            kinds == [
                "forwarding", "nic eth0", "address 172.16.1.1/24", "bridge lxdbr0", "address 10.1.0.1/24",
                "container c1", "veth veth-c1", "address 10.1.0.11/24", "route 0.0.0.0/0",
                "container c2", "veth veth-c2", "address 10.1.0.12/24", "route 0.0.0.0/0", "route 0.0.0.0/0",
            ])
    }

    /// In the far end's own words: by its name, or by the address that is written.
    @Test(arguments: [(nil, "host2"), ("172.16.1.2", "172.16.1.2")])
    func aDerivedEndSaysTowardsWhom(written: String?, name: String) throws {
        let far = try written.map { try IPAddress($0) }
        let plan = plan(
            try tunnelled { .gretap(remote: TunnelEnd(span: Span(0, 0), host: $0, address: far), key: nil) })
        let ends = plan.hosts[0].tunnels.map(\.local?.source)
        #expect(ends == [.derived("host1's address towards \(name)")])
    }

    /// Be its device written or the way to the far end.
    @Test(arguments: [true, false]) func aTunnelIsMadeAfterTheBridgeThatCarriesIt(withDevice: Bool) throws {
        let plan = plan(try overBridges(withDevice: withDevice))
        #expect(plan.hosts.flatMap(\.tunnels).map { $0.dev?.value } == ["br0", "br0"])
        for host in plan.hosts {
            let names = host.objects.compactMap { planned -> String? in
                switch planned.object {
                case .bridge(let bridge): bridge.name
                case .tunnel(let tunnel): tunnel.name
                case .forwarding, .nic, .vlan, .port, .container, .veth, .address, .route, .announcement, .nat: nil
                }
            }
            #expect(names == ["br0", "vx0", "over"])
        }
    }

    @Test func gatewayOfABridgedContainerIsItsBridgeWhereTheHostRoutes() throws {
        let plan = plan(try routed())
        let routes = plan.hosts[0].objects.compactMap { planned -> PlannedRoute? in
            guard case .route(let route) = planned.object, planned.namespace == .container("c1") else { return nil }
            return route
        }
        let gateway = try IPAddress("10.1.0.1")
        #expect(
            routes.map(\.action) == [
                .via(Setting(gateway, .derived("host1's address on bridge \"lxdbr0\"")), interface: nil)
            ])
    }

    @Test func aPointToPointLinkHasAnAddressAtBothEndsAndNoBridge() throws {
        let objects = plan(try routed()).hosts[1].objects
        let veth = try #require(objects.compactMap { if case .veth(let veth) = $0.object { veth } else { nil } }.first)
        #expect(veth.bridge == nil)
        let addresses = objects.compactMap { planned -> String? in
            guard case .address(let address) = planned.object, planned.subject == .container("c3") else { return nil }
            return "\(planned.namespace) \(address.interface) \(address.address)"
        }
        #expect(addresses == ["host veth-c3 10.2.0.1/30", "container(\"c3\") eth0 10.2.0.2/30"])
    }

    /// A lab made of namespaces starts no image, whatever the file says of its containers.
    @Test(
        arguments: [
            (Runtime.docker, "alpine", ["sleep", "1"]), (.lxd, "alpine", []), (.netns, nil, []),
        ] as [(Runtime, String?, [String])])
    func imageAndCommandAreForTheRuntimesThatTakeThem(runtime: Runtime, image: String?, command: [String]) {
        let container = Container(
            name: at("c1"), runtime: .docker, image: at("alpine"), command: [at("sleep"), at("1")],
            interfaces: [.init(name: at("eth0"), attachment: .bridge(at("br0")), addresses: [])])
        let topology = Topology(
            name: at("t"), runtime: .docker, lans: [],
            hosts: [Host(name: at("h"), bridges: [Bridge(name: at("br0"))], containers: [container])])
        let planned = plan(topology, runtime: runtime).hosts[0].container("c1")
        #expect(planned?.image == image)
        #expect(planned?.command == command)
    }

    /// A container's addresses are there after it restarts, unless the user says otherwise.
    @Test func aContainerKeepsItsAddresses() throws {
        #expect(plan(try routed()).hosts[0].container("c1")?.isPersistent == true)
    }

    @Test func theSameTopologyGivesTheSamePlan() throws {
        #expect(plan(try routed()) == plan(try routed()))
    }

    @Test func macsAreUniqueUnicastAndOurs() throws {
        let objects = plan(try routed()).hosts.flatMap(\.objects)
        let macs = objects.flatMap { planned -> [MACAddress] in
            switch planned.object {
            case .bridge(let bridge): [bridge.mac.value]
            case .veth(let veth): [veth.mac.value, veth.hostMAC.value]
            case .forwarding, .nic, .tunnel, .vlan, .port, .container, .address, .route, .announcement, .nat: []
            }
        }
        #expect(macs.count == 9)
        #expect(Set(macs).count == macs.count)
        #expect(macs.allSatisfy { !$0.isMulticast && $0.isLocallyAdministered })
    }
}
