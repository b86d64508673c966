import Testing
import TopoCheck
import TopoDiagnostics
import TopoModel

/// The rules on which subnets are where.
@Suite struct SubnetRuleTests {
    private func messages(_ topology: Topology, _ codes: DiagnosticCode...) -> [String] {
        check(topology).filter { codes.isEmpty || codes.contains($0.code) }.map { "\($0.code.rawValue) \($0.message)" }
    }

    /// Two hosts on one LAN, with a bridge each, and containers with these addresses on it.
    private func twoBridges(
        _ first: [String], _ second: [String], joined: Bool = false, runtime: Runtime = .netns, lan: String? = nil
    ) -> Topology {
        let sketch = Sketch()
        func host(_ number: Int, _ addresses: [String]) -> Host {
            sketch.host(
                "h\(number)", nics: [sketch.nic("eth0", "lan")],
                bridges: [sketch.bridge("br", ports: joined ? ["eth0"] : [])],
                containers: addresses.enumerated().map { index, address in
                    sketch.container("c\(number)\(index)", on: "br", address, runtime: runtime)
                })
        }
        let network = LAN(
            name: sketch.at("lan"), subnets: lan.map { [sketch.at(sketch.address($0).value.prefix, $0)] } ?? [])
        return sketch.topology([network], [host(1, first), host(2, second)])
    }

    @Test func oneSubnetOnSegmentsThatNothingJoins() {
        let apart = "T0312 \"10.0.0.0/24\" is on 2 segments that nothing connects"
        #expect(messages(twoBridges(["10.0.0.1/24"], ["10.0.0.2/24"])) == [apart])
        #expect(messages(twoBridges(["10.0.0.1/24"], ["10.0.0.2/24"], joined: true)) == [])
        #expect(messages(twoBridges(["10.0.0.1/24"], ["10.0.1.2/24"])) == [])
    }

    @Test func tenantsMayHaveOneSubnet() {
        // An address that is in both: they are networks of their own.
        #expect(messages(twoBridges(["10.0.0.1/24", "10.0.0.2/24"], ["10.0.0.2/24"])) == [])
        let sketch = Sketch()
        func host(_ number: Int, _ far: String) -> Host {
            sketch.host(
                "h\(number)", nics: [sketch.nic("eth0", "lan", "172.16.1.\(number)/24")],
                tunnels: [sketch.vxlan("red", 1, to: far), sketch.vxlan("blue", 2, to: far)],
                bridges: [sketch.bridge("br1", ports: ["red"]), sketch.bridge("br2", ports: ["blue"])],
                containers: [
                    sketch.container("r\(number)", on: "br1", "10.0.0.\(number)/24"),
                    sketch.container("b\(number)", on: "br2", "10.0.0.\(number + 10)/24"),
                ])
        }
        #expect(messages(sketch.topology([sketch.lan("lan")], [host(1, "h2"), host(2, "h1")])) == [])
    }

