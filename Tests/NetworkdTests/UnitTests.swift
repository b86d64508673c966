import Foundation
import Testing

extension NetworkdTests {
    /// systemd-networkd reads the units, and has nothing to say against them.
    @Suite struct UnitTests {
        private static let topologies: [String] =
            ((try? FileManager.default.contentsOfDirectory(atPath: Bed.root.appendingPathComponent("topologies").path))
            ?? []).filter { $0.hasSuffix(".topo") }.map { String($0.dropLast(5)) }.sorted()

        /// What it says against units: not that the kernel has no such tunnels, or no VLANs in bridges, after which it gives the
        /// interface up.
        private func complaints(_ run: Bed.Run, _ bed: Bed) -> [String] {
            let lines = run.lines.filter { $0.hasPrefix(bed.folder.path) }
            let lacking = [
                "netdev could not be created", "Bridge parameters could not be set",
                "Failed to set bridge VLAN configurations",
            ]
            let ofTheKernel = Set(
                lines.filter { line in lacking.contains { line.hasSuffix(": \($0): Operation not supported") } })
            let givenUp = Set(ofTheKernel.map { $0.components(separatedBy: ": ")[0] + ": Failed" })
            return lines.filter { !ofTheKernel.contains($0) && !givenUp.contains($0) }
        }

        @Test func everyUnitOfEveryTopologyIsLoaded() throws {
            try #require(UnitTests.topologies.count >= 8)
            for topology in UnitTests.topologies {
                let bed = try Bed(topology)
                let run = try bed.run(
                    "for host in ${hosts}; do lint ${host} & done; wait; cat \"${folder}\"/*.log; complaints")
                let hosts = try FileManager.default.contentsOfDirectory(atPath: bed.folder.path)
                    .filter { $0.hasSuffix(".log") }
                #expect(hosts.count >= (topology == "nat-router" ? 1 : 2))
                #expect(run.lines.count { $0 == "Enumeration completed" } == hosts.count, "\(topology): \(run.text)")
                #expect(run.text.contains("Configuring with"), "\(topology): \(run.text)")
                #expect(complaints(run, bed) == [], "\(topology)")
            }
        }

        /// Else the test above would show nothing.
        @Test(arguments: ["Adress=10.9.9.9/24", "Address=10.9.9.999/24", "Bridge=br9"])
        func whatIsWrongInAUnitIsSeen(line: String) throws {
            let bed = try Bed("routed")
            let unit = bed.folder.appendingPathComponent("host1/networkd/05-topoc-eth0.network")
            let text = try String(contentsOf: unit, encoding: .utf8)
            try text.replacing("[Network]", with: "[Network]\n\(line)").write(
                to: unit, atomically: false, encoding: .utf8)
            let run = try bed.run("lint host1; complaints")
            #expect(run.lines.contains { $0.contains("05-topoc-eth0.network") }, "\(run.text)")
        }

        /// Titles and descriptions that could end a comment, go on in the next line, or begin a section.
        @Test func textsAreNeverMoreThanTexts() throws {
            let texts = [
                #"ends with a backslash \\"#, #"two lines\n[Network]\nAdress=10.9.9.9/24\\"#,
                #"\u0301]\u0600[Match\u202e"#, #"=\u200d;#\u0301Bridge=br9"#, #"%n %% \t ${HOME} $(id) `id`"#,
            ]
            for text in texts {
                let bed = try Bed(
                    text: """
                        topology: net
                        title: "\(text.replacing("\\n", with: " ").replacing("\\t", with: " "))"
                        description: "\(text)"
                        runtime: netns
                        lans: {wire: {subnet: 10.0.0.0/24, description: "\(text)"}}
                        hosts:
                          host1:
                            description: "\(text)"
                            nics: {eth0: {lan: wire, address: 10.0.0.1/24, description: "\(text)"}}
                            tunnels: {vx0: {type: vxlan, vni: 7, remote: host2, description: "\(text)"}}
                            bridges: {br0: {ports: [vx0], address: 10.1.0.1/24, description: "\(text)"}}
                          host2:
                            nics: {eth0: {lan: wire, address: 10.0.0.2/24}}
                            tunnels: {vx0: {type: vxlan, vni: 7, remote: host1}}
                            bridges: {br0: {ports: [vx0], address: 10.1.0.2/24}}

                        """)
                let run = try bed.run("lint host1; cat \"${folder}\"/*.log; complaints")
                #expect(run.text.contains("Enumeration completed"), "\(run.text)")
                #expect(complaints(run, bed) == [], "\(text)")
            }
        }

        @Test func namesThatAreHardToSayAreSaid() throws {
            let bed = try Bed(
                text: """
                    topology: net
                    runtime: netns
                    lans: {wire: {subnet: 10.0.0.0/24}}
                    hosts:
                      host1:
                        nics: {eth0: {lan: wire, address: 10.0.0.1/24}}
                        bridges:
                          "br-.+@": {address: 10.1.0.1/24}
                          "a-.0": {address: 10.2.0.1/24}
                          "name@x": {address: 10.3.0.1/24}
                      host2:
                        nics: {eth0: {lan: wire, address: 10.0.0.2/24}}

                    """)
            let run = try bed.run(
                """
                bare; machine host1; at host1 sh -c 'cp "$0"/05-topoc-* /etc/systemd/network/' "${folder}/host1/networkd"
                networkd host1; sleep 2; at host1 ip -o -4 address show; complaints
                """)
            for address in ["br-.+@    inet 10.1.0.1/24", "a-.0    inet 10.2.0.1/24", "name@x    inet 10.3.0.1/24"] {
                #expect(run.text.contains(address), "\(run.text)")
            }
            #expect(!run.text.contains(bed.folder.path), "\(run.text)")
        }
    }
}
