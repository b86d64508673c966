import Testing
import TopoCheck
import TopoDiagnostics
import TopoModel

/// The rules on where a tunnel's packets go.
@Suite struct UnderlayTests {
    private func messages(_ topology: Topology) -> [String] {
        check(topology).filter { $0.severity == .error }.map { "\($0.code.rawValue) \($0.message)" }
    }

    /// Two hosts with an address on the LAN and one on the bridge, and a tunnel between these addresses.
    private func found(_ first: String, _ second: String, ports: [String] = ["t"], stp: Bool? = nil) -> [String] {
        let sketch = Sketch()
        func host(_ number: Int, local: String, remote: String, of far: String) -> Host {
            sketch.host(
                "h\(number)",
                nics: [sketch.nic("eth0", "lan", "172.16.1.\(number)/24"), sketch.nic("eth1", "lan2")],
                tunnels: [sketch.gre("t", to: remote, of: far, local: local)],
                bridges: [sketch.bridge("br", "10.0.0.\(number)/24", ports: ports, stp: stp)])
        }
        let hosts = [host(1, local: first, remote: second, of: "h2"), host(2, local: second, remote: first, of: "h1")]
        return messages(sketch.topology([sketch.lan("lan"), sketch.lan("lan2")], hosts))
    }

    @Test func aFarEndInTheOverlayIsToldOf() {
        #expect(found("172.16.1.1", "172.16.1.2") == [])
        #expect(found("172.16.1.1", "10.0.0.2") == ["T0506 h1's tunnel \"t\" would send its packets through itself"])
    }

    @Test func aSegmentThatALANJoinsCarriesATunnelAllTheSame() {
        #expect(found("10.0.0.1", "10.0.0.2", ports: ["t", "eth1"], stp: true) == [])
    }

    /// Where hosts of two LANs have one address, the first in the file has it.
    @Test func ofTwoHostsWithOneAddressTheFirstIsMeant() {
        let sketch = Sketch()
        func host(_ number: Int, far: Int) -> Host {
            sketch.host(
                "h\(number)", nics: [sketch.nic("eth0", "lan", "172.16.1.\(number)/24")],
                tunnels: [sketch.gre("t", to: "172.16.1.\(far)", of: "h\(far)")],
                bridges: [sketch.bridge("br", "10.0.0.\(number)/24", ports: ["t"])])
        }
        let others = [2, 3].map { number in
            sketch.host("other\(number)", nics: [sketch.nic("eth0", "lan2", "172.16.1.\(number)/24")])
        }
        let lans = [sketch.lan("lan"), sketch.lan("lan2")]
        #expect(messages(sketch.topology(lans, [host(1, far: 2), host(2, far: 1)] + others)) == [])
    }

    @Test func tunnelsThatRunThroughEachOther() {
        func found(_ first: Int, _ second: Int) -> [String] {
            let sketch = Sketch()
            func host(_ own: Int, _ far: Int) -> Host {
                func tunnel(_ name: String, _ net: Int) -> Tunnel {
                    sketch.gre(name, to: "10.\(net).0.\(far)", of: "h\(far)", local: "10.\(net).0.\(own)")
                }
                return sketch.host(
                    "h\(own)", nics: [sketch.nic("eth0", "lan", "10.0.0.\(own)/24")],
                    tunnels: [tunnel("a", first), tunnel("b", second)],
                    bridges: [
                        sketch.bridge("br1", "10.1.0.\(own)/24", ports: ["a"]),
                        sketch.bridge("br2", "10.2.0.\(own)/24", ports: ["b"]),
                    ])
            }
            return messages(sketch.topology([sketch.lan("lan")], [host(1, 2), host(2, 1)]))
        }
        // The one over the LAN, the other over the one: that works.
        #expect(found(0, 1) == [])
        #expect(found(2, 0) == [])
        #expect(found(2, 1).count == 1)
        #expect(found(2, 1).first?.hasPrefix("T0506 ") == true)
    }

    /// Two hosts on two LANs with a router between them.
    @Test func theUnderlayMustCarry() {
        func found(forwarding: Bool?, back: String?) -> [String] {
            let sketch = Sketch()
            func host(_ number: Int, _ far: String, _ route: Route?) -> Host {
                sketch.host(
                    "h\(number)", nics: [sketch.nic("eth0", "lan\(number)", "172.16.\(number).1/24")],
                    tunnels: [sketch.gre("t", to: far)], bridges: [sketch.bridge("br", ports: ["t"])],
                    routes: route.map { [$0] } ?? [])
            }
            let router = sketch.host(
                "r", forwarding: forwarding,
                nics: [sketch.nic("eth1", "lan1", "172.16.1.254/24"), sketch.nic("eth2", "lan2", "172.16.2.254/24")])
            let hosts = [
                host(1, "h2", sketch.route("default", via: "172.16.1.254")), router,
                host(2, "h1", back.map { sketch.route($0, via: "172.16.2.254") }),
            ]
            return messages(sketch.topology([sketch.lan("lan1"), sketch.lan("lan2")], hosts))
        }
        #expect(found(forwarding: true, back: "default") == [])
        #expect(
            found(forwarding: true, back: nil)
                == ["T0503 host \"h2\" has no route to 172.16.1.1, the far end of h2's tunnel \"t\""])
        #expect(
            found(forwarding: nil, back: "default") == ["T0501 host \"r\" must forward: \"h1\" cannot reach \"h2\""])
    }
}