    @Test func twoSubnetsOnOneSegment() {
        #expect(
            messages(twoBridges(["10.0.0.1/24", "10.0.0.2/24"], ["10.0.1.3/24"], joined: true))
                == ["T0313 two subnets on one segment: \"10.0.1.0/24\" and \"10.0.0.0/24\""])
        // Of several the one that fewest have is told of.
        #expect(
            messages(twoBridges(["10.0.1.3/24"], ["10.0.0.1/24", "10.0.0.2/24"], joined: true))
                == ["T0313 two subnets on one segment: \"10.0.1.0/24\" and \"10.0.0.0/24\""])
        #expect(messages(twoBridges(["10.0.0.1/24"], ["2001:db8::1/64"], joined: true)) == [])
    }

    @Test func aLANsOwnSubnetsAreMeant() {
        let sketch = Sketch()
        let hosts = [1, 2].map { sketch.host("h\($0)", nics: [sketch.nic("eth0", "lan", "10.0.\($0).1/24")]) }
        #expect(messages(sketch.topology([sketch.lan("lan", "10.0.1.0/24", "10.0.2.0/24")], hosts)) == [])
        #expect(messages(sketch.topology([sketch.lan("lan")], hosts)).map { $0.prefix(5) } == ["T0313"])
    }

    @Test func aRouterOnOneWireJoinsTwoSubnets() {
        let sketch = Sketch()
        let host = sketch.host(
            "h1", forwarding: true, bridges: [sketch.bridge("br", "10.0.0.1/24", "10.0.1.1/24")],
            containers: [
                sketch.container("c1", on: "br", "10.0.0.2/24"), sketch.container("c2", on: "br", "10.0.1.2/24"),
            ])
        #expect(messages(sketch.topology([], [host]), .severalSubnets) == [])
    }

    @Test func anOverlayInTheHostsSubnet() {
        func found(_ overlay: String) -> [String] {
            let sketch = Sketch()
            let hosts = [(1, "h2"), (2, "h1")].map { number, far in
                sketch.host(
                    "h\(number)", nics: [sketch.nic("eth0", "lan", "172.16.1.\(number)/24")],
                    tunnels: [sketch.gre("t", to: far)], bridges: [sketch.bridge("br", ports: ["t"])],
                    containers: [
                        sketch.container(
                            "c\(number)", on: "br", overlay.split(separator: "%").joined(separator: "\(number)"))
                    ])
            }
            return messages(sketch.topology([sketch.lan("lan")], hosts))
        }
        #expect(found("10.0.0.%/24") == [])
        #expect(found("172.16.2.%/24") == [])
        #expect(
            found("172.16.1.1%/24")
                == ["T0314 the overlay's subnet \"172.16.1.0/24\" contains 172.16.1.1, an address of its own underlay"])
        #expect(
            found("172.16.9.%/16")
                == ["T0314 the overlay's subnet \"172.16.0.0/16\" contains 172.16.1.1, an address of its own underlay"])
    }

    @Test func dockersOwnNetworkIsTaken() {
        func found(_ runtime: Runtime, _ address: String?) -> [String] {
            let sketch = Sketch()
            let host = sketch.host(
                "h1", bridges: [address.map { sketch.bridge("br", $0) } ?? sketch.bridge("br")],
                containers: [
                    sketch.container("c1", on: "br", "172.17.3.2/24", runtime: runtime),
                    sketch.container("c2", on: "br", "172.17.3.3/24", runtime: runtime),
                ])
            return messages(sketch.topology([], [host]))
        }
        #expect(
            found(.docker, "172.17.3.1/24")
                == ["T0311 \"172.17.3.0/24\" overlaps with 172.17.0.0/16, which Docker uses for docker0"])
        #expect(found(.netns, "172.17.3.1/24") == [])
        #expect(found(.lxd, "172.17.3.1/24") == [])
        // A host without an address there has no way to it, and none to confuse it with.
        #expect(found(.docker, nil) == [])
    }

    @Test func aSubnetHasRoomForItsMembers() {
        func found(_ count: Int, _ length: Int) -> [String] {
            let sketch = Sketch()
            let host = sketch.host(
                "h1", bridges: [sketch.bridge("br", "10.0.0.1/\(length)")],
                containers: (2...count).map { sketch.container("c\($0)", on: "br", "10.0.0.\($0)/\(length)") })
            return messages(sketch.topology([], [host]))
        }
        #expect(found(6, 29) == [])
        #expect(found(8, 29) == ["T0315 \"10.0.0.0/29\" has room for 6 addresses, but 8 are needed"])
        #expect(found(14, 28) == [])
    }

    @Test func aLANHasRoomForItsMembers() {
        #expect(
            messages(twoBridges(["10.0.0.1/30", "10.0.0.2/30"], ["10.0.0.5/30"], joined: true, lan: "10.0.0.0/30"))
                == ["T0315 \"10.0.0.0/30\" has room for 2 addresses, but 3 are needed"])
        #expect(
            messages(twoBridges(["10.0.0.1/30"], ["10.0.0.5/30"], joined: true, lan: "10.0.0.0/30")).map {
                $0.prefix(5)
            }
                == ["T0308"])
    }

    /// A bridge with an address in each of two subnets, and a container in each.
    private func twoSubnets(
        forwarding: Bool? = nil, second: String = "10.2.0.2/24", checks: (Sketch) -> [Check] = { _ in [] }
    ) -> [Diagnostic] {
        let sketch = Sketch()
        let bridge = Bridge(
            name: sketch.at("br"), addresses: [sketch.address("10.1.0.1/24"), sketch.address("10.2.0.1/24")], ports: [])
        let host = sketch.host(
            "h", forwarding: forwarding, bridges: [bridge],
            containers: [sketch.container("c1", on: "br", "10.1.0.2/24"), sketch.container("c2", on: "br", second)])
        return check(sketch.topology([], [host], checks: checks(sketch)))
    }

    @Test func aHostInBothSubnetsMustForwardBetweenThem() {
        #expect(twoSubnets().map(\.code) == [.severalSubnets])
        #expect(twoSubnets().first?.help.first == "write \"forwarding: true\" in host \"h\"")
        #expect(twoSubnets(forwarding: true) == [])
        // Who says so means it; and nobody but the host is in the second.
        #expect(twoSubnets(forwarding: false) == [])
        #expect(twoSubnets(second: "10.1.0.3/24") == [])
    }

    @Test func aCheckBetweenSubnetsOfOneSegmentAsksForARouter() {
        #expect(twoSubnets { [$0.ping(("h", "c1"), ("h", "c2"))] }.map(\.code) == [.mustForward])
        let kept = twoSubnets { sketch in
            let ends = ["c1", "c2"].map { Endpoint(host: "h", container: $0, span: sketch.at($0).span) }
            return [Check(.noPing(ends[0], ends[1]), at: sketch.at("no-ping").span)]
        }
        #expect(kept == [])
    }
}
