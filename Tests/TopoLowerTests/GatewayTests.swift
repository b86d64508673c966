import Testing
import TopoDiagnostics
import TopoLower
import TopoModel

/// `gateway:` of hosts and containers, and `loopback:`.
@Suite struct GatewayTests {
    /// What is written of host1 and of its container c1.
    private func text(host: String, container: String = "") -> String {
        """
        topology: t
        runtime: netns
        hosts:
          host1:
            nics: {eth0: {addresses: [172.16.1.1/24, "fd16::1/64"]}}
            \(host)
            bridges: {br0: {addresses: [10.1.0.1/24, "fd01::1/64"]}}
            containers:
              c1: {bridge: br0, addresses: [10.1.0.11/24, "fd01::11/64"]\(container)}
              r1: {bridge: br0, addresses: ["fd01::12/64", 10.1.0.12/24, 10.1.0.13/24]}
          host2:
            nics: {eth0: {addresses: [172.16.1.2/24, "fd16::2/64"]}}
          host3:
            nics: {eth0: {address: 192.168.7.3/24}}
        """
    }

    private func host1(_ host: String, _ container: String = "") throws -> Host {
        try #require(try Lowered(text(host: host, container: container)).sound().hosts.first)
    }

    private func words(_ routers: [NextHop]) -> [String] {
        routers.map { "\($0.address)\($0.name.map { " \($0)" } ?? "")" }
    }

    @Test(arguments: [
        ("172.16.1.2", ["0.0.0.0/0 via 172.16.1.2"]),
        ("host2", ["0.0.0.0/0 via 172.16.1.2", "::/0 via fd16::2"]),
        ("[\"fd16::2\", 172.16.1.2]", ["::/0 via fd16::2", "0.0.0.0/0 via 172.16.1.2"]),
        ("none", []),
    ])
    func ofAHostIsADefaultRoute(written: String, routes: [String]) throws {
        let host = try host1("gateway: \(written)")
        let found = host.routes.compactMap { route in
            if case .via(let hop) = route.action { "\(route.to.value) via \(hop.address)" } else { nil }
        }
        #expect(found == routes)
    }

    /// The way to it may be one of the routes.
    @Test func ofAHostComesAfterItsRoutes() throws {
        let host = try host1("gateway: 192.0.2.1\n    routes: [{to: 192.0.2.1/32, dev: eth0}]")
        #expect(host.routes.map(\.to.value.description) == ["192.0.2.1/32", "0.0.0.0/0"])
    }

    @Test func ofAContainerMayBeANameAndThenIsOneOfEachFamily() throws {
        let container = try #require(try host1("", ", gateway: r1").containers.first)
        #expect(words(container.gateway.routers) == ["10.1.0.12 host1/r1", "fd01::12 host1/r1"])
    }

    @Test(arguments: [
        ("gateway: host3", "host1 and host3 share no subnet"),
        ("gateway: host1", "\"gateway\" names host1 itself, whose route it is"),
        ("gateway: [172.16.1.2, 172.16.1.3]", "host \"host1\" has two IPv4 gateways"),
        ("gateway: [host2, 172.16.1.3]", "host \"host1\" has two IPv4 gateways"),
        ("gateway: {via: host2}", "\"gateway\""),
        ("loopback: 10.255.0.1/24", "\"loopback\" is 10.255.0.1/24, more than one address"),
        ("loopback: \"fd00::1/127\"", "\"loopback\" is fd00::1/127, more than one address"),
        ("routes: [{to: default, via: 192.0.2.1, onlink: true}]", "host1's route has \"onlink\" without \"dev\""),
        ("routes: [{to: default, dev: eth0, onlink: true}]", "host1's route has \"onlink\" without \"via\""),
    ])
    func whatCannotBeIsSaid(written: String, message: String) throws {
        let found = try Lowered(text(host: written)).diagnostics.map(\.message)
        #expect(found.count == 1 && found.first?.contains(message) == true, "\(found)")
    }

    @Test func loopbacksAreAddressesOfTheirNodes() throws {
        let host = try host1("loopback: [10.255.0.1/32, \"fd00::1/128\"]", ", loopback: 10.254.0.1/32")
        #expect(host.loopback.map(\.value.description) == ["10.255.0.1/32", "fd00::1/128"])
        #expect(host.containers[0].loopback.map(\.value.description) == ["10.254.0.1/32"])
        #expect(host.containers[1].loopback.isEmpty)
    }
}
