import Testing
import TopoModel
import TopoNetwork

/// Which ends of tunnels are joined, and what MTU is left in them.
@Suite struct TunnelJoinTests {
    private func joins(_ hosts: [Host], lans: Int = 1) -> [String] {
        Segments(of: topology(hosts, lans: Array(repeating: 1500, count: lans))).tunnelJoins.map {
            "\($0.one.host) \($0.one.interface) - \($0.other.host) \($0.other.interface)"
        }
    }

    @Test func ofSeveralTunnelsWithoutAKeyTheFirstMeetsTheFirst() throws {
        let hosts = try [("a", "b"), ("b", "a")].map { own, far in
            Host(name: at(own), tunnels: [try gretap("t", to: end(far)), try gretap("u", to: end(far))])
        }
        #expect(joins(hosts) == ["a t - b t", "a u - b u"])
    }

    @Test func aTunnelWithoutAKeyIsNotOneOfKeyZero() throws {
        func found(_ one: UInt32?, _ other: UInt32?) throws -> [String] {
            joins([
                Host(name: at("a"), tunnels: [try gretap("t", to: end("b"), key: one)]),
                Host(name: at("b"), tunnels: [try gretap("t", to: end("a"), key: other)]),
            ])
        }
        #expect(try found(nil, 0) == [])
        #expect(try found(0, 0) == ["a t - b t"])
        #expect(try found(nil, nil) == ["a t - b t"])
    }

    @Test func aGroupIsNotHeardBeyondItsSegment() throws {
        let flood = VXLANFlood.group(at(try IPAddress("239.1.1.7")))
        func found(_ second: Int) throws -> [String] {
            joins(
                [
                    Host(
                        name: at("a"), nics: [try nic(0, "10.0.0.1/24")], tunnels: [vxlan("v", flood, dev: "eth0")]),
                    Host(
                        name: at("b"), nics: [try nic(second, "10.0.0.2/24")],
                        tunnels: [vxlan("v", flood, dev: "eth\(second)")]),
                ], lans: 2)
        }
        #expect(try found(0) == ["b v - a v"])
        #expect(try found(1) == [])
    }

    /// The MTU of a VXLAN from "a", which is on two LANs, to a host on each.
    private func mtu(_ lans: [Int], written: Int? = nil) throws -> Int {
        let remotes = VXLANFlood.remotes([try end("b", "10.0.0.2"), try end("c", "10.1.0.3")])
        let hosts = [
            Host(
                name: at("a"), nics: [try nic(0, "10.0.0.1/24"), try nic(1, "10.1.0.1/24")],
                tunnels: [vxlan("v", remotes, mtu: written)]),
            Host(name: at("b"), nics: [try nic(0, "10.0.0.2/24")]),
            Host(name: at("c"), nics: [try nic(1, "10.1.0.3/24")]),
        ]
        let all = topology(hosts, lans: lans)
        return SegmentMTUs(of: all, segments: Segments(of: all), underlay: Underlay(of: all)).mtu(
            of: .init(host: "a", interface: "v")
        ).value
    }

    @Test func theSmallestUnderlayCounts() throws {
        #expect(try mtu([1500, 1300]) == 1250)
        #expect(try mtu([1300, 1500]) == 1250)
    }

    @Test func aWrittenMTUCounts() throws {
        #expect(try mtu([1500, 1300], written: 1400) == 1400)
        #expect(try mtu([1500, 1300], written: 1200) == 1200)
    }
}
