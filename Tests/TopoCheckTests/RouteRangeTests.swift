import Testing
import TopoModel
import TopoNetwork

@testable import TopoCheck

/// Runs of destinations that share a route, against looking each of them up.
@Suite struct RouteRangeTests {
    /// Prefixes that hold each other, lie side by side, and leave gaps; with and without a default route.
    @Test(arguments: 1...60)
    func eachDestinationIsInTheRunOfItsRoute(seed: UInt64) {
        var state = seed
        func draw(_ count: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % count)
        }
        let sketch = Sketch()
        var routes: [Route] = (0..<draw(12)).map { _ in
            let length = 26 + draw(7)
            let block = draw(64) * 4 & ~((1 << (32 - length)) - 1) & 255
            return sketch.route("10.0.0.\(block)/\(length)", via: "172.16.0.\(2 + draw(3))")
        }
        if draw(2) == 0 { routes.append(sketch.route("default", via: "172.16.0.5")) }
        if draw(3) == 0 { routes.append(sketch.refusal("10.0.0.64/27")) }
        let router = sketch.host(
            "h1", forwarding: true, nics: [sketch.nic("eth0", "lan", "172.16.0.1/24")], routes: routes)
        let others = (2...5).map { number in
            sketch.host("h\(number)", forwarding: true, nics: [sketch.nic("eth0", "lan", "172.16.0.\(number)/24")])
        }
        let network = Network(sketch.topology([sketch.lan("lan", "172.16.0.0/24")], [router] + others))
        var walks = RouteWalks(network, mustForward: [])
        let destinations = (0..<256).filter { _ in draw(3) > 0 }.map { sketch.ip("10.0.0.\($0)") }
        let ranges = RouteRanges(of: 0, to: destinations, &walks)
        for (place, destination) in destinations.enumerated() {
            let expected = walks.turn(at: 0, by: walks.table(of: 0).route(to: destination))
            #expect(ranges.turn(to: place) == expected, "\(destination)")
        }
    }

    @Test func aRouteOfTheOtherFamilyHoldsNothing() {
        let sketch = Sketch()
        let host = sketch.host("h1", forwarding: true, nics: [sketch.nic("eth0", nil, "fd00::1/0")])
        var walks = RouteWalks(Network(sketch.topology([], [host])), mustForward: [])
        let ranges = RouteRanges(of: 0, to: [sketch.ip("10.0.0.1")], &walks)
        #expect(ranges.turn(to: 0) == .none)
    }
}
