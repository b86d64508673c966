import Foundation
import Testing

/// `docs/scenarios.md` says what is so, and what `capture.sh` records is what a decoder of others takes it for.
@Suite(.serialized) enum ScenarioTests {
    /// The table, held against the compiler's predictions. It needs nothing of the machine.
    @Suite struct TableTests {
        @Test func hasARowForEachScenarioAndRuntime() throws {
            let rows = try ScenarioRow.committed()
            let names = rows.map { "\($0.scenario), \($0.runtime.prefix { $0 != " " })" }
            for scenario in ["bridged", "routed", "gre", "vxlan"] {
                #expect(rows.contains { $0.scenario == scenario && $0.runtime.hasPrefix("LXD ") })
                #expect(names.contains("\(scenario), namespaces") || scenario == "gre")
            }
            for scenario in ["bridged", "routed", "gre", "vxlan"] {
                #expect(rows.contains { $0.scenario == scenario && $0.runtime.hasSuffix("user-mode Linux") })
            }
        }

        @Test func hopsAndMTUAreAsPredicted() throws {
            for row in try ScenarioRow.committed() {
                let predicted = try Prediction.fromC1ToC3(row.scenario)
                #expect(row.mtu == predicted.mtu, "\(row)")
                #expect(row.hops.last == predicted.address && row.hops.count == predicted.hops.count + 1, "\(row)")
                for (hop, router) in zip(row.hops, predicted.hops) {
                    #expect(router.addresses.contains(hop), "\(row)")
                }
            }
        }

        @Test func everyRuntimeHasTheSameProof() throws {
            for rows in Dictionary(grouping: try ScenarioRow.committed(), by: \.scenario).values {
                #expect(Set(rows.map(\.captured)).count == 1, "\(rows)")
                #expect(rows.allSatisfy { !$0.captured.isEmpty })
            }
        }
    }

    /// Scenarios that run for this.
    @Suite(.serialized, .enabled(if: ScenarioRun.isReady, "\(ScenarioRun.obstacle ?? "")")) struct RunTests {
        private static let vxlan = Result { try ScenarioRun("netns", "vxlan") }
        private static let gre = Result { try ScenarioRun("uml", "gre") }

        private func expectRow(of run: ScenarioRun) throws {
            let committed = try ScenarioRow.committed()
            #expect(committed.contains(run.row), "not in docs/scenarios.md, try make scenarios: \(run.row)")
        }

        @Test(arguments: ["bridged", "routed"])
        func givesTheRowThatIsThere(scenario: String) throws { try expectRow(of: ScenarioRun("netns", scenario)) }

        @Test func vxlanGivesTheRowThatIsThere() throws { try expectRow(of: RunTests.vxlan.get()) }

        @Test func greGivesTheRowThatIsThere() throws { try expectRow(of: RunTests.gre.get()) }

        /// RFC 7348: the question to all ends by the group, the answer and the echo from end to end, in UDP to port 4789.
        @Test func tsharkFindsARPAndEchoInVXLAN() throws {
            let run = try RunTests.vxlan.get()
            let fields = ["ip.src", "ip.dst", "udp.dstport", "vxlan.vni", "arp.opcode", "icmp.type"]
            func packets(_ filter: String) throws -> [[String]] {
                try run.decoded("vxlan-host1-1.pcap", where: "vxlan and \(filter)", fields)
            }
            let question = ["172.16.1.1", "239.1.1.42", "4789", "42", "1", ""]
            let request = ["172.16.1.1,10.0.0.11", "172.16.1.2,10.0.0.13", "4789", "42", "", "8"]
            let reply = ["172.16.1.2,10.0.0.13", "172.16.1.1,10.0.0.11", "4789", "42", "", "0"]
            #expect(try packets("arp.src.proto_ipv4 == 10.0.0.11 and arp.opcode == 1").first == question)
            #expect(
                try packets("arp.src.proto_ipv4 == 10.0.0.13 and arp.opcode == 2").first
                    == ["172.16.1.2", "172.16.1.1", "4789", "42", "2", ""])
            #expect(try packets("icmp.type == 8") == [request, request, request])
            #expect(try packets("icmp.type == 0") == [reply, reply, reply])
        }

        /// RFC 2784, with transparent Ethernet bridging (RFC 1701's list of protocol types) as what is inside.
        @Test func tsharkFindsARPAndEchoInGRE() throws {
            let run = try RunTests.gre.get()
            let fields = ["ip.src", "ip.dst", "ip.proto", "gre.proto", "arp.opcode", "icmp.type"]
            func packets(_ filter: String) throws -> [[String]] {
                try run.decoded("gre-host1-1.pcap", where: "gre and \(filter)", fields)
            }
            let request = ["172.16.1.1,10.0.0.11", "172.16.1.2,10.0.0.13", "47,1", "0x6558", "", "8"]
            let reply = ["172.16.1.2,10.0.0.13", "172.16.1.1,10.0.0.11", "47,1", "0x6558", "", "0"]
            #expect(
                try packets("arp.src.proto_ipv4 == 10.0.0.11 and arp.opcode == 1").first
                    == ["172.16.1.1", "172.16.1.2", "47", "0x6558", "1", ""])
            #expect(
                try packets("arp.src.proto_ipv4 == 10.0.0.13 and arp.opcode == 2").first
                    == ["172.16.1.2", "172.16.1.1", "47", "0x6558", "2", ""])
            #expect(try packets("icmp.type == 8") == [request, request, request])
            #expect(try packets("icmp.type == 0") == [reply, reply, reply])
        }
    }
}
