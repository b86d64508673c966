import Testing
import TopoDiagnostics
import TopoModel
import TopoNetwork

/// What a host's rules for addresses say of packets.
@Suite struct NATTests {
    private func located<Value>(_ value: Value) -> Located<Value> { Located(value, at: Span(0, 1)) }

    private func host(_ rules: [NATRule], _ ports: [PublishedPort] = []) throws -> Host {
        let addresses = ["192.0.2.1/24", "203.0.113.10/24", "203.0.113.11/24", "fe80::1/64", "2001:db8::1/64"]
        let nic = NIC(name: located("eth0"), addresses: try addresses.map { located(try InterfaceAddress($0)) })
        let bridge = Bridge(name: located("br0"), addresses: [located(try InterfaceAddress("10.1.0.1/24"))])
        return Host(name: located("h"), nics: [nic], bridges: [bridge], nat: rules, publish: ports)
    }

    private func rule(from: [String] = [], except: [String] = [], as source: String? = nil) throws -> NATRule {
        NATRule(
            out: located("eth0"), from: try from.map { located(try Prefix($0)) },
            except: try except.map { located(try Prefix($0)) }, source: try source.map { located(try IPAddress($0)) },
            at: Span(0, 1))
    }

    /// The first address is that of another subnet than the next hop's; where none has it, the first counts.
    @Test func masqueradingTakesTheAddressBesideTheNextHop() throws {
        let own = try ["fe80::1/64", "192.0.2.1/24", "203.0.113.10/24", "203.0.113.11/24", "2001:db8::1/64"]
            .map { try InterfaceAddress($0) }
        for (hop, chosen) in [
            ("203.0.113.1", "203.0.113.10"), ("192.0.2.9", "192.0.2.1"), ("198.51.100.1", "192.0.2.1"),
            ("2001:db8::9", "2001:db8::1"), ("fe80::9", "2001:db8::1"),
        ] {
            let address = try IPAddress(hop)
            #expect(NAT.masqueraded(address.family, towards: address, own).map { "\($0)" } == chosen, "\(hop)")
        }
        #expect(NAT.masqueraded(.ipv6, towards: try IPAddress("fe80::9"), Array(own.prefix(1))) == nil)
    }

    @Test func aRuleAppliesToItsSourcesAndNotToItsExceptions() throws {
        let nat = NAT(of: try host([try rule(from: ["10.1.0.0/25", "10.2.0.0/16"], except: ["10.9.0.0/16"])]))
        let only = try #require(nat.rules.first)
        for (source, destination, applies) in [
            ("10.1.0.127", "198.51.100.7", true), ("10.1.0.128", "198.51.100.7", false),
            ("10.2.255.1", "198.51.100.7", true), ("10.1.0.1", "10.9.0.1", false), ("10.1.0.1", "10.10.0.1", true),
        ] {
            let found = only.applies(from: try IPAddress(source), to: try IPAddress(destination))
            #expect(found == applies, "\(source) to \(destination)")
        }
        // Neighbours of the interface are left alone, whichever of its subnets they are in.
        let all = try #require(NAT(of: try host([try rule()])).rules.first)
        for (source, applies) in [("203.0.113.20", false), ("192.0.2.20", false), ("10.1.0.1", true)] {
            #expect(all.applies(from: try IPAddress(source), to: try IPAddress("198.51.100.7")) == applies, "\(source)")
        }
        #expect(!all.applies(from: try IPAddress("2001:db8:1::1"), to: try IPAddress("2001:db8:2::1")))
    }

    @Test func aRuleIsForTheFamiliesThatItNamesElseForThoseOfTheInterface() throws {
        func families(_ rule: NATRule) throws -> [AddressFamily] { NAT(of: try host([rule])).rules.map(\.family) }
        #expect(try families(rule()) == [.ipv4, .ipv6])
        #expect(try families(rule(from: ["10.0.0.0/8"])) == [.ipv4])
        #expect(try families(rule(except: ["2001:db8::/32"])) == [.ipv6])
        #expect(try families(rule(as: "203.0.113.11")) == [.ipv4])
        let both = NAT(of: try host([try rule(from: ["10.0.0.0/8", "fd00::/8"])])).rules
        #expect(both.map { $0.from.map(\.description) } == [["10.0.0.0/8"], ["fd00::/8"]])
    }

