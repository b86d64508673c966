import Testing
import TopoModel
import TopoNetwork

/// The default gateways of a container on bridges of its host.
@Suite struct GatewayTests {
    private func gateways(
        _ container: Container, _ bridges: [Bridge], beside others: [Container] = [], forwards: Bool = true
    ) -> [String] {
        let host = Host(
            name: at("h"), forwarding: at(forwards), bridges: bridges, containers: [container] + others)
        return Gateways(Segments(of: topology([host]))).gateways(of: container, on: host).map {
            "\($0.address) by \($0.interface ?? "none")"
        }
    }

    @Test func aDefaultRouteOfAnotherMetricStandsBesideTheDerivedOne() throws {
        let bridges = [try bridge(0, "10.0.0.1/24")]
        func found(_ metric: UInt32?) throws -> [String] {
            let routes = [try route("0.0.0.0/0", via: "10.0.0.2", metric: metric)]
            return gateways(try container("c", ["10.0.0.11/24"], routes: routes), bridges)
        }
        #expect(try found(5) == ["10.0.0.1 by eth0"])
        #expect(try found(nil) == [])
        #expect(try found(0) == [])
    }

    @Test func aLinkLocalGatewayIsBehindTheInterfaceOnWhoseSegmentAnotherHasIt() throws {
        let found = gateways(
            try container(
                "c", ["fe80::1/64"], ["fd00::2/64"],
                gateway: .routers([NextHop(span: at(0).span, address: try IPAddress("fe80::1"))])),
            [try bridge(0), try bridge(1, "fe80::1/64")])
        #expect(found == ["fe80::1 by eth1"])
    }

    @Test func theContainersOwnAddressIsNoGateway() throws {
        #expect(gateways(try container("c", ["10.0.0.1/24"]), [try bridge(0, "10.0.0.1/24")]) == [])
    }

    @Test func theOnlyOtherRouterOfTheSegmentIsTheGateway() throws {
        func found(_ routers: String..., forwards: Bool? = nil) throws -> [String] {
            let others = try routers.enumerated().map { try container("r\($0)", [$1], forwards: true) }
            return gateways(
                try container("c", ["10.0.0.11/24"], forwards: forwards), [try bridge(0)], beside: others)
        }
        #expect(try found("10.0.0.2/24") == ["10.0.0.2 by eth0"])
        #expect(try found("10.0.0.2/24", "10.0.0.3/24") == [])
        #expect(try found("10.0.0.2/24", "10.1.0.3/24") == ["10.0.0.2 by eth0"])
        // Who is a router itself has no such gateway.
        #expect(try found("10.0.0.2/24", forwards: true) == [])
    }
}
