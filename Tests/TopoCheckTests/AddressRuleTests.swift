import Testing
import TopoCheck
import TopoDiagnostics
import TopoModel

@Suite struct AddressRuleTests {
    private func findings(_ change: (inout Sketch.Changes) -> Void) -> [String] {
        var changes = Sketch.Changes()
        change(&changes)
        let sketch = Sketch()
        return sketch.findings(sketch.routed(changes))
    }

    @Test func findsNothingWrongWithTheRoutedScenario() {
        #expect(findings { _ in }.isEmpty)
    }

    @Test(arguments: ["224.0.0.5/24", "127.0.0.5/24", "0.0.0.0/24", "255.255.255.255/24", "ff02::5/64", "::1/64"])
    func refusesUnassignableAddresses(address: String) {
        #expect(findings { $0.c1 = address } == ["T0309 \(address)"])
    }

    @Test func refusesNetworkAndBroadcastAddresses() {
        #expect(findings { $0.c1 = "10.1.0.0/24" } == ["T0304 10.1.0.0/24"])
        #expect(findings { $0.c1 = "10.1.0.255/24" } == ["T0304 10.1.0.255/24"])
        #expect(findings { $0.link3 = ("10.2.0.0/30", "10.2.0.2/30") } == ["T0304 10.2.0.0/30"])
    }

    @Test func takesBothAddressesOfTheSmallestSubnets() {
        #expect(findings { $0.link3 = ("10.2.0.0/31", "10.2.0.1/31") }.isEmpty)
        #expect(findings { $0.link3 = ("2001:db8::/127", "2001:db8::1/127") }.isEmpty)
    }

    @Test func refusesTheSubnetRouterAnycastAddress() {
        #expect(findings { $0.link3 = ("2001:db8::/64", "2001:db8::2/64") } == ["T0304 2001:db8::/64"])
    }

    /// Two hosts whose bridges a tunnel joins, with these addresses.
    private func joined(_ first: String, _ second: String) -> [Diagnostic.Severity] {
        let sketch = Sketch()
        func host(_ number: Int, _ other: Int, _ bridge: String) -> Host {
            sketch.host(
                "h\(number)", nics: [sketch.nic("e", "l", "172.16.1.\(number)/24")],
                tunnels: [sketch.gre("t", to: "h\(other)")], bridges: [sketch.bridge("br", bridge, ports: ["t"])])
        }
        let hosts = [host(1, 2, first), host(2, 1, second)]
        return check(sketch.topology([sketch.lan("l")], hosts)).filter { $0.code == .duplicateAddress }.map(\.severity)
    }

