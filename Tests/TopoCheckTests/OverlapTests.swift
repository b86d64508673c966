import RandomNumbers
import Testing
import TopoCheck
import TopoDiagnostics
import TopoModel

@Suite struct OverlapTests {
    private func twoBridges(
        _ first: String, _ second: String, forwarding: Bool = true, joined: Bool = false
    ) -> [String] {
        let sketch = Sketch()
        func host(_ name: String, _ other: String, _ nic: String, _ bridge: String) -> Host {
            sketch.host(
                name, forwarding: forwarding, nics: [sketch.nic("eth0", "internal", nic)],
                tunnels: joined ? [sketch.gre("t", to: other)] : [],
                bridges: [sketch.bridge("br0", bridge, ports: joined ? ["t"] : [])])
        }
        let hosts = [host("host1", "host2", "172.16.1.1/24", first), host("host2", "host1", "172.16.1.2/24", second)]
        return sketch.findings(sketch.topology([sketch.lan("internal")], hosts))
    }

    @Test func findsEqualAndNestedSubnetsOfDifferentHosts() {
        #expect(twoBridges("10.1.0.1/24", "10.1.0.1/24") == ["T0302 10.1.0.1/24 10.1.0.1/24"])
        #expect(twoBridges("10.1.0.1/24", "10.1.0.129/25") == ["T0302 10.1.0.129/25 10.1.0.1/24"])
        #expect(twoBridges("10.1.0.129/25", "10.1.0.1/16") == ["T0302 10.1.0.1/16 10.1.0.129/25"])
        #expect(twoBridges("10.1.0.1/25", "10.1.0.129/25").isEmpty)
    }

    /// A bridge whose subnet holds a LAN's: containers on it look for the LAN's nodes on the bridge.
    private func around(_ bridge: String, containers: [String]) -> [Diagnostic] {
        let sketch = Sketch()
        let hosts = [
            sketch.host(
                "host1", forwarding: true, nics: [sketch.nic("eth0", "internal", "172.16.1.1/24")],
                bridges: [sketch.bridge("br0", bridge)],
                containers: containers.enumerated().map { sketch.container("c\($0)", on: "br0", $1) }),
            sketch.host("host2", forwarding: true, nics: [sketch.nic("eth0", "internal", "172.16.1.2/24")]),
        ]
        return check(sketch.topology([sketch.lan("internal")], hosts)).filter { $0.code == .subnetsOverlap }
    }

    @Test func subnetsOfTwoSegmentsAreAnErrorWhereSomebodyIsNotReached() {
        #expect(around("172.16.0.1/12", containers: ["172.16.0.11/12"]).map(\.severity) == [.error])
        // The host itself takes the longer prefix, and finds the LAN's nodes.
        #expect(around("172.16.0.1/12", containers: []).map(\.severity) == [.warning])
        // The other way round: it never looks for a LAN's node on the LAN.
        #expect(around("172.16.1.3/30", containers: []).map(\.severity) == [.error])
        #expect(around("172.16.1.129/25", containers: []).map(\.severity) == [.warning])
        #expect(around("172.16.1.129/25", containers: ["172.16.1.130/25"]).map(\.severity) == [.error])
    }

