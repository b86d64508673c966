import Testing
import TopoCheck
import TopoDiagnostics
import TopoModel

/// The rules on ways between containers, there and back.
@Suite struct WayTests {
    /// Hosts "h1", "h2", … that forward, 172.16.1.1 and so on, each with these routes and a container "c1" on a bridge, 10.1.0.11.
    private func found(
        _ routes: ((Sketch) -> [Route])..., forwarding: Bool? = true, tunnels: Bool = false,
        checks: (Sketch) -> [Check] = { _ in [] }
    ) -> [Diagnostic] {
        let sketch = Sketch()
        let hosts = routes.enumerated().map { index, make in
            let number = index + 1
            let far = "h\(number % routes.count + 1)"
            return sketch.host(
                "h\(number)", forwarding: index == 0 ? true : forwarding,
                nics: [sketch.nic("eth0", "lan", "172.16.1.\(number)/24")],
                tunnels: tunnels ? [sketch.gre("t", to: far)] : [],
                bridges: [sketch.bridge("br0", "10.\(number).0.1/24")]
                    + (tunnels ? [sketch.bridge("br1", ports: ["t"])] : []),
                routes: make(sketch), containers: [sketch.container("c\(number)", on: "br0", "10.\(number).0.11/24")])
        }
        return check(sketch.topology([sketch.lan("lan", "172.16.1.0/24")], hosts, checks: checks(sketch)))
    }

    private func messages(_ found: [Diagnostic]) -> [String] {
        found.map { "\($0.severity == .error ? "error" : "warning") \($0.code.rawValue) \($0.message)" }
    }

    private func to(_ host: Int, via: Int? = nil) -> (Sketch) -> [Route] {
        { [$0.route("10.\(host).0.0/16", via: "172.16.1.\(via ?? host)")] }
    }

    private let nothing: (Sketch) -> [Route] = { _ in [] }

    @Test func aWayThereAndBackIsFine() {
        #expect(messages(found(to(2), to(1))) == [])
    }

    @Test func anAnswerGoesToTheAddressThatTheKernelSendsFrom() {
        /// Two containers on a bridge: the first with two addresses, the second in one of their subnets.
        func codes(_ first: [String], _ second: String) -> [String] {
            let sketch = Sketch()
            let several = sketch.container("c1", on: "br0", addresses: first)
            let host = sketch.host(
                "h1", bridges: [sketch.bridge("br0")],
                containers: [several, sketch.container("c2", on: "br0", second)])
            return check(sketch.topology([], [host])).map(\.code.rawValue)
        }
        // From the address in the neighbour's subnet, by the connected route and by the longest common prefix (RFC 6724, rule 8).
        #expect(codes(["10.1.0.11/24", "10.2.0.11/24"], "10.2.0.12/24") == [])
        #expect(codes(["fd00:1::11/64", "fd00:2::11/64"], "fd00:2::12/64") == [])
        #expect(codes(["fd00:1::11/64", "fd00:2::11/64"], "fd00:1::12/64") == [])
    }

    @Test(arguments: [["10.1.0.11/24"], ["fd00:1::11/64"], ["fd00:1::11/64", "fd00:1::61/64"]])
    func whicheverOfItsAddressesAContainerSendsFromNeedsAWayBack(addresses: [String]) {
        let isFour = addresses.count == 1 && addresses[0].hasPrefix("10.")
        let sketch = Sketch()
        let first = sketch.container("c1", on: "b", addresses: addresses)
        func host(_ number: Int, _ containers: [Container]) -> Host {
            sketch.host(
                "h\(number)", forwarding: true,
                nics: [sketch.nic("e", "l", isFour ? "172.16.0.\(number)/24" : "fd00:16::\(number)/64")],
                bridges: [sketch.bridge("b", isFour ? "10.\(number).0.1/24" : "fd00:\(number)::1/64")],
                routes: number == 2
                    ? []
                    : [
                        isFour
                            ? sketch.route("10.2.0.0/24", via: "172.16.0.2")
                            : sketch.route("fd00:2::/64", via: "fd00:16::2")
                    ], containers: containers)
        }
        let second = sketch.container("c2", on: "b", isFour ? "10.2.0.12/24" : "fd00:2::12/64")
        #expect(sketch.errors(sketch.topology([sketch.lan("l")], [host(1, [first]), host(2, [second])])) == [.noRoute])
    }

