import FoundationEssentials
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoEmitReport
import TopoTemplates

@Suite struct TopologyDocumentTests {
    /// What `topology.json` of the sample plan says, in short keys: only these may be asked for below.
    private struct Document: Decodable {
        struct Setting<Value: Decodable>: Decodable {
            let value: Value
            let derived: Bool
            let from: String?
        }
        struct Tunnel: Decodable {
            let type: String
            let vni: Int?
            let remotes: [Setting<String>]
            let mtu: Setting<Int>
            let part_of: String?
        }
        struct Interface: Decodable {
            let addresses: [String]
            let host_interface: String
            let host_addresses: [String]
        }
        struct Route: Decodable {
            let to: String
            let via: Setting<String>?
            let type: String?
            let metric: Int?
        }
        struct Container: Decodable {
            let description: String?
            let interfaces: [Interface]
            let routes: [Route]
        }
        struct NIC: Decodable {
            let addresses: [String]
            let mtu: Setting<Int>
            let part_of: String?
        }
        struct Bridge: Decodable {
            let part_of: String?
        }
        struct Host: Decodable {
            let forwarding: [String: Bool]
            let nics: [NIC]
            let tunnels: [Tunnel]
            let bridges: [Bridge]
            let containers: [Container]
            let routes: [Route]
        }
        struct Carriage: Decodable, Equatable {
            struct Layer: Decodable, Equatable {
                let type: String
                let source: String
                let destination: String
            }
            let lan: String
            let host: String
            let nic: String
            let tunnels: [Layer]
        }
        struct Expectation: Decodable {
            let inside: Carriage?
            let from: String
            let reaches: Bool
            let mtu: Int?
            let reason: String?
            let stated: Bool
        }
        let version: Int
        let name: String
        let title: String
        let bridge_tools: String
        let hosts: [Host]
        let expectations: [Expectation]
    }

    private func contents() throws -> String {
        let artifacts = try ReportBackend().emit(samplePlan(), templates: builtIn.get())
        return try #require(artifacts.first { $0.path == "topology.json" }).contents
    }

    @Test func saysWhatIsPlanned() throws {
        let document = try JSONDecoder().decode(Document.self, from: Data(contents().utf8))
        #expect(document.version == 1)
        #expect(document.name == "a b" && document.title == "*A* <title>")
        #expect(document.bridge_tools == "brctl")
        let host = try #require(document.hosts.first)
        #expect(host.forwarding == ["ipv4": true])
        #expect(host.nics.first?.addresses == ["172.16.1.1/24"])
        #expect(host.nics.first?.mtu.derived == false)
        #expect(host.nics.first?.mtu.from == nil)
        #expect(host.nics.first?.part_of == "nic's" && host.bridges.first?.part_of == "n<e>t")
        let tunnel = try #require(host.tunnels.first)
        #expect(tunnel.part_of == nil)
        #expect(tunnel.type == "vxlan" && tunnel.vni == 42)
        #expect(tunnel.remotes.map(\.value) == ["172.16.1.2"])
        #expect(tunnel.mtu.derived)
        #expect(tunnel.mtu.from == "1500 of LAN \"wire\" less 50 for VXLAN")
        #expect(host.routes.first?.type == "unreachable" && host.routes.first?.metric == 100)
    }

    @Test func keepsTheAddressesOfTwoNamespacesApart() throws {
        let document = try JSONDecoder().decode(Document.self, from: Data(contents().utf8))
        let container = try #require(document.hosts.first?.containers.first)
        #expect(container.description == "a | b")
        let interface = try #require(container.interfaces.first)
        #expect(interface.addresses == ["10.2.0.2/30"])
        #expect(interface.host_interface == "c1-eth0")
        #expect(interface.host_addresses == ["10.2.0.1/30"])
        #expect(container.routes.map(\.to) == ["0.0.0.0/0"])
        #expect(container.routes.first?.via?.value == "10.2.0.1")
    }

    @Test func tellsWhatIsExpected() throws {
        let document = try JSONDecoder().decode(Document.self, from: Data(contents().utf8))
        #expect(document.expectations.map(\.from) == ["a/c1", "a"])
        #expect(document.expectations.map(\.reaches) == [true, false])
        #expect(document.expectations.map(\.mtu) == [1450, nil])
        #expect(document.expectations.map(\.reason) == [nil, "no route"])
        #expect(document.expectations.map(\.stated) == [true, false])
    }

    /// Hosts with IPv6 alone, and a check of what carries a packet.
    @Test func tellsWhatForwardsAndWhatCarries() throws {
        let hosts = (1...2).map { number in
            """
              h\(number):
                forwarding: true
                nics: {eth0: {lan: wire, address: "fd00::\(number)/64"}}
                tunnels: {g: {type: gretap, remote: h\(3 - number)}}
                bridges: {br0: {ports: [g]}}
                containers: {c\(number): {bridge: br0, address: "fd01::\(number)/64"}}

            """
        }
        let text =
            "topology: t\nruntime: netns\nlans: {wire: {subnet: \"fd00::/64\"}}\nhosts:\n" + hosts.joined()
            + "checks: [{encapsulated: {from: c1, to: c2, on: wire, as: gretap}}]\n"
        let source = SourceFile(path: "t.topo", bytes: Array(text.utf8))
        let outcome = examine(source)
        let examination = try #require(outcome.output, "\(render(outcome.diagnostics, of: source, style: .plain))")
        let files = try artifacts(of: examination, only: ["report"], templates: builtIn.get())
        let json = try #require(files.first { $0.path == "topology.json" }).contents
        let document = try JSONDecoder().decode(Document.self, from: Data(json.utf8))
        #expect(document.hosts.map(\.forwarding) == [["ipv6": true], ["ipv6": true]])
        let carried = Document.Carriage(
            lan: "wire", host: "h1", nic: "eth0",
            tunnels: [.init(type: "gretap", source: "fd00::1", destination: "fd00::2")])
        #expect(document.expectations.compactMap(\.inside).first == carried)
    }

    @Test func isTheSameEachTime() throws {
        let first = try contents()
        #expect(first.hasSuffix("}\n"))
        for _ in 0..<20 { #expect(try contents() == first) }
    }
}