    @Test func aSingleAddressInTheSubnetOfAnotherSegmentIsAnsweredForThere() {
        let found = around("172.16.1.77/32", containers: [])
        #expect(found.map(\.severity) == [.warning])
        #expect(
            found.first?.notes.last
                == "every packet arrives, but another node with an address of 172.16.1.77/32 may get none")
        #expect(found.first?.help.first?.hasSuffix(", unless you mean this") == true)
        // IPv6 answers on the interface alone that has the address.
        let sketch = Sketch()
        let hosts = [
            sketch.host(
                "host1", forwarding: true, nics: [sketch.nic("eth0", "internal", "fd00:1::1/64")],
                bridges: [sketch.bridge("br0", "fd00:1::77/128")],
                containers: [sketch.container("c1", on: "br0", "fd00:2::2/64")]),
            sketch.host("host2", forwarding: true, nics: [sketch.nic("eth0", "internal", "fd00:1::2/64")]),
        ]
        let six = check(sketch.topology([sketch.lan("internal")], hosts)).filter { $0.code == .subnetsOverlap }
        #expect(six.map(\.severity) == [.error])
    }

    @Test func oneSegmentOverATunnelHasOneSubnet() {
        #expect(twoBridges("10.1.0.1/24", "10.1.0.2/24", joined: true).isEmpty)
        #expect(twoBridges("10.1.0.1/24", "10.1.0.2/25", joined: true).isEmpty)
        // The one of /25 has no way to what is outside of it.
        #expect(twoBridges("10.1.0.129/24", "10.1.0.2/25", joined: true) == ["T0302 10.1.0.2/25 10.1.0.129/24"])
    }

    @Test func segmentsWithoutARouterBetweenThemMayShareASubnet() {
        #expect(twoBridges("10.1.0.1/24", "10.1.0.1/24", forwarding: false).isEmpty)
    }

    @Test func aHostThatDoesNotForwardHasOneRoutingTableAllTheSame() {
        let sketch = Sketch()
        func findings(containers: Bool) -> [Diagnostic] {
            let host = sketch.host(
                "host1", bridges: [sketch.bridge("br0", "10.1.0.1/24"), sketch.bridge("br1", "10.1.0.2/24")],
                containers: containers ? [sketch.container("c1", on: "br1", "10.1.0.11/24")] : [])
            return check(sketch.topology([], [host])).filter { $0.code == .subnetsOverlap }
        }
        #expect(findings(containers: true).map(\.severity) == [.error])
        #expect(findings(containers: false).map(\.severity) == [.warning])
    }

    @Test func twoLinksWithOneSubnetAreOneMistake() {
        let sketch = Sketch()
        var changes = Sketch.Changes()
        changes.link4 = changes.link3
        #expect(sketch.findings(sketch.routed(changes)) == ["T0302 10.2.0.2/30 10.2.0.2/30"])
    }

    @Test func aWrongPrefixLengthIsToldAtTheContainer() {
        let sketch = Sketch()
        var changes = Sketch.Changes()
        changes.c1 = "10.1.0.11/16"
        let topology = sketch.routed(changes)
        #expect(sketch.findings(topology) == [])
        #expect(check(topology).map(\.code) == [.subnetsOverlap])
        changes.c1 = "10.1.7.11/16"
        #expect(Sketch().errors(Sketch().routed(changes)) == [.addressOutsideSubnet])
    }

    /// A bridge with these addresses, and containers with a /24 within its /16 and beside it.
    private func nested(
        _ host: [String], _ narrow: String = "10.1.5.11/24", gateway: String? = nil, forwarding: Bool? = true,
        lan: [String] = []
    ) -> [Diagnostic] {
        let sketch = Sketch()
        let lans =
            lan.isEmpty
            ? [] : [LAN(name: sketch.at("l"), subnets: lan.map { sketch.at(sketch.address($0).value.prefix) })]
        let bridge = Bridge(
            name: sketch.at("br"), addresses: host.map { sketch.address($0) },
            ports: lan.isEmpty ? [] : [sketch.at("e")])
        let nics = lan.isEmpty ? [] : [sketch.nic("e", "l")]
        let all = sketch.host(
            "h", forwarding: forwarding, nics: nics, bridges: [bridge],
            containers: [
                sketch.container("wide", on: "br", "10.1.0.11/16"),
                sketch.container("narrow", on: "br", narrow, gateway: gateway),
            ])
        let second = sketch.host("h2", nics: [sketch.nic("e", "l")])
        return check(sketch.topology(lans, lan.isEmpty ? [all] : [all, second])).filter { $0.code == .subnetsOverlap }
    }

    @Test func aSubnetWithinAnotherIsWrongWherePacketsAreLost() {
        // The router is in both.
        #expect(nested(["10.1.0.1/16", "10.1.5.1/24"]).map(\.severity) == [.warning])
        // It does not forward; it is on the wide one alone, and no neighbour of the narrow one; nobody routes at all.
        #expect(nested(["10.1.0.1/16", "10.1.5.1/24"], forwarding: nil).map(\.severity) == [.error])
        #expect(nested(["10.1.0.1/16"]).map(\.severity) == [.error])
        #expect(nested([]).map(\.severity) == [.error])
        // An address of the wide subnet within the narrow one is a gateway for it.
        #expect(nested(["10.1.5.1/16"]).map(\.severity) == [.warning])
        // All addresses are in the narrow one.
        #expect(nested([], "10.1.0.12/24").map(\.severity) == [.warning])
    }

    @Test func whoSaysThatItWantsNoGatewayIsHeard() {
        func found(_ gateway: GatewayChoice) -> [Diagnostic.Severity] {
            let sketch = Sketch()
            let container = sketch.container("c1", on: "br0", addresses: ["10.1.0.50/30"], gateway: gateway)
            let host = sketch.host("h", bridges: [sketch.bridge("br0", "10.1.0.1/24")], containers: [container])
            return check(sketch.topology([], [host])).filter { $0.code == .subnetsOverlap }.map(\.severity)
        }
        #expect(found(.derived) == [.error])
        #expect(found(.none(Span(0, 1))) == [.warning])
    }

    @Test func anAddressThatItsNodeDoesNotSendFromNeedsNoWay() {
        func found(_ addresses: [String]) -> [Diagnostic.Severity] {
            let sketch = Sketch()
            let host = sketch.host(
                "h", bridges: [sketch.bridge("br0")],
                containers: [
                    sketch.container("narrow", on: "br0", "10.0.0.12/28"),
                    sketch.container("wide", on: "br0", addresses: addresses),
                ])
            return check(sketch.topology([], [host])).filter { $0.code == .subnetsOverlap }.map(\.severity)
        }
        // "wide" sends from 10.0.0.13, which "narrow" answers.
        #expect(found(["10.0.0.13/24", "10.0.0.63/24"]) == [.warning])
        #expect(found(["10.0.0.63/24", "10.0.0.13/24"]) == [.error])
    }

    @Test func whatLANsDeclareIsMeant() {
        #expect(nested(["10.1.0.1/16", "10.1.5.1/24"], lan: ["10.1.0.0/16", "10.1.5.0/24"]).isEmpty)
        #expect(nested(["10.1.0.1/16", "10.1.5.1/24"], lan: ["10.1.0.0/16"]).map(\.severity) == [.warning])
        #expect(nested(["10.1.0.1/16"], lan: ["10.1.0.0/16", "10.1.5.0/24"]).map(\.severity) == [.error])
    }

    @Test func aSingleAddressWithinItsSegmentsSubnetIsFine() {
        let sketch = Sketch()
        let host = sketch.host(
            "host1", bridges: [sketch.bridge("br0", "10.1.0.1/24")],
            containers: [sketch.container("c1", on: "br0", "10.1.0.11/24", "10.1.0.100/32")])
        #expect(sketch.findings(sketch.topology([], [host])).isEmpty)
    }

    /// Two may be two mistakes: each is told at the later line; three have one thing in common.
    @Test(arguments: [(2, ["T0302 10.2.0.2/30", "T0302 10.2.0.6/30"]), (3, ["T0302 10.2.0.100/16"])])
    func aSubnetAroundThreeIsTheOneMistake(count: Int, said: [String]) {
        let sketch = Sketch()
        let bridge = sketch.bridge("br0", "10.2.0.100/16")
        let links = (0..<count).map { sketch.link("c\($0)", "10.2.0.\($0 * 4 + 1)/30", "10.2.0.\($0 * 4 + 2)/30") }
        let host = sketch.host(
            "host1", forwarding: true, bridges: [bridge],
            containers: links + [sketch.container("c9", on: "br0", "10.2.0.101/16")])
        let found = sketch.findings(sketch.topology([], [host]))
        #expect(found.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == said)
    }

    @Test func aSubnetAroundManyIsTheOneMistake() {
        let sketch = Sketch()
        let links = (0..<8).map { sketch.link("c\($0)", "10.2.0.\($0 * 4 + 1)/30", "10.2.0.\($0 * 4 + 2)/30") }
        let host = sketch.host(
            "host1", forwarding: true, bridges: [sketch.bridge("br0", "10.2.0.100/16")],
            containers: links + [sketch.container("c9", on: "br0", "10.2.0.101/16")])
        let found = check(sketch.topology([], [host])).filter { $0.severity == .error }
        #expect(found.map(\.code) == [.subnetsOverlap])
        #expect(found.first?.secondary.count == 3)
        #expect(found.first?.notes.first == "it overlaps with 5 more subnets")
    }

    @Test func proposesSubnetsThatAreFreeAndEachOnce() {
        let sketch = Sketch()
        let hosts = (1...4).map { number in
            sketch.host(
                "host\(number)", forwarding: true, nics: [sketch.nic("eth0", "internal", "172.16.1.\(number)/24")],
                bridges: [sketch.bridge("br0", number == 4 ? "10.3.0.1/24" : "10.1.0.1/24")])
        }
        let help = check(sketch.topology([sketch.lan("internal")], hosts))
            .filter { $0.severity == .error }.compactMap(\.help.first)
        #expect(
            help == [
                "give host2's bridge \"br0\" a subnet of its own, for example 10.2.0.0/24",
                "give host3's bridge \"br0\" a subnet of its own, for example 10.4.0.0/24",
            ])
    }

    /// All pairs, the slow way, over subnets that are many different and few far apart.
    @Test func findsASubnetThatOverlapsWheneverAnyPairDoes() {
        var generator = Dice(seed: 302)
        for _ in 0..<200 {
            let prefixes = (0..<6).map { _ in
                Prefix(
                    containing: .v4(
                        IPv4Address(bits: 0x0A00_0000 | UInt32.random(in: 0...255, using: &generator) << 16)),
                    length: Int.random(in: 12...20, using: &generator))
            }
            let sketch = Sketch()
            let bridges = prefixes.enumerated().map { index, prefix in
                let address = IPAddress(.ipv4, bits: prefix.network.bits + UInt128(index) + 1)
                return sketch.bridge("br\(index)", "\(address)/\(prefix.length)")
            }
            let found = check(sketch.topology([], [sketch.host("host1", forwarding: true, bridges: bridges)]))
            let overlaps = prefixes.indices.contains { one in
                prefixes.indices.contains { other in one < other && prefixes[one].overlaps(prefixes[other]) }
            }
            #expect(found.contains { $0.code == .subnetsOverlap } == overlaps, "\(prefixes)")
        }
    }
}