    @Test func aPortIsForTheAddressesOfItsInterfaceInEachFamily() throws {
        let port = PublishedPort(
            in: located("eth0"), .udp, located(53), to: Endpoint(host: "h", container: "c", span: Span(0, 1)),
            addresses: [try IPAddress("10.1.0.11"), try IPAddress("fd00::11")], targetPort: 5353, at: Span(0, 1))
        let ports = NAT(of: try host([], [port])).ports
        #expect(ports.map { "\($0.target)" } == ["10.1.0.11", "fd00::11"])
        #expect(ports[0].own.map { "\($0)" } == ["192.0.2.1", "203.0.113.10", "203.0.113.11"])
        #expect(ports[1].own.contains(try IPAddress("2001:db8::1")) && ports[1].own.allSatisfy { $0.family == .ipv6 })
        #expect(ports.allSatisfy { $0.transport == .udp && $0.port == 53 && $0.targetPort == 5353 })
        let inner = PublishedPort(
            in: located("br0"), .tcp, located(80), to: port.target, addresses: port.addresses, targetPort: 80,
            at: Span(0, 1))
        #expect(NAT(of: try host([], [inner])).ports.map { "\($0.target)" } == ["10.1.0.11"])
    }

    /// With `br_netfilter`, the frames of a bridge's VLANs pass the rules of the bridge, though the host does not route them.
    @Test func whatOnlyCrossesABridgeKeepsItsSource() throws {
        func addresses(_ all: String...) throws -> [Located<InterfaceAddress>] {
            try all.map { located(try InterfaceAddress($0)) }
        }
        func host(out: String, filtering: Bool = true) throws -> Host {
            let port = PublishedPort(
                in: located("br0.10"), .tcp, located(80), to: Endpoint(host: "h", container: "c", span: Span(0, 1)),
                addresses: [try IPAddress("10.3.0.11")], targetPort: 80, at: Span(0, 1))
            return Host(
                name: located("h"),
                nics: [NIC(name: located("eth0"), addresses: try addresses("198.51.100.1/24"))],
                bridges: [
                    Bridge(
                        name: located("br0"), addresses: try addresses("192.0.2.1/24"),
                        vlanFiltering: located(filtering))
                ],
                vlans: [
                    VLANInterface(
                        name: located("br0.10"), link: located("br0"), id: located(10),
                        addresses: try addresses("10.1.0.1/24", "fd00::1/64", "fe80::1/64"))
                ],
                nat: [NATRule(out: located(out), from: [], except: [], source: nil, at: Span(0, 1))], publish: [port],
                containers: [
                    try container("c", ["10.3.0.11/24"]), try container("d", ["192.0.2.11/24"], ["10.4.0.11/24"]),
                ])
        }
        let nat = NAT(of: try host(out: "br0"))
        let rule = try #require(nat.rules.first)
        #expect(nat.rules.count == 1 && rule.crossing.map(\.description) == ["10.1.0.0/24", "10.3.0.0/24"])
        for (source, destination, applies) in [
            ("10.1.0.11", "10.1.0.12", false), ("10.3.0.11", "10.3.0.12", false), ("10.1.0.11", "10.3.0.11", true),
            ("10.1.0.11", "203.0.113.7", true), ("203.0.113.7", "10.1.0.11", true),
        ] {
            let found = rule.applies(from: try IPAddress(source), to: try IPAddress(destination))
            #expect(found == applies, "\(source) to \(destination)")
        }
        #expect(NAT(of: try host(out: "eth0")).rules.map(\.crossing) == [[]])
        #expect(nat.ports.map(\.bridge) == ["br0"] && nat.by { "x" + $0 }.ports.map(\.bridge) == ["xbr0"])
        #expect(NAT(of: try host(out: "br0", filtering: false)).ports.map(\.bridge) == [nil])
    }

    @Test func inTheNameOfAnotherInterfaceItIsTheSame() throws {
        let nat = NAT(of: try host([try rule(from: ["10.0.0.0/8"], as: "203.0.113.11")]))
        let renamed = nat.by { $0 == "eth0" ? "eth7" : $0 }
        #expect(renamed.rules.map(\.out) == ["eth7"] && renamed.by { _ in "eth0" } == nat)
    }
}