    @Test func noWayBackIsAnError() {
        #expect(
            messages(found(to(2), nothing)) == [
                "error T0503 host \"h2\" has no route back to 10.1.0.0/24: \"c1\" gets no answer from \"c2\""
            ])
        let help = found(to(2), nothing).first?.help
        #expect(help == ["write \"- {to: 10.1.0.0/24, via: h1}\" among the routes of host \"h2\""])
    }

    @Test func noWayAtAllIsAWarningUnlessACheckSaysSo() {
        #expect(
            messages(found(nothing, nothing)) == [
                "warning T0503 host \"h1\" has no route to 10.2.0.0/24, and there is none back: \"c1\" and \"c2\" cannot "
                    + "reach each other"
            ])
        let apart = found(
            nothing, nothing,
            checks: { sketch in
                func endpoint(_ number: Int) -> Endpoint {
                    Endpoint(host: "h\(number)", container: "c\(number)", span: sketch.at(number).span)
                }
                return [Check(.noPing(endpoint(2), endpoint(1)), at: sketch.at("no-ping").span)]
            })
        #expect(messages(apart) == [])
    }

    @Test func hostsThatAreTheEndsOfATunnelNeedNotRoute() {
        #expect(messages(found(nothing, nothing, tunnels: true)) == [])
    }

    @Test func aHostThatDoesNotForwardIsAnEnd() {
        #expect(messages(found(nothing, nothing, forwarding: false)) == [])
        // Who must forward is told of that alone.
        #expect(found(to(2), nothing, forwarding: nil).map(\.code) == [.mustForward])
    }

    @Test func refusedPacketsAreMeant() {
        #expect(messages(found({ [$0.refusal("10.2.0.0/16")] }, to(1))) == [])
    }

    @Test func eachRouterIsToldOfOnce() {
        let all = { (sketch: Sketch) in (1...4).map { sketch.route("10.\($0).0.0/16", via: "172.16.1.\($0)") } }
        func but(_ number: Int) -> (Sketch) -> [Route] {
            { sketch in all(sketch).enumerated().filter { $0.offset != number - 1 }.map(\.element) }
        }
        #expect(found(but(1), but(2), but(3), nothing).map(\.code) == [.noRoute])
    }

    @Test func routersThatHandPacketsRoundAreToldOf() {
        let defaults: (Int) -> (Sketch) -> [Route] = { via in { [$0.route("default", via: "172.16.1.\(via)")] } }
        #expect(
            messages(found(defaults(2), defaults(1), defaults(1)))
                == ["error T0504 routing loop: packets for 10.3.0.0/24 go round h1, h2"])
        #expect(
            messages(found(defaults(2), defaults(3), defaults(1)))
                == ["warning T0505 the default routes of h1, h2, h3 form a ring"])
    }

    @Test func aRefusalOfTheOwnBlockEndsTheRing() {
        func ring(_ refused: String...) -> [String] {
            messages(
                found(
                    { sketch in [sketch.route("default", via: "172.16.1.2")] + refused.map { sketch.refusal($0) } },
                    { [$0.route("default", via: "172.16.1.1")] }))
        }
        let warning = "warning T0505 the default routes of h1, h2 form a ring"
        #expect(ring() == [warning])
        #expect(ring("10.1.0.0/16") == [])
        #expect(ring("10.7.0.0/16") == [warning])
        #expect(
            found({ [$0.route("default", via: "172.16.1.2")] }, { [$0.route("default", via: "172.16.1.1")] }).first?
                .help
                .first
                == "let h2 reject addresses that it has no subnet for: \"- {to: 10.2.0.0/16, type: unreachable}\" among its routes"
        )
    }

    @Test func aDefaultRouteOutOfTheTopologyIsNoRing() {
        let out = found({ [$0.route("default", via: "172.16.1.254")] }, { [$0.route("default", via: "172.16.1.1")] })
        #expect(out.map(\.code) == [.nextHopNotConnected])
    }

    @Test func gatewayNoneIsHeardExceptOnALink() {
        func found(link: Bool) -> [String] {
            let sketch = Sketch()
            let plain =
                link
                ? sketch.link("c2", "10.2.0.1/30", "10.2.0.2/30") : sketch.container("c2", on: "br1", "10.2.0.2/24")
            let alone = Container(
                name: plain.name, runtime: .netns, interfaces: plain.interfaces, gateway: .none(sketch.at("none").span))
            let host = sketch.host(
                "h1", forwarding: true,
                bridges: [sketch.bridge("br0", "10.1.0.1/24")] + (link ? [] : [sketch.bridge("br1", "10.2.0.1/24")]),
                containers: [sketch.container("c1", on: "br0", "10.1.0.2/24"), alone])
            return messages(check(sketch.topology([], [host])))
        }
        #expect(found(link: false) == [])
        #expect(
            found(link: true) == ["warning T0503 container \"c2\" has no default route: \"c1\" gets no answer from it"])
    }

    /// Two hosts on two LANs, whose routes lead over the one or the other.
    @Test func waysThatPartAreAWarning() {
        func found(_ there: String, _ back: String) -> [String] {
            let sketch = Sketch()
            func host(_ number: Int, _ route: Route) -> Host {
                sketch.host(
                    "h\(number)", forwarding: true,
                    nics: [
                        sketch.nic("eth0", "north", "172.16.1.\(number)/24"),
                        sketch.nic("eth1", "south", "172.16.2.\(number)/24"),
                    ], bridges: [sketch.bridge("br0", "10.\(number).0.1/24")], routes: [route],
                    containers: [sketch.container("c\(number)", on: "br0", "10.\(number).0.11/24")])
            }
            let hosts = [
                host(1, sketch.route("10.2.0.0/24", via: there)), host(2, sketch.route("10.1.0.0/24", via: back)),
            ]
            return messages(check(sketch.topology([sketch.lan("north"), sketch.lan("south")], hosts)))
        }
        #expect(found("172.16.1.2", "172.16.1.1") == [])
        #expect(
            found("172.16.1.2", "172.16.2.1") == [
                "warning T0507 packets from \"c1\" to \"c2\" arrive at h2 on \"eth0\", but the way back uses \"eth1\""
            ])
    }

    @Test func aForwardingHostNeedsAnAddressOnItsContainersBridge() {
        func found(_ first: [String], second: Bool = false, ports: [String] = []) -> [String] {
            let sketch = Sketch()
            let bridge = Bridge(
                name: sketch.at("br0"), addresses: first.map { sketch.address($0) }, ports: ports.map { sketch.at($0) })
            let host = sketch.host(
                "h1", forwarding: true,
                nics: [sketch.nic("eth0", "lan", "172.16.1.1/24")] + ports.map { sketch.nic($0, "lan2") },
                bridges: [bridge] + (second ? [sketch.bridge("br1", "10.9.0.1/24")] : []),
                containers: [sketch.container("c1", on: "br0", "10.1.0.11/24")]
                    + (second ? [sketch.container("c2", on: "br1", "10.9.0.2/24")] : []))
            let other = sketch.host(
                "h2", nics: [sketch.nic("eth0", "lan", "172.16.1.2/24"), sketch.nic("eth1", "lan2")])
            return messages(check(sketch.topology([sketch.lan("lan"), sketch.lan("lan2")], [host, other])))
                .filter { !$0.contains("T0408") }
        }
        #expect(found([]) == ["warning T0508 h1 forwards, but has no address on bridge \"br0\""])
        #expect(found(["10.1.0.1/24"]) == [])
        #expect(found([], second: true) == [])
        #expect(found([], ports: ["eth1"]) == [])
    }
}