    @Test func aNodeAnswersForItsAddressesOnEverySegmentThatItIsOn() {
        func found(_ own: String, _ container: String) -> [Diagnostic] {
            let sketch = Sketch()
            let host = sketch.host(
                "h1", bridges: [sketch.bridge("br0", own), sketch.bridge("br1")],
                containers: [sketch.container("c1", on: "br1", container), sketch.container("c2", on: "br0")])
            return check(sketch.topology([], [host])).filter { $0.code == .duplicateAddress }
        }
        #expect(found("10.1.0.1/24", "10.1.0.2/24") == [])
        #expect(found("fd00::1/64", "fd00::1/64") == [])
        #expect(
            found("10.1.0.1/24", "10.1.0.1/24").map(\.message) == [
                "h1 answers for \"10.1.0.1\" on the segment of container \"c1\", which has it, too"
            ])
        #expect(found("10.1.0.1/24", "10.1.0.1/24").map(\.severity) == [.warning])
    }

    /// As Docker makes them on every host; IPv6 notices the other.
    @Test func twoHostsBridgesMayHaveOneGatewayAddress() {
        #expect(joined("10.1.0.1/24", "10.1.0.1/24") == [.warning])
        #expect(joined("10.1.0.1/24", "10.1.0.2/24") == [])
        #expect(joined("2001:db8::1/64", "2001:db8::1/64") == [.error])
    }

    /// Each host's containers have their own host for a gateway: the second has a route, and the first does not miss one.
    @Test func ofTwoGatewaysTheOwnHostsIsMeant() {
        func errors(forwarding: Bool?) -> [DiagnosticCode] {
            let sketch = Sketch()
            func host(_ number: Int, _ other: Int, forwarding: Bool?) -> Host {
                sketch.host(
                    "h\(number)", forwarding: forwarding, nics: [sketch.nic("e", "l", "172.16.1.\(number)/24")],
                    tunnels: [sketch.gre("t", to: "h\(other)")],
                    bridges: [sketch.bridge("br", "10.1.0.1/24", ports: ["t"])],
                    containers: [sketch.container("c\(number)", on: "br", "10.1.0.1\(number)/24", gateway: "10.1.0.1")]
                        + (number == 2 ? [sketch.link("x", "10.9.0.1/30", "10.9.0.2/30")] : []))
            }
            let hosts = [host(1, 2, forwarding: false), host(2, 1, forwarding: forwarding)]
            return sketch.errors(sketch.topology([sketch.lan("l")], hosts))
        }
        #expect(errors(forwarding: nil) == [.mustForward])
        #expect(errors(forwarding: true) == [])
    }

    @Test func refusesIPv4MappedAddresses() {
        #expect(findings { $0.c1 = "::ffff:10.1.0.11/120" }.first == "T0309 ::ffff:10.1.0.11/120")
        #expect(!findings { $0.c1 = "::fffe:a01:b/120" }.contains { $0.hasPrefix("T0309") })
    }

    @Test func refusesSingleAddressesOnLinks() {
        #expect(findings { $0.link3 = ("10.2.0.1/32", "10.2.0.2/32") } == ["T0305 10.2.0.1/32 10.2.0.2/32"])
        #expect(findings { $0.link3 = ("10.2.0.1/30", "10.2.0.2/32") } == ["T0305 10.2.0.2/32"])
    }

    /// The severities of T0305 for a link with these ends.
    private func advice(_ host: String, _ container: String) -> [Diagnostic.Severity] {
        var changes = Sketch.Changes()
        changes.link3 = (host, container)
        return check(Sketch().routed(changes)).filter { $0.code == .pointToPointPrefix }.map(\.severity)
    }

    @Test(arguments: ["/24", "/29"]) func advisesOnLinksWithRoomForOthers(length: String) {
        #expect(advice("10.3.0.1" + length, "10.3.0.2" + length) == [.warning])
        // It works; that its ends are in different subnets does not.
        #expect(findings { $0.link3 = ("10.3.0.1" + length, "10.3.0.2" + length) } == [])
        #expect(advice("10.3.0.1" + length, "10.3.9.2" + length) == [])
        #expect(
            findings { $0.link3 = ("10.3.0.1" + length, "10.3.9.2" + length) }
                == ["T0306 10.3.9.2\(length) 10.3.0.1\(length)"])
    }

    @Test func aLinkWithRoomForOthersHasThemAll() {
        #expect(findings { $0.link3 = ("10.2.0.1/24", "10.2.0.2/24") } == ["T0302 10.2.0.6/30 10.2.0.2/24"])
    }

    @Test(arguments: [
        ("/126", [] as [Diagnostic.Severity]), ("/127", []), ("/64", []), ("/63", [.warning]), ("/65", [.warning]),
        ("/112", [.warning]),
        ("/125", [.warning]), ("/128", [.error]),
    ])
    func knowsIPv6Links(length: String, severities: [Diagnostic.Severity]) {
        let (host, container) =
            length == "/127" ? ("2001:db8::2", "2001:db8::3") : ("2001:db8::1", "2001:db8::2")
        #expect(advice(host + length, container + length) == severities)
    }

    /// Of a /31 and a /127 both addresses are ends (RFC 3021, RFC 6164).
    @Test(arguments: [
        ("10.2.0.1/30", "10.2.0.6/30", "10.2.0.2/30"), ("10.2.0.0/31", "10.2.0.3/31", "10.2.0.1/31"),
        ("2001:db8::1/126", "2001:db8::6/126", "2001:db8::2/126"),
        ("2001:db8::/127", "2001:db8::3/127", "2001:db8::1/127"),
    ])
    func proposesTheOtherEndOfTheSubnet(host: String, container: String, other: String) {
        var changes = Sketch.Changes()
        changes.link3 = (host, container)
        let found = check(Sketch().routed(changes)).filter { $0.code == .pointToPointEndsDiffer }
        #expect(found.map(\.help) == [["write container: \(other)"]])
    }

    @Test func refusesEndsOfDifferentSubnets() {
        #expect(findings { $0.link3 = ("10.2.0.3/30", "10.2.0.4/30") } == ["T0306 10.2.0.4/30 10.2.0.3/30"])
        #expect(findings { $0.link3 = ("10.2.0.1/30", "10.2.0.1/30") } == ["T0306 10.2.0.1/30 10.2.0.1/30"])
        #expect(findings { $0.link3 = ("10.2.0.0/30", "10.2.0.1/31") } == ["T0306 10.2.0.1/31 10.2.0.0/30"])
        #expect(
            findings {
                $0.link3 = ("10.2.0.1/30", "10.2.0.6/30")
                $0.link4 = ("10.2.0.5/30", "10.2.0.2/30")
            } == ["T0306 10.2.0.6/30 10.2.0.1/30", "T0306 10.2.0.2/30 10.2.0.5/30"])
    }

    @Test func refusesDuplicatesOnASegment() {
        #expect(findings { $0.c1 = "10.1.0.1/24" } == ["T0303 10.1.0.1/24 10.1.0.1/24"])
        #expect(findings { $0.c1 = "10.1.0.12/24" } == ["T0303 10.1.0.12/24 10.1.0.12/24"])
        #expect(findings { $0.nic2 = "172.16.1.1/24" }.first == "T0303 172.16.1.1/24 172.16.1.1/24")
    }

    @Test func refusesDuplicatesOnAHost() {
        let sketch = Sketch()
        let host = sketch.host(
            "host1", nics: [sketch.nic("eth0", "internal", "10.1.0.1/24")],
            bridges: [sketch.bridge("br0", "10.1.0.1/24")],
            containers: [sketch.container("c1", on: "br0", "10.1.0.11/24")])
        #expect(
            sketch.findings(sketch.topology([sketch.lan("internal")], [host])) == ["T0303 10.1.0.1/24 10.1.0.1/24"])
    }

    @Test func proposesAnAddressThatIsFree() {
        let sketch = Sketch()
        var changes = Sketch.Changes()
        changes.c1 = "10.1.0.12/24"
        let found = check(sketch.routed(changes))
        #expect(found.first?.help == ["give container \"c2\" an address of its own, for example 10.1.0.13/24"])
    }

    @Test func linkLocalAddressesRepeatOnEveryLink() {
        #expect(
            findings {
                $0.link3 = ("fe80::1/64", "fe80::2/64")
                $0.link4 = ("fe80::1/64", "fe80::2/64")
            }.isEmpty)
    }

    @Test func refusesAddressesOutsideTheLANOrTheBridge() {
        #expect(findings { $0.nic2 = "172.16.2.2/24" }.first == "T0308 172.16.2.2/24 172.16.1.0/24")
        #expect(findings { $0.c1 = "10.11.0.11/24" } == ["T0308 10.11.0.11/24 10.1.0.1/24"])
        #expect(
            findings {
                $0.c1 = "10.11.0.11/24"
                $0.gateway = "10.1.0.1"
            } == ["T0308 10.11.0.11/24 10.1.0.1/24"])
    }

    @Test func whereAllContainersAgreeTheBridgesAddressIsWrong() {
        let found = check(Sketch().routed(Sketch.Changes(bridge: "10.10.0.1/24")))
        #expect(
            found.map(\.message) == ["\"10.10.0.1/24\" is not in the subnet of its bridge's containers, 10.1.0.0/24"])
        #expect(found.first?.help.first?.hasSuffix("for example 10.1.0.1/24") == true)
    }

    @Test func aContainerMayBeInAnotherHostsSubnetOnTheSegment() {
        let sketch = Sketch()
        let first = sketch.host(
            "host1", nics: [sketch.nic("eth0", "lan", "172.16.1.1/24")], tunnels: [sketch.gre("t", to: "host2")],
            bridges: [sketch.bridge("br0", "10.0.0.1/24", ports: ["t"])],
            containers: [sketch.container("c1", on: "br0", "10.0.5.11/24")])
        let second = sketch.host(
            "host2", nics: [sketch.nic("eth0", "lan", "172.16.1.2/24")], tunnels: [sketch.gre("t", to: "host1")],
            bridges: [sketch.bridge("br0", "10.0.5.1/24", ports: ["t"])])
        #expect(sketch.findings(sketch.topology([sketch.lan("lan")], [first, second])).isEmpty)
    }

    @Test func refusesDuplicateMACsOfASegment() {
        let sketch = Sketch()
        let host = sketch.host(
            "host1", nics: [sketch.nic("eth0", "internal", mac: 0x0200_0000_0001)],
            bridges: [sketch.bridge("br0", ports: ["eth0"], mac: 0x0200_0000_0001), sketch.bridge("br1")],
            containers: [
                sketch.container("c1", on: "br0", "10.0.0.1/24", mac: 0x0200_0000_0002),
                sketch.container("c2", on: "br0", "10.0.0.2/24", mac: 0x0200_0000_0002),
                sketch.container("c3", on: "br1", "10.0.1.2/24", mac: 0x0200_0000_0002),
            ])
        #expect(
            sketch.findings(sketch.topology([sketch.lan("internal")], [host]))
                == ["T0310 02:00:00:00:00:02 02:00:00:00:00:02"])
    }
}
