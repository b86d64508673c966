import Testing
import TopoCheck
import TopoDiagnostics
import TopoModel

/// The rules on MTUs.
@Suite struct SizeTests {
    /// Two hosts with a container each on one VXLAN, over a LAN with this MTU.
    private func found(
        lan: Int? = nil, nic: Int? = nil, _ first: Int? = nil, _ second: Int? = nil,
        inner address: String = "10.0.0.%/24"
    ) -> [String] {
        let sketch = Sketch()
        let underlay = LAN(name: sketch.at("lan"), mtu: lan.map { sketch.at($0) })
        func host(_ number: Int, mtu: Int?) -> Host {
            let inner = address.split(separator: "%").joined(separator: String(number))
            return sketch.host(
                "h\(number)",
                nics: [sketch.nic("eth0", "lan", "172.16.1.\(number)/24", mtu: number == 1 ? nic : nil)],
                tunnels: [sketch.vxlan("v", 42, group: "239.1.1.42", dev: "eth0")],
                bridges: [sketch.bridge("br", ports: ["v"])],
                containers: [sketch.container("c\(number)", on: "br", inner, mtu: mtu)])
        }
        return check(sketch.topology([underlay], [host(1, mtu: first), host(2, mtu: second)])).map {
            "\($0.code.rawValue) \($0.message)"
        }
    }

    @Test func whatIsDerivedFits() {
        for lan in [nil, 1400, 1500, 9000] { #expect(found(lan: lan) == []) }
    }

    @Test func whatIsWrittenMayBeLess() {
        #expect(found(1400) == [])
        #expect(found(1450, 1450) == [])
        #expect(found(nic: 1400, 1350) == [])
        #expect(found(lan: 1550, 1500, 1500) == [])
    }

    @Test func whatIsWrittenMustGetThrough() {
        #expect(found(1451) == ["T0601 MTU 1451 of c1's \"eth0\" is more than the 1450 that get through"])
        #expect(found(1500, 1500) == ["T0601 MTU 1500 of c1's \"eth0\" is more than the 1450 that get through"])
        // A smaller NIC leaves less to the tunnel.
        #expect(found(nic: 1400, 1400) == ["T0601 MTU 1400 of c1's \"eth0\" is more than the 1350 that get through"])
        #expect(found(nic: 9000) == ["T0601 MTU 9000 of h1's \"eth0\" is more than the 1500 that get through"])
    }

    @Test func oneSegmentHasOneMTU() {
        #expect(found(1400, 1300) == ["T0603 MTUs of one segment differ: c1's \"eth0\" has 1400, c2's \"eth0\" 1300"])
    }

    @Test func aContainerMayHaveLinksOfDifferentMTUs() {
        let sketch = Sketch()
        let host = sketch.host(
            "h1", forwarding: true,
            bridges: [sketch.bridge("br0", "10.1.0.1/24"), sketch.bridge("br1", "10.2.0.1/24")],
            containers: [
                sketch.container("c1", on: "br0", "10.1.0.2/24", mtu: 1400),
                sketch.container("c2", on: "br1", "10.2.0.2/24", mtu: 9000),
            ])
        #expect(sketch.findings(sketch.topology([], [host])) == [])
    }

    @Test func ipv6NeedsItsLeast() {
        #expect(found(lan: 1330, inner: "2001:db8::%/64") == [])
        #expect(found(lan: 1300) == [])
        #expect(
            found(lan: 1329, inner: "2001:db8::%/64")
                == ["T0602 IPv6 needs an MTU of 1280, and the segment of \"2001:db8::1/64\" has 1279"])
    }

    @Test func aDeviceNeedsItsLeast() {
        #expect(found(lan: 118) == [])
        #expect(found(lan: 117) == ["T0604 MTU 117 leaves tunnel \"v\" of host \"h1\" 67 bytes"])
        #expect(found(lan: 70, inner: "2001:db8::%/64") == ["T0604 MTU 70 leaves tunnel \"v\" of host \"h1\" 20 bytes"])
    }

    /// What a bridge with this MTU and these containers' MTUs is told.
    private func bridged(
        _ bridge: Int?, _ containers: [Int?], address: String? = nil
    ) -> [(String, Diagnostic.Severity)] {
        let sketch = Sketch()
        let host = sketch.host(
            "h",
            bridges: [
                Bridge(
                    name: sketch.at("br"), addresses: address.map { [sketch.address($0)] } ?? [], ports: [],
                    mtu: bridge.map { sketch.at($0) })
            ],
            containers: containers.enumerated().map { index, mtu in
                sketch.container("c\(index)", on: "br", "10.0.0.1\(index)/24", mtu: mtu)
            })
        return check(sketch.topology([], [host])).map { ($0.code.rawValue, $0.severity) }
    }

    @Test func aBridgeWithoutAddressBoundsNothing() {
        func isWarned(_ found: [(String, Diagnostic.Severity)], _ severity: Diagnostic.Severity?) -> Bool {
            found.count == (severity == nil ? 0 : 1) && found.allSatisfy { $0.0 == "T0603" && $0.1 == severity }
        }
        #expect(isWarned(bridged(1500, [1600, 1600]), .warning))
        #expect(isWarned(bridged(9000, [1600, 1600]), .warning))
        #expect(isWarned(bridged(1600, [1600, 1600]), nil))
        #expect(isWarned(bridged(1500, [1600, 1500]), .error))
        #expect(isWarned(bridged(1500, [1600, 1600], address: "10.0.0.1/24"), .error))
        // The second follows the bridge, and gets less than the first sends.
        #expect(isWarned(bridged(1500, [1600, nil]), .error))
    }
}
