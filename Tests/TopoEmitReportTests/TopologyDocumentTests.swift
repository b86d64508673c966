import FoundationEssentials
import Testing
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
            let vni: Int
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
            let description: String
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
        struct Expectation: Decodable {
            let from: String
            let reaches: Bool
            let mtu: Int?
            let reason: String?
            let stated: Bool
        }
        let version: Int
        let name: String
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
        #expect(document.name == "a b")
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

    @Test func isTheSameEachTime() throws {
        let first = try contents()
        #expect(first.hasSuffix("}\n"))
        for _ in 0..<20 { #expect(try contents() == first) }
    }
}
