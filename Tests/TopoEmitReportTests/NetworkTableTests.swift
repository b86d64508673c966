import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmitReport
import TopoForwarding

/// The table of networks, which are no objects of a kernel: it is made of what is part of them.
@Suite struct NetworkTableTests {
    private static func report(_ text: String) throws -> Report {
        let outcome = examine(SourceFile(path: "a.topo", bytes: Array(text.utf8)))
        let plan = try #require(outcome.output, "\(outcome.diagnostics)").plan
        return Report(plan: plan, prediction: predict(plan))
    }

    private static func rows(_ kind: String) throws -> [[String]] {
        try report(
            """
            topology: t
            runtime: netns
            lans: {internal: {subnet: 172.16.1.0/24}}
            networks:
              blue: {kind: \(kind), subnet: 10.0.0.0/24}
              red: {kind: vxlan, vni: 7, subnet: 10.1.0.0/24}
            hosts:
              host1..host2:
                nics: {eth0: {lan: internal, address: auto}}
                containers:
                  c1: {network: blue}
                  d1..d2: {network: red}
              host3:
                nics: {eth0: {lan: internal, address: auto}}
                containers:
                  d1: {interfaces: {eth0: {network: red}, eth1: {network: red}}}
            """
        ).table(.networks)?.rows ?? []
    }

    @Test(arguments: [
        ("vxlan, vni: 5", "VXLAN 5", "10.0.0.0/24"), ("bridged", "LAN internal", "10.0.0.0/24"),
        ("routed", "routes", "10.0.0.0/29 10.0.0.8/29"),
    ])
    func itSaysWhatConnectsTheHosts(kind: String, way: String, subnets: String) throws {
        let rows = try Self.rows(kind).filter { $0[0] == "blue" }
        #expect(rows == [["blue", way, subnets, "host1 host2", "2"]])
    }

    @Test func aContainerWithTwoInterfacesCountsOnce() throws {
        let rows = try Self.rows("bridged").filter { $0[0] == "red" }
        #expect(rows == [["red", "VXLAN 7", "10.1.0.0/24", "host1 host2 host3", "5"]])
    }

    @Test func tunnelsOfGREHaveTheirKey() throws {
        let row = try #require(try Self.rows("gretap").first { $0[0] == "blue" })
        #expect(row[1].hasPrefix("Ethernet over GRE, key ") && !row[1].contains(", Ethernet"))
    }

    @Test func withoutNetworksThereIsNone() throws {
        let report = try Self.report(
            "topology: t\nruntime: netns\nhosts: {h: {bridges: {b: {}}, containers: {c: {bridge: b}}}}")
        #expect(report.table(.networks) == nil && !report.tables.contains { $0.name == "networks" })
    }
}
