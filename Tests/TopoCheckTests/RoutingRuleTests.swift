import Testing
import TopoCheck
import TopoDiagnostics
import TopoModel

@Suite struct RoutingRuleTests {
    private func messages(_ change: (inout Sketch.Changes) -> Void) -> [String] {
        var changes = Sketch.Changes()
        change(&changes)
        return check(Sketch().routed(changes)).map { "\($0.code.rawValue) \($0.message)" }
    }

    @Test func namesThePairThatAHostThatDoesNotForwardParts() {
        #expect(messages { $0.forwarding2 = nil } == ["T0501 host \"host2\" must forward: \"c1\" cannot reach \"c3\""])
        #expect(messages { $0.forwarding1 = nil } == ["T0501 host \"host1\" must forward: \"c3\" cannot reach \"c1\""])
    }

    @Test func whatIsStatedIsMeant() {
        #expect(messages { $0.forwarding2 = false } == [])
    }

    /// The errors of two bridges on a host that does not forward, with written gateways, and these checks.
    private func twoBridges(forwarding: Bool? = nil, _ checks: (Sketch) -> [Check]) -> [DiagnosticCode] {
        let sketch = Sketch()
        let host = sketch.host(
            "h", forwarding: forwarding,
            bridges: [sketch.bridge("br0", "10.1.0.1/24"), sketch.bridge("br1", "10.2.0.1/24")],
            containers: [
                sketch.container("c1", on: "br0", "10.1.0.2/24", gateway: "10.1.0.1"),
                sketch.container("c2", on: "br1", "10.2.0.2/24", gateway: "10.2.0.1"),
                sketch.container("c3", on: "br1", "10.2.0.3/24", gateway: "10.2.0.1"),
            ])
        return sketch.errors(sketch.topology([], [host], checks: checks(sketch)))
    }

    @Test func whatANoPingKeepsApartNeedNotBeJoined() {
        func endpoint(_ sketch: Sketch, _ name: String) -> Endpoint {
            Endpoint(host: "h", container: name, span: sketch.at(name).span)
        }
        func noPing(_ sketch: Sketch, _ one: String, _ other: String) -> Check {
            Check(.noPing(endpoint(sketch, one), endpoint(sketch, other)), at: sketch.at("no-ping").span)
        }
        #expect(twoBridges { _ in [] } == [.mustForward])
        #expect(twoBridges { [noPing($0, "c1", "c3")] } == [])
        #expect(twoBridges { [noPing($0, "c3", "c1")] } == [])
        // That says nothing of the other bridge.
        #expect(twoBridges { [noPing($0, "c2", "c3")] } == [.mustForward])
        #expect(twoBridges(forwarding: false) { _ in [] } == [])
    }

    @Test func whatACheckAsksForIsNotMeantOtherwise() {
        let sketch = Sketch()
        let host = sketch.host(
            "h", forwarding: false,
            bridges: [sketch.bridge("br0", "10.1.0.1/24"), sketch.bridge("br1", "10.2.0.1/24")],
            containers: [
                sketch.container("c1", on: "br0", "10.1.0.2/24"), sketch.container("c2", on: "br1", "10.2.0.2/24"),
            ])
        let checks = [sketch.ping(("h", "c1"), ("h", "c2"))]
        #expect(sketch.errors(sketch.topology([], [host], checks: checks)) == [.mustForward])
    }

