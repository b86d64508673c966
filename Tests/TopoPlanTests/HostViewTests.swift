import Testing
import TopoDiagnostics
import TopoModel
import TopoPlan

/// What is found of a host's plan by name.
@Suite struct HostViewTests {
    @Test func aContainerHasWhatIsItsOwn() throws {
        let host = plan(try routed()).hosts[0]
        #expect(host.container("c2")?.name == "c2")
        #expect(host.container("c3") == nil)
        #expect(host.veths(of: "c2").map(\.hostInterface) == ["veth-c2"])
        #expect(host.veths(of: "c9").isEmpty)
        #expect(host.addresses(of: .container("c1")).map { "\($0.interface) \($0.address)" } == ["eth0 10.1.0.11/24"])
        #expect(host.addresses(of: "eth0", in: .container("c2")).map(\.description) == ["10.1.0.12/24"])
        #expect(host.addresses(of: "eth1", in: .container("c2")).isEmpty)
        #expect(host.routes(of: .container("c1")).map(\.destination.description) == ["0.0.0.0/0"])
        #expect(host.forwarding(of: .container("c1")).isEmpty)
    }

    @Test func theHostHasItsOwn() throws {
        let hosts = plan(try routed()).hosts
        #expect(hosts[0].addresses(of: "eth0", in: .host).map(\.description) == ["172.16.1.1/24"])
        #expect(hosts[0].addresses(of: .host).map(\.interface) == ["eth0", "lxdbr0"])
        #expect(hosts[0].veths(on: "lxdbr0").map(\.container) == ["c1", "c2"])
        #expect(hosts[0].veths(on: "eth0").isEmpty)
        #expect(hosts[0].forwarding(of: .host).map(\.isEnabled) == [true])
        #expect(hosts[0].routes(of: .host).count == 1)
        #expect(hosts[1].veths(on: "lxdbr0").isEmpty)
        // The host's ends of links, in the order of the plan.
        #expect(
            hosts[1].addresses(of: .host).map { "\($0.address)" } == ["172.16.1.2/24", "10.2.0.1/30", "10.2.0.5/30"])
        #expect(hosts[1].addresses(of: "veth-c4", in: .host).map(\.description) == ["10.2.0.5/30"])
        #expect(hosts[1].addresses(of: "eth0", in: .container("c4")).map(\.description) == ["10.2.0.6/30"])
    }

    /// Plans made by hand may have objects of containers in any order.
    @Test func objectsMayStandApart() throws {
        func address(_ text: String, of container: String) throws -> PlannedObject {
            PlannedObject(
                .address(.init(interface: "eth0", address: try InterfaceAddress(text))), in: .container(container),
                for: .container(container), from: Span(0, 0))
        }
        let host = HostPlan(
            name: "h", description: nil,
            objects: [
                try address("10.0.0.1/24", of: "a"), try address("10.0.0.2/24", of: "b"),
                try address("fd00::1/64", of: "a"),
            ])
        #expect(host.addresses(of: "eth0", in: .container("a")).map(\.description) == ["10.0.0.1/24", "fd00::1/64"])
        #expect(host.addresses(of: .host).isEmpty)
    }
}
