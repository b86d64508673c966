import Testing
import TopoForwarding
import TopoModel
import TopoPlan

/// What `ip route get` said on Linux 6.18 for the same addresses and routes.
@Suite struct SourceTests {
    @Test func version4() throws {
        var host = HostBuilder("host1")
        try host.bridge()
        host.container("a")
        try host.veth("a", "eth0", "10.0.0.1/24", "10.0.5.1/24", "10.0.0.7/24", bridge: "br0")
        try host.veth("a", "eth1", bridge: "br0")
        try host.route("99.0.0.0/8", via: "10.0.0.2", in: "a")
        try host.route("98.0.0.0/8", via: "10.0.5.2", in: "a")
        try host.route("97.0.0.0/8", .dev("eth0"), in: "a")
        try host.route("96.0.0.0/8", .dev("eth1"), in: "a")
        let prediction = predict(network(host))
        for (address, source) in [
            ("99.1.1.1", "10.0.0.1"), ("98.1.1.1", "10.0.5.1"), ("97.1.1.1", "10.0.0.1"), ("96.1.1.1", "10.0.0.1"),
            ("10.0.5.9", "10.0.5.1"), ("10.0.0.9", "10.0.0.1"),
        ] {
            #expect(try prediction.path("host1/a", address).sourceAddress == IPAddress(source), "\(address)")
        }
    }

    @Test func version6() throws {
        var host = HostBuilder("host1")
        try host.bridge()
        host.container("a")
        try host.veth(
            "a", "eth0", "2001:db8:1::1/64", "2001:db8:1::2/64", "2001:db8:2::1/64", "fd00::1/64", bridge: "br0")
        try host.route("::/0", via: "2001:db8:1::9", in: "a")
        let prediction = predict(network(host))
        for (address, source) in [
            ("2001:db8:1::77", "2001:db8:1::2"), ("2001:db8:2::77", "2001:db8:2::1"),
            ("2001:db8:9::1", "2001:db8:2::1"), ("2600::1", "2001:db8:2::1"), ("fd01::1", "fd00::1"),
        ] {
            #expect(try prediction.path("host1/a", address).sourceAddress == IPAddress(source), "\(address)")
        }
    }

    @Test func noAddressOfTheFamily() throws {
        var host = HostBuilder("host1")
        try host.bridge()
        host.container("a")
        try host.veth("a", "eth0", bridge: "br0")
        try host.route("10.0.0.0/8", .dev("eth0"), in: "a")
        #expect(try predict(network(host)).path("host1/a", "10.0.0.1").ending.reason == .noSourceAddress)
    }
}
