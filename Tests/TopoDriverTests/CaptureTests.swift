import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// What `capture.sh` listens for: what the prediction says of packets where they leave their host.
@Suite struct CaptureTests {
    /// Its records, with the words of their claims and their filters.
    private func lines(_ text: String, of host: String = "h1") throws -> [String] {
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        let outcome = try compile(source, only: ["shell"], templates: builtIn.get())
        let files = try #require(outcome.output, "\(outcome.diagnostics)").artifacts
        let capture = try #require(files.first { $0.path == "\(host)/capture.sh" }).contents
        let lines = capture.split(separator: "\n").map { String($0.drop { $0 == " " }) }
        return Array(lines.drop { !$0.hasPrefix("record e") }.dropLast())
    }

    private func hosts(_ runtime: String, _ port: String, _ more: String = "") -> String {
        """
        topology: t
        \(runtime)
        lans: {wire: {subnet: 10.9.0.0/24}, other: {subnet: 10.8.0.0/24}}
        hosts:
          h1:
            nics: {eth0: {lan: wire}}
            vlans: {eth0.10: {link: eth0}}
            bridges: {br0: {ports: [\(port)]}}
            containers: {c1: {bridge: br0, address: 10.0.0.11/24, mac: "02:00:00:00:00:11"}}
          h2:
            nics: {eth0: {lan: wire}}
            vlans: {eth0.10: {link: eth0}}
            bridges: {br0: {ports: [\(port)]}}
            containers: {c3: {bridge: br0, address: 10.0.0.13/24}}
        \(more)
        """
    }

