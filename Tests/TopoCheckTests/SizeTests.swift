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
}
