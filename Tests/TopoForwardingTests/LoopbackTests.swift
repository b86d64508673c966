import Testing
import TopoForwarding
import TopoModel
import TopoPlan

/// Addresses of loopback interfaces: seen in the lab with `Tests/Fixtures/Kernel/loopback.topo`.
@Suite struct LoopbackTests {
    /// Two hosts on one LAN, each with a loopback address and a route to the other's.
    private func prediction(family: AddressFamily) throws -> Prediction {
        let isOld = family == .ipv4
        func host(_ name: String, _ own: String, _ other: String) throws -> HostBuilder {
            var host = HostBuilder(name, at: own == "1" ? 1000 : 5000)
            try host.address(isOld ? "10.255.0.\(own)/32" : "fd00:255::\(own)/128", on: "lo")
            try host.nic("eth0", lan: "internal", isOld ? "192.0.2.\(own)/24" : "fd01::\(own)/64")
            try host.route(
                isOld ? "10.255.0.\(other)/32" : "fd00:255::\(other)/128",
                via: isOld ? "192.0.2.\(other)" : "fd01::\(other)")
            return host
        }
        return predict(network(try host("host1", "1", "2"), try host("host2", "2", "1")))
    }

    /// It has no carrier and needs none: of IPv6, too, an address is there at once.
    @Test(arguments: [(AddressFamily.ipv4, "10.255.0.2"), (.ipv6, "fd00:255::2")])
    func aLoopbackAddressIsReachedByARoute(family: AddressFamily, address: String) throws {
        #expect(try prediction(family: family).path("host1", address).reaches)
    }

    /// ARP is answered for any address of a node (`arp_ignore` 0), neighbour discovery for the addresses of the interface asked.
    @Test func whoLooksForOneOnTheLinkIsAnsweredByARPAlone() throws {
        for (address, from, reaches) in [("10.255.0.2", "192.0.2.1/24", true), ("fd00:255::2", "fd01::1/64", false)] {
            var one = HostBuilder("host1")
            try one.nic("eth0", lan: "internal", from)
            try one.route("\(address)/\(reaches ? 32 : 128)", .dev("eth0"))
            var other = HostBuilder("host2", at: 5000)
            try other.address("\(address)/\(reaches ? 32 : 128)", on: "lo")
            try other.nic("eth0", lan: "internal", reaches ? "192.0.2.2/24" : "fd01::2/64")
            #expect(try predict(network(one, other)).path("host1", address).reaches == reaches, "\(address)")
        }
    }

    /// The loopback interface is the first of a namespace: an interface without an address sends from its address.
    @Test func anInterfaceWithoutAnAddressSendsFromTheLoopbackAddress() throws {
        var one = HostBuilder("host1")
        try one.address("10.255.0.1/32", on: "lo")
        try one.nic("eth0", lan: nil, "192.0.2.1/24")
        try one.nic("eth1", lan: "internal")
        try one.route("10.255.0.2/32", .dev("eth1"))
        var other = HostBuilder("host2", at: 5000)
        try other.address("10.255.0.2/32", on: "lo")
        try other.nic("eth1", lan: "internal")
        try other.route("10.255.0.1/32", .dev("eth1"))
        let path = try predict(network(one, other)).path("host1", "10.255.0.2")
        #expect(path.reaches)
        #expect(try path.sourceAddress == IPAddress("10.255.0.1"))
    }

    @Test func aContainerHasOneOfItsOwn() throws {
        var host = HostBuilder("host1")
        try host.bridge("br0", "10.1.0.1/24")
        host.container("c1")
        try host.address("10.254.0.1/32", on: "lo", in: "c1")
        try host.veth("c1", "eth0", "10.1.0.11/24", bridge: "br0")
        try host.bridged("c2", "10.1.0.12/24")
        try host.route("10.254.0.1/32", via: "10.1.0.11", in: "c2")
        let prediction = predict(network(host))
        #expect(try prediction.path("host1/c2", "10.254.0.1").reaches)
        #expect(try !prediction.path("host1", "10.254.0.1").reaches)
    }
}