    /// A VLAN interface is a port of the bridge, or what macvlan interfaces are made of: on the NIC, frames have its tag.
    @Test(arguments: ["runtime: netns", "runtime: docker\nimage: bare\ndocker: macvlan"])
    func framesHaveTheTagOfAVLANInterface(runtime: String) throws {
        #expect(
            try lines(hosts(runtime, "eth0.10")) == [
                "record eth0 t-h1-1.pcap c1 eth0 10.0.0.13",
                "proves '10.0.0.11 to 10.0.0.13, in a frame of the container'\\''s own MAC 02:00:00:00:00:11, with the tag of VLAN 10' \\",
                "'ether src 02:00:00:00:00:11 and vlan 10 and (icmp or icmp6) and src host 10.0.0.11 and dst host 10.0.0.13'",
            ])
    }

    /// Of two NICs the one is listened on by which packets leave, and in the VLAN in which they do.
    @Test func routedPacketsAreLookedForWhereTheyLeave() throws {
        let text = """
            topology: t
            runtime: netns
            lans: {wire: {subnet: 10.9.0.0/24}, other: {subnet: 10.8.0.0/24}}
            hosts:
              h1:
                forwarding: true
                nics: {eth0: {lan: wire, address: 10.9.0.1/24}, eth1: {lan: other}}
                vlans: {eth1.20: {link: eth1, address: 10.7.0.1/24}}
                bridges: {br0: {address: 10.1.0.1/24}}
                containers: {c1: {bridge: br0, address: 10.1.0.11/24, mac: "02:00:00:00:00:11"}}
                routes: [{to: 10.2.0.0/24, via: 10.7.0.2}]
              h2:
                forwarding: true
                nics: {eth0: {lan: wire, address: 10.9.0.2/24}, eth1: {lan: other}}
                vlans: {eth1.20: {link: eth1, address: 10.7.0.2/24}}
                bridges: {br0: {address: 10.2.0.1/24}}
                containers: {c3: {bridge: br0, address: 10.2.0.13/24}}
                routes: [{to: 10.1.0.0/24, via: 10.7.0.1}]
            checks:
              - ping: [c1, c3]
            """
        let lines = try lines(text)
        #expect(lines.filter { $0.hasPrefix("record ") } == ["record eth1 t-h1-1.pcap c1 eth0 10.2.0.13"], "\(lines)")
        #expect(
            lines.last
                == "'not ether src 02:00:00:00:00:11 and vlan 20 and (icmp or icmp6) and src host 10.1.0.11 and dst host 10.2.0.13'"
        )
    }

    /// Where a tunnel's packets may take either uplink, none is the one to listen on.
    @Test func whatHasSeveralWaysOutIsNotRecorded() throws {
        let text = """
            topology: t
            runtime: netns
            lans: {up: {subnet: 10.9.0.0/24}, down: {subnet: 10.8.0.0/24}}
            hosts:
              h1:
                loopback: 10.255.0.1/32
                nics: {eth0: {lan: up, address: 10.9.0.1/24}, eth1: {lan: down, address: 10.8.0.1/24}}
                routes: [{to: 10.255.0.2/32, via: [10.9.0.2, 10.8.0.2]}]
                tunnels: {vx1: {type: vxlan, vni: 7, local: 10.255.0.1, remotes: [10.255.0.2]}}
                bridges: {br0: {ports: [vx1]}}
                containers: {c1: {bridge: br0, address: 10.0.0.11/24}}
              h2:
                loopback: 10.255.0.2/32
                nics: {eth0: {lan: up, address: 10.9.0.2/24}, eth1: {lan: down, address: 10.8.0.2/24}}
                routes: [{to: 10.255.0.1/32, via: [10.9.0.1, 10.8.0.1]}]
                tunnels: {vx1: {type: vxlan, vni: 7, local: 10.255.0.2, remotes: [10.255.0.1]}}
                bridges: {br0: {ports: [vx1]}}
                containers: {c3: {bridge: br0, address: 10.0.0.13/24}}
            """
        #expect(try lines(text).contains { $0.hasPrefix("record ") } == false)
        let one = text.replacing("via: [10.9.0.2, 10.8.0.2]", with: "via: 10.8.0.2")
        let lines = try lines(one)
        #expect(lines.first == "record eth1 t-h1-1.pcap c1 eth0 10.0.0.13", "\(lines)")
        #expect(lines.dropFirst().first?.contains("in VXLAN 7, from 10.255.0.1 to 10.255.0.2 port 4789") == true)
    }

    /// Each tunnel of two has a record, told apart by their far ends.
    @Test func eachTunnelHasARecord() throws {
        let text = """
            topology: t
            runtime: netns
            lans: {wire: {subnet: 172.16.1.0/24}}
            hosts:
              h1:
                nics: {eth0: {lan: wire, address: 172.16.1.1/24}}
                tunnels: {g2: {type: gretap, remote: h2}, g3: {type: gretap, remote: h3}}
                bridges: {br0: {ports: [g2, g3]}}
                containers: {c1: {bridge: br0, address: 10.0.0.11/24}}
              h2:
                nics: {eth0: {lan: wire, address: 172.16.1.2/24}}
                tunnels: {g1: {type: gretap, remote: h1}}
                bridges: {br0: {ports: [g1]}}
                containers: {c: {bridge: br0, address: 10.0.0.12/24}}
              h3:
                nics: {eth0: {lan: wire, address: 172.16.1.3/24}}
                tunnels: {g1: {type: gretap, remote: h1}}
                bridges: {br0: {ports: [g1]}}
                containers: {c: {bridge: br0, address: 10.0.0.13/24}}
            checks:
              - ping: [c1, h2/c]
              - ping: [c1, h3/c]
            """
        let lines = try lines(text)
        #expect(lines.count { $0.hasPrefix("record eth0 ") } == 2, "\(lines)")
        let proofs = lines.filter { $0.hasPrefix("proves ") }
        #expect(proofs.allSatisfy { $0.contains("in GRE (0x6558), from 172.16.1.1 to 172.16.1.") }, "\(lines)")
        #expect(Set(proofs).count == 2, "\(lines)")
    }
}
