import Testing

/// The hosts of which check.yml asks more than of others.
@Suite struct GroupTests {
    private static let base = """
        topology: net
        runtime: netns
        lans: {wire: {subnet: 172.16.1.0/24}}
        networks:
          red: {kind: vxlan, subnet: 10.1.0.0/24}
        hosts:
          host1..host3:
            nics: {eth0: {lan: wire, address: auto}}
            containers: {r: {network: red}, s: {network: red}}
        checks:

        """

    private func groups(_ checks: String) throws -> [String] {
        Array(try inventory(Self.base + checks + "\n").drop { $0 != "  children:" })
    }

    @Test func whoAsksWhatMustNotPass() throws {
        #expect(
            try groups("  - {no-ping: [host2/r, host3]}") == [
                "  children:", "    topoc_silent:", "      hosts:", "        host2:",
            ])
    }

    @Test func whoTakesConnectionsOfOthers() throws {
        #expect(
            try groups("  - {tcp: [host2/r, host3/r], port: 80}") == [
                "  children:", "    topoc_listening:", "      hosts:", "        host3:",
            ])
    }

    /// check.sh itself takes the connections of its own host's containers.
    @Test func aHostAloneListensByItself() throws {
        #expect(try groups("  - {tcp: [host1/r, host1/s], port: 80}") == [])
    }

    /// What is outside asks nothing by Ansible.
    @Test func nobodyListensToTheOutside() throws {
        let lines = try inventory(
            """
            topology: net
            runtime: netns
            lans: {wire: {subnet: 192.0.2.0/24, gateway: 192.0.2.1}}
            hosts:
              gw:
                forwarding: true
                gateway: 192.0.2.1
                nics: {eth0: {lan: wire, address: 192.0.2.10/24}}
                bridges: {br0: {address: 10.1.0.1/24}}
                containers: {web: {bridge: br0, address: 10.1.0.11/24}}
                nat: [{out: eth0}]
                publish: [{in: eth0, tcp: 80, to: web}]
            checks: [{tcp: [198.51.100.7, gw], port: 80}]

            """)
        #expect(!lines.contains("    topoc_listening:"))
        #expect(lines.last == "    gw:")
    }

    @Test func bothAtOnceInTheOrderOfTheFile() throws {
        #expect(
            try groups("  - {no-ping: [host1..host2/r, host3]}\n  - {tcp: [host1/r, host2..host3/r], port: 443}") == [
                "  children:", "    topoc_listening:", "      hosts:", "        host2:", "        host3:",
                "    topoc_silent:", "      hosts:", "        host1:", "        host2:",
            ])
    }
}