    @Test func namesEachHostOnce() {
        #expect(
            messages {
                $0.forwarding1 = nil
                $0.forwarding2 = nil
            } == [
                "T0501 host \"host1\" must forward: \"c3\" cannot reach \"c1\"",
                "T0501 host \"host2\" must forward: \"c1\" cannot reach \"c3\"",
            ])
    }

    @Test func aLoneLinkNeedsNoForwarding() {
        let sketch = Sketch()
        let host = sketch.host(
            "host1", nics: [sketch.nic("eth0", nil)], containers: [sketch.link("c1", "10.2.0.1/30", "10.2.0.2/30")])
        #expect(sketch.findings(sketch.topology([], [host])).isEmpty)
    }

    @Test func twoLinksOfOneHostNeedIt() {
        let sketch = Sketch()
        let host = sketch.host(
            "host1",
            containers: [
                sketch.link("c1", "10.2.0.1/30", "10.2.0.2/30"), sketch.link("c2", "10.2.0.5/30", "10.2.0.6/30"),
            ])
        let found = check(sketch.topology([], [host]))
        #expect(found.map(\.message) == ["host \"host1\" must forward: \"c1\" cannot reach \"c2\""])
        #expect(found.first?.help.last == "or \"gateway: none\" in container \"c1\", if it is to reach only host1")
    }

    @Test func bridgesOfOneHostMayStayApartUnlessAPingSaysOtherwise() {
        func found(_ pings: Bool) -> [String] {
            let sketch = Sketch()
            let host = sketch.host(
                "host1", bridges: [sketch.bridge("br0", "10.1.0.1/24"), sketch.bridge("br1", "10.2.0.1/24")],
                containers: [
                    sketch.container("c1", on: "br0", "10.1.0.2/24"), sketch.container("c2", on: "br1", "10.2.0.2/24"),
                ])
            let checks = pings ? [sketch.ping(("host1", "c1"), ("host1", "c2"))] : []
            return check(sketch.topology([], [host], checks: checks)).map(\.message)
        }
        #expect(found(false).isEmpty)
        #expect(found(true) == ["host \"host1\" must forward: \"c1\" cannot reach \"c2\""])
    }

    @Test func aHostNeedNotForwardToABridgeOnWhichItHasNoAddress() {
        func found(_ address: String?, routes: (Sketch) -> [Route] = { _ in [] }) -> [DiagnosticCode] {
            let sketch = Sketch()
            let br1 = address.map { sketch.bridge("br1", $0) } ?? sketch.bridge("br1")
            let host = sketch.host(
                "host1", bridges: [sketch.bridge("br0", "10.1.0.1/24"), br1], routes: routes(sketch),
                containers: [
                    sketch.container("c1", on: "br0", "10.1.0.2/24", gateway: "10.1.0.1"),
                    sketch.container("c2", on: "br1", "10.2.0.2/24"),
                ])
            return sketch.errors(sketch.topology([], [host]))
        }
        #expect(found(nil) == [])
        #expect(found("10.2.0.1/24") == [.mustForward])
        // A route by the bridge is as good as an address.
        #expect(
            found(nil) { sketch in
                [Route(to: sketch.at(sketch.address("10.2.0.0/24").value.prefix), action: .dev(sketch.at("br1")))]
            }.contains(.mustForward))
    }

    /// A host with the end of a tunnel in no bridge is on the overlay's segment, and nobody's neighbour there.
    @Test func anOverlayIsBeyondTheRouterForAHostWithoutAnAddressThere() {
        let sketch = Sketch()
        let h1 = sketch.host(
            "h1", forwarding: true, nics: [sketch.nic("e", "l", "172.16.1.1/24")],
            tunnels: [sketch.vxlan("v", 7, to: "h2")], bridges: [sketch.bridge("b", "10.1.0.1/24")],
            routes: [sketch.route("default", via: "172.16.1.2")],
            containers: [sketch.container("c1", on: "b", "10.1.0.11/24")])
        let h2 = sketch.host(
            "h2", nics: [sketch.nic("e", "l", "172.16.1.2/24")], tunnels: [sketch.vxlan("v", 7, to: "h1")],
            bridges: [sketch.bridge("b", "10.2.0.1/24", ports: ["v"])],
            containers: [sketch.container("c2", on: "b", "10.2.0.12/24")])
        #expect(sketch.errors(sketch.topology([sketch.lan("l")], [h1, h2])).first == .mustForward)
    }

    @Test func findsAContainerThatMustForward() {
        func found(_ forwarding: Bool?) -> [String] {
            let sketch = Sketch()
            let host = sketch.host(
                "host1", bridges: [sketch.bridge("br0"), sketch.bridge("br1")],
                containers: [
                    sketch.container("c1", on: "br0", "10.1.0.2/24", gateway: "10.1.0.1"),
                    sketch.router("r", on: ("br0", "10.1.0.1/24"), ("br1", "10.2.0.1/24"), forwarding: forwarding),
                    sketch.container("c2", on: "br1", "10.2.0.2/24", gateway: "10.2.0.1"),
                ])
            return check(sketch.topology([], [host])).map(\.message)
        }
        #expect(found(true).isEmpty)
        #expect(found(nil) == ["container \"r\" must forward: \"c1\" cannot reach \"c2\""])
    }

    @Test func looksBeyondTheNextRouterForThePair() {
        let sketch = Sketch()
        let host = sketch.host(
            "host1", bridges: [sketch.bridge("br0"), sketch.bridge("br1"), sketch.bridge("br2")],
            containers: [
                sketch.container("c1", on: "br0", "10.1.0.2/24", gateway: "10.1.0.1"),
                sketch.container("c2", on: "br2", "10.3.0.2/24", gateway: "10.3.0.1"),
                sketch.router(
                    "r1", on: ("br0", "10.1.0.1/24"), ("br1", "10.2.0.1/24"), forwarding: true,
                    routes: [sketch.route("10.3.0.0/24", via: "10.2.0.2")]),
                sketch.router(
                    "r2", on: ("br1", "10.2.0.2/24"), ("br2", "10.3.0.1/24"), forwarding: nil,
                    routes: [sketch.route("10.1.0.0/24", via: "10.2.0.1")]),
            ])
        let found = check(sketch.topology([], [host]))
        #expect(found.map(\.message) == ["container \"r2\" must forward: \"c2\" cannot reach \"c1\""])
    }

    @Test func refusesANextHopOnNoConnectedSubnet() {
        #expect(
            messages { $0.via1 = "172.16.2.2" } == ["T0502 next hop \"172.16.2.2\" is on no subnet of host \"host1\""])
        #expect(
            messages { $0.gateway = "10.9.0.1" } == ["T0502 gateway \"10.9.0.1\" is on no subnet of container \"c1\""])
    }

    @Test func proposesTheNextHopThatWasLikelyMeant() {
        var changes = Sketch.Changes()
        changes.gateway = "172.16.1.1"
        let found = check(Sketch().routed(changes))
        #expect(found.first?.help == ["write 10.1.0.1, host1's bridge \"lxdbr0\""])
    }

    @Test func refusesItsOwnAddressAndThatOfNobody() {
        #expect(
            messages { $0.gateway = "10.1.0.11" } == ["T0502 gateway \"10.1.0.11\" is container \"c1\"'s own address"])
        #expect(messages { $0.gateway = "10.1.0.254" } == ["T0502 gateway \"10.1.0.254\" is nobody's address"])
    }

    @Test func outsideTheTopologyTheremayBeARouter() {
        var changes = Sketch.Changes()
        changes.via1 = "172.16.1.254"
        let found = check(Sketch().routed(changes))
        #expect(found.map(\.code) == [.nextHopNotConnected])
        #expect(!found.hasErrors)
    }

    @Test func warnsOfWhatNothingUses() {
        let sketch = Sketch()
        let hosts = [
            sketch.host(
                "host1", tunnels: [sketch.gre("t", to: "host2")],
                bridges: [sketch.bridge("br0"), sketch.bridge("br1", "10.1.0.1/24", ports: ["t"])]),
            sketch.host("host2", tunnels: [sketch.gre("t", to: "host1")]),
        ]
        let found = check(sketch.topology([sketch.lan("internal")], hosts))
        #expect(
            found.map(\.message).sorted() == [
                "LAN \"internal\" is not used", "host1's bridge \"br0\" is not used",
                "host2's tunnel \"t\" is not used",
            ])
        #expect(!found.hasErrors)
    }
}
