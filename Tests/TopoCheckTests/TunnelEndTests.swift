import Testing
import TopoCheck
import TopoDiagnostics
import TopoModel

@Suite struct TunnelEndTests {
    /// Hosts "h1", "h2", …, 172.16.1.1 and so on, each with these tunnels as ports of its bridge.
    private func found(_ tunnels: [(Sketch) -> [Tunnel]], isComplete: Bool = true) -> [Diagnostic] {
        let sketch = Sketch()
        let hosts = tunnels.enumerated().map { number, make in
            let tunnels = make(sketch)
            return sketch.host(
                "h\(number + 1)", nics: [sketch.nic("eth0", "lan", "172.16.1.\(number + 1)/24")], tunnels: tunnels,
                bridges: [sketch.bridge("br", ports: tunnels.map(\.name.value))],
                containers: [sketch.container("c\(number + 1)", on: "br", "10.0.0.\(number + 1)/24")])
        }
        return check(sketch.topology([sketch.lan("lan", "172.16.1.0/24")], hosts, isComplete: isComplete))
    }

    private func messages(_ tunnels: ((Sketch) -> [Tunnel])...) -> [String] {
        found(tunnels).map { "\($0.code.rawValue) \($0.message)" }
    }

    @Test func mirroredEndsAreFine() {
        #expect(messages({ [$0.gre("t", to: "h2", key: 1)] }, { [$0.gre("t", to: "h1", key: 1)] }) == [])
        #expect(
            messages(
                { [$0.gre("t", to: "172.16.1.2", of: "h2", local: "172.16.1.1")] },
                { [$0.gre("t", to: "172.16.1.1", of: "h1", local: "172.16.1.2")] }) == [])
        #expect(
            messages({ [$0.gre("t", to: "h2")] }, { [$0.gre("t", to: "172.16.1.1", of: "h1")] }) == [])
    }

    @Test func swappedLocalAndRemoteAreToldOfOnce() {
        let same: (Sketch) -> [Tunnel] = { [$0.gre("t", to: "172.16.1.2", of: "h2", local: "172.16.1.1")] }
        #expect(messages(same, same) == ["T0402 \"local\" and \"remote\" of h2's tunnel \"t\" are swapped"])
    }

    @Test func localMustBeAnAddressOfTheHost() {
        #expect(
            messages(
                { [$0.gre("t", to: "h2", local: "172.16.1.9")] },
                { [$0.gre("t", to: "h1")] })
                == ["T0402 \"local\" of h1's tunnel \"t\" is no address of h1"])
    }

    @Test func keysMustBeTheSame() {
        #expect(
            messages({ [$0.gre("t", to: "h2", key: 1)] }, { [$0.gre("u", to: "h1")] })
                == ["T0402 tunnel ends differ: h1's tunnel \"t\" has key 1, h2's tunnel \"u\" has no key"])
    }

    @Test func theFarEndMustLeadBack() {
        #expect(
            messages({ [$0.gre("t", to: "h2")] }, { [$0.gre("u", to: "h3")] }, { _ in [] })
                == ["T0402 tunnel ends differ: h1's tunnel \"t\" leads to h2, h2's tunnel \"u\" leads to h3"])
        #expect(
            messages({ [$0.gre("t", to: "h2")] }, { _ in [] })
                == ["T0402 h1's tunnel \"t\" has one end only: h2 has no tunnel to h1"])
    }

    @Test func anEndOutsideTheTopologyIsAWarning() {
        let found = found([{ [$0.gre("t", to: "198.51.100.1", of: nil)] }])
        #expect(found.map(\.message) == ["the far end of h1's tunnel \"t\", 198.51.100.1, does not belong to any host"])
        #expect(!found.hasErrors)
    }

    @Test func unicastVXLANsMustListEachOther() {
        #expect(messages({ [$0.vxlan("v", 42, to: "h2")] }, { [$0.vxlan("v", 42, to: "h1")] }) == [])
        #expect(
            messages(
                { [$0.vxlan("v", 42, to: "h2", "h3")] }, { [$0.vxlan("v", 42, to: "h1", "h3")] },
                { [$0.vxlan("v", 42, to: "h1")] })
                == ["T0402 tunnel ends differ: h2's tunnel \"v\" sends to h3, h3's tunnel \"v\" does not list h2"])
        #expect(
            messages({ [$0.vxlan("v", 42, to: "h2")] }, { _ in [] })
                == ["T0402 h1's tunnel \"v\" has one end only: h2 has no VXLAN 42"])
    }

    @Test func vnisPortsAndTypesMustBeTheSame() {
        #expect(
            messages({ [$0.vxlan("v", 42, to: "h2")] }, { [$0.vxlan("v", 24, to: "h1")] })
                == ["T0402 tunnel ends differ: h1's tunnel \"v\" has VNI 42, h2's tunnel \"v\" has VNI 24"])
        #expect(
            messages({ [$0.vxlan("v", 42, to: "h2")] }, { [$0.vxlan("v", 42, to: "h1", port: 8472)] })
                == [
                    "T0402 tunnel ends differ: h1's tunnel \"v\" uses UDP port 4789, h2's tunnel \"v\" uses UDP port 8472"
                ])
        #expect(
            messages({ [$0.gre("t", to: "h2")] }, { [$0.vxlan("v", 42, to: "h1")] })
                == ["T0402 tunnel ends differ: h1's tunnel \"t\" is gretap, h2's tunnel \"v\" is vxlan"])
    }

    @Test func membersOfAGroupMustAgree() {
        func group(_ vni: UInt32, _ group: String, port: UInt16? = nil) -> (Sketch) -> [Tunnel] {
            { [$0.vxlan("v", vni, group: group, dev: "eth0", port: port)] }
        }
        #expect(messages(group(42, "239.1.1.42"), group(42, "239.1.1.42", port: 4789)) == [])
        #expect(
            messages(group(42, "239.1.1.42"), group(42, "239.1.1.42"), group(43, "239.1.1.42"))
                == ["T0402 tunnel ends differ: h1's tunnel \"v\" has VNI 42, h3's tunnel \"v\" has VNI 43"])
        #expect(
            messages(group(42, "239.1.1.42"), group(42, "239.1.1.43"))
                == [
                    "T0402 tunnel ends differ: h1's tunnel \"v\" floods through group 239.1.1.42 on \"eth0\", "
                        + "h2's tunnel \"v\" floods through group 239.1.1.43 on \"eth0\""
                ])
        #expect(
            messages(group(42, "239.1.1.42"), { _ in [] })
                == ["T0402 h1's tunnel \"v\" has one end only: no other host is in its group"])
    }

    /// The group that is proposed has the low bytes of the VNI.
    @Test func aPrivateGroupIsProposed() {
        let ends: (Sketch) -> [Tunnel] = { [$0.vxlan("v", 0x12345, group: "224.0.1.0", dev: "eth0")] }
        let help = found([ends, ends]).first { $0.code == .groupNotPrivate }?.help ?? []
        #expect(help.first?.hasSuffix(" 239.1.35.69") == true, "\(help)")
    }

    /// A hub with a thousand spokes, which come first in the file.
    @Test func everyEndOfAHubIsComparedWithItsOwn() {
        let count = 1000
        func found(hubKey: UInt32?) -> [Diagnostic] {
            let sketch = Sketch()
            let spokes = (1...count).map { number in
                sketch.host(
                    "h\(number)", nics: [sketch.nic("eth0", "lan", "10.0.\(number / 250).\(number % 250 + 1)/16")],
                    tunnels: [sketch.gre("t", to: "hub")], bridges: [sketch.bridge("br", ports: ["t"])])
            }
            let tunnels = (1...count).map { sketch.gre("t\($0)", to: "h\($0)", key: hubKey) }
            let hub = sketch.host(
                "hub", nics: [sketch.nic("eth0", "lan", "10.0.255.1/16")], tunnels: tunnels,
                bridges: (0..<count / 100).map { bridge in
                    sketch.bridge(
                        "br\(bridge)", ports: tunnels[(bridge * 100)..<(bridge * 100 + 100)].map(\.name.value))
                })
            return check(sketch.topology([sketch.lan("lan")], spokes + [hub]))
        }
        #expect(found(hubKey: nil).isEmpty)
        #expect(found(hubKey: 7).map(\.code) == Array(repeating: .tunnelEndsDiffer, count: count))
    }

    @Test func ofAnIncompleteTopologyNothingIsConcluded() {
        #expect(found([{ [$0.gre("t", to: "h2")] }, { _ in [] }], isComplete: false).isEmpty)
    }
}
