import Testing
import TopoDiagnostics
import TopoModel
import TopoNetwork

/// What the kernel makes of a node's routes in the order of the file.
@Suite struct WrittenRouteTests {
    private let eth0 = InterfaceID(0)
    private let eth1 = InterfaceID(1)

    private func located<Value>(_ value: Value, _ place: Int = 0) -> Located<Value> {
        Located(value, at: Span(place, place + 1))
    }

    private func route(
        _ to: String, via: String? = nil, dev: String? = nil, metric: UInt32? = nil, at place: Int = 0
    ) throws -> Route {
        let device = dev.map { located($0) }
        let hop = try via.map { NextHop(span: Span(place, place + 1), address: try IPAddress($0), device: device) }
        return Route(
            to: located(try Prefix(to)),
            action: hop.map { .via($0) } ?? device.map { .dev($0) } ?? .unreachable(Span(0, 1)),
            metric: metric.map { located($0) })
    }

    /// What becomes of each next hop, in order: the number of its interface, or why it is refused.
    private func judged(
        _ addresses: [(String, InterfaceID)], _ routes: [Route]
    ) throws -> [Result<InterfaceID, NextHopRefusal>] {
        var results: [Result<InterfaceID, NextHopRefusal>] = []
        let written = WrittenRoutes(
            addresses: try addresses.map { (address: try InterfaceAddress($0.0), interface: $0.1) }, gateways: [],
            routes: routes)
        _ = written.table(interface: { $0 == "eth0" ? eth0 : $0 == "eth1" ? eth1 : nil }) { results.append($1) }
        return results
    }

    @Test func aGatewayBehindARouteByDeviceNeedsThatRouteFirst() throws {
        let way = try route("192.0.2.1/32", dev: "eth1")
        let beyond = try route("0.0.0.0/0", via: "192.0.2.1")
        #expect(try judged([("10.0.0.1/24", eth0)], [way, beyond]) == [.success(eth1)])
        #expect(try judged([("10.0.0.1/24", eth0)], [beyond, way]) == [.failure(.notOnLink)])
    }

    @Test func aNextHopIsNotTheNodesOwn() throws {
        let own = [("10.0.0.1/24", eth0), ("fd00::1/64", eth1)]
        #expect(try judged(own, [route("10.9.0.0/24", via: "10.0.0.1")]) == [.failure(.own)])
        #expect(try judged(own, [route("fd09::/64", via: "fd00::1", dev: "eth0")]) == [.failure(.own)])
        #expect(try judged(own, [route("10.9.0.0/24", via: "10.0.0.2")]) == [.success(eth0)])
    }

    @Test func aLinkLocalNextHopIsOfTheInterfaceThatIsNamed() throws {
        let own = [("fe80::1/64", eth0), ("fe80::2/64", eth1)]
        #expect(try judged(own, [route("fd09::/64", via: "fe80::9")]) == [.failure(.noInterface)])
        #expect(try judged(own, [route("fd09::/64", via: "fe80::9", dev: "eth1")]) == [.success(eth1)])
        #expect(try judged(own, [route("fd09::/64", via: "fe80::1", dev: "eth1")]) == [.success(eth1)])
        #expect(try judged(own, [route("fd09::/64", via: "fe80::1", dev: "eth0")]) == [.failure(.own)])
        #expect(try judged([], [route("fd09::/64", via: "fe80::9", dev: "eth0")]) == [.success(eth0)])
    }

    @Test func ofIPv6TheBestRouteLeadsToANextHop() throws {
        let far = try route("fd00::5/128", via: "fd00::2")
        let found = try judged([("fd00::1/64", eth0)], [far, route("fd07::/64", via: "fd00::5")])
        guard case .failure(.behind(let blamed)) = found[1] else { throw Unexpected() }
        #expect(found[0] == .success(eth0))
        #expect(blamed.action == .via(try IPAddress("fd00::2"), eth0))
        #expect(blamed.destination == (try Prefix("fd00::5/128")))
        let refused = try judged([("fd00::1/64", eth0)], [route("fd00::5/128"), route("fd07::/64", via: "fd00::5")])
        guard case .failure(.behind) = refused[0] else { throw Unexpected() }
    }

    /// With `dev`, routes by other interfaces are passed over, and one of a router by that interface is not.
    @Test func ofIPv6TheBestRouteByAnInterfaceThatIsNamed() throws {
        let both = [("fd00::1/64", eth0), ("fd00::1:1/64", eth1)]
        let far = try route("fd00::5/128", via: "fd00::2", dev: "eth1")
        #expect(try judged(both, [far, route("fd07::/64", via: "fd00::5", dev: "eth0")])[1] == .success(eth0))
        let found = try judged(both, [far, route("fd07::/64", via: "fd00::5", dev: "eth1")])
        guard case .failure(.behind) = found[1] else { throw Unexpected() }
        let nowhere = try route("fd00::5/128")
        #expect(try judged(both, [nowhere, route("fd07::/64", via: "fd00::5", dev: "eth1")]) == [.success(eth1)])
    }

    @Test func ofIPv4OneByAnotherInterfaceThanTheOneNamedIsRefused() throws {
        let both = [("10.0.0.1/24", eth0), ("10.1.0.1/24", eth1)]
        #expect(try judged(both, [route("10.9.0.0/24", via: "10.0.0.2", dev: "eth0")]) == [.success(eth0)])
        #expect(try judged(both, [route("10.9.0.0/24", via: "10.0.0.2", dev: "eth1")]) == [.failure(.notOnLink)])
    }

    @Test func routesAreTheSameByDestinationAndMetric() throws {
        #expect(try route("fd09::/64", via: "fd00::2").key == route("fd09::/64", metric: 1024).key)
        #expect(try route("fd09::/64", metric: 0).key == route("fd09::/64", metric: 1024).key)
        #expect(try route("fd09::/64", metric: 1).key != route("fd09::/64", metric: 1024).key)
        #expect(try route("10.9.0.0/24").key == route("10.9.0.0/24", via: "10.0.0.2", metric: 0).key)
        #expect(try route("10.9.0.0/24").key != route("10.9.0.0/25").key)
    }

    @Test(arguments: [
        ("6.1.0-18-amd64", 4), ("6.17.9", 4), ("6.18.44", 2), ("6.18", 2), ("7.0.0-rc1", 2), ("4.19.0", 4),
    ])
    func howManyTunnelsAKernelCarries(release: String, levels: Int) {
        #expect(TunnelLevels.carried(byKernel: release) == levels)
    }

    @Test func aKernelOfAnUnknownVersionIsTakenForANewOne() {
        #expect(TunnelLevels.carried(byKernel: "mainline") == 2)
    }

    private struct Unexpected: Error {}
}
