import Testing
import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Between which addresses the packets of a tunnel go whose far end is a host's name.
@Suite struct UnderlayEndsTests {
    private func at<Value: Hashable & Sendable>(_ value: Value) -> Located<Value> { Located(value, at: Span(0, 0)) }

    /// A host with a NIC for each of these addresses, and a gretap tunnel to another.
    private func host(_ name: String, _ addresses: [String], to far: String, overlay: String? = nil) throws -> Host {
        Host(
            name: at(name),
            nics: try addresses.enumerated().map { number, text in
                NIC(name: at("eth\(number)"), lan: at("lan\(number)"), addresses: [at(try InterfaceAddress(text))])
            },
            bridges: [
                Bridge(
                    name: at("br0"), addresses: try overlay.map { [at(try InterfaceAddress($0))] } ?? [],
                    ports: [at("tun0")])
            ],
            tunnels: [
                Tunnel(
                    name: at("tun0"),
                    kind: .gretap(remote: TunnelEnd(span: Span(0, 0), host: far, address: nil), key: nil))
            ])
    }

    /// `LOCAL > REMOTE` of the tunnels of the two hosts, and the interfaces that have the local ends.
    private func ends(
        _ first: [String], _ second: [String], overlay: (String, String)? = nil
    ) throws -> [String] {
        let hosts = [
            try host("a", first, to: "b", overlay: overlay?.0), try host("b", second, to: "a", overlay: overlay?.1),
        ]
        let underlay = Underlay(of: Topology(name: at("net"), runtime: .netns, lans: [], hosts: hosts))
        return hosts.map { host in
            let found = underlay.addresses(of: host.tunnels[0], on: host)
            let local = found.local.map { "\($0)" } ?? "none"
            let remote = found.remotes.first.map { "\($0.address)" } ?? "none"
            return "\(local) > \(remote) by \(underlay.device(of: host.tunnels[0], on: host)?.name ?? "none")"
        }
    }

    @Test func aSubnetThatBothAreOnIsTakenWhereverItStands() throws {
        let one = try ends(["10.9.0.1/24", "172.16.1.1/24"], ["192.168.0.2/24", "10.8.0.2/24", "172.16.1.2/24"])
        #expect(one == ["172.16.1.1 > 172.16.1.2 by eth1", "172.16.1.2 > 172.16.1.1 by eth2"])
        let other = try ends(["192.168.0.2/24", "10.8.0.2/24", "172.16.1.2/24"], ["10.9.0.1/24", "172.16.1.1/24"])
        #expect(other == ["172.16.1.2 > 172.16.1.1 by eth2", "172.16.1.1 > 172.16.1.2 by eth1"])
    }

    /// Whichever of the two has more addresses.
    @Test func ofSeveralSubnetsTheFirstHostsFirstIsTaken() throws {
        let few = try ends(["10.1.0.1/24", "10.2.0.1/24"], ["10.2.0.2/24", "10.1.0.2/24", "10.3.0.2/24"])
        #expect(few == ["10.1.0.1 > 10.1.0.2 by eth0", "10.1.0.2 > 10.1.0.1 by eth1"])
        let many = try ends(["10.3.0.1/24", "10.1.0.1/24", "10.2.0.1/24"], ["10.2.0.2/24", "10.1.0.2/24"])
        #expect(many == ["10.1.0.1 > 10.1.0.2 by eth1", "10.1.0.2 > 10.1.0.1 by eth1"])
        let twice = try ends(["10.1.0.1/24", "10.1.0.3/24", "10.4.0.1/24"], ["10.1.0.2/24", "10.1.0.4/24"])
        #expect(twice == ["10.1.0.1 > 10.1.0.2 by eth0", "10.1.0.2 > 10.1.0.1 by eth0"])
    }

    @Test func theTunnelsOwnSegmentIsNoUnderlay() throws {
        let found = try ends(["10.1.0.1/24"], ["10.2.0.2/24"], overlay: ("10.5.0.1/24", "10.5.0.2/24"))
        #expect(found == ["10.1.0.1 > 10.2.0.2 by eth0", "10.2.0.2 > 10.1.0.1 by eth0"])
    }

    @Test func withoutASubnetOfBothTheFirstOfOneFamilyAreTaken() throws {
        let found = try ends(["fd00:1::1/64", "10.1.0.1/24"], ["10.2.0.2/24", "10.3.0.2/24"])
        #expect(found == ["10.1.0.1 > 10.2.0.2 by eth1", "10.2.0.2 > 10.1.0.1 by eth0"])
        let six = try ends(["fd00:1::1/64", "10.1.0.1/24"], ["10.2.0.2/24", "fd00:2::2/64"])
        #expect(six == ["fd00:1::1 > fd00:2::2 by eth0", "fd00:2::2 > fd00:1::1 by eth1"])
        #expect(try ends(["fd00:1::1/64"], ["10.2.0.2/24"]) == ["none > none by eth0", "none > none by eth0"])
    }
}
