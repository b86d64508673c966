import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoEmitGraphviz
import TopoTemplates

/// The figures are valid for Graphviz, whatever the names, and show all that the plan has.
@Suite struct FigureTests {
    /// Two hosts with a tunnel, a bridge, a point-to-point link and a router container; the names are to be given.
    private static func topology(lan: String = "internal", title: String = "T", bridge: String = "br0") -> String {
        """
        topology: figure
        title: '\(title)'
        runtime: netns
        lans:
          '\(lan)': {subnet: 172.16.1.0/24}
        hosts:
          host1:
            forwarding: true
            nics:
              eth0: {lan: '\(lan)', address: 172.16.1.1/24}
            tunnels:
              vx0: {type: vxlan, vni: 42, group: 239.1.1.42, dev: eth0}
            bridges:
              '\(bridge)': {ports: [vx0]}
              br1: {address: 10.3.0.1/24}
            containers:
              c1: {bridge: '\(bridge)', address: 10.0.0.11/24}
              c3: {p2p: 10.2.0.0/30}
              r1: {forwarding: true, interfaces: {eth0: {bridge: br1, address: 10.3.0.2/24}, eth1: {bridge: '\(bridge)', address: 10.0.0.1/24}}}
          host2:
            nics:
              eth0: {lan: '\(lan)', address: 172.16.1.2/24}
            tunnels:
              vx0: {type: vxlan, vni: 42, group: 239.1.1.42, dev: eth0}
            bridges:
              br0: {ports: [vx0]}
            containers:
              c2: {bridge: br0, address: 10.0.0.12/24}

        """
    }

    private func figures(_ text: String) throws -> [String: String] {
        let source = SourceFile(path: "figure.topo", bytes: Array(text.utf8))
        let outcome = examine(source)
        let examination = try #require(
            outcome.output, "\(render(outcome.diagnostics, of: source, style: .plain))")
        let artifacts = try GraphvizBackend().emit(examination.plan, templates: Templates())
        return Dictionary(uniqueKeysWithValues: artifacts.map { ($0.path, $0.contents) })
    }

    /// What `dot` says of a figure: its picture, and its complaints.
    private func draw(_ figure: String) throws -> (svg: String, complaints: String, status: Int32) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-figure-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (input, output, errors) = ("in.dot", "out.svg", "errors")
        try Data(figure.utf8).write(to: folder.appendingPathComponent(input))
        _ = FileManager.default.createFile(atPath: folder.appendingPathComponent(errors).path, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["dot", "-Tsvg", input, "-o", output]
        process.currentDirectoryURL = folder
        process.standardError = try FileHandle(forWritingTo: folder.appendingPathComponent(errors))
        try process.run()
        process.waitUntilExit()
        return (
            (try? String(contentsOf: folder.appendingPathComponent(output), encoding: .utf8)) ?? "",
            try String(contentsOf: folder.appendingPathComponent(errors), encoding: .utf8), process.terminationStatus
        )
    }

    static let hasGraphviz =
        ProcessInfo.processInfo.environment["CI"] == "true"
        || (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/dot")
        }

    @Test(
        .enabled(if: hasGraphviz, "Graphviz is not installed"),
        arguments: [
            "internal", "a \"quoted\" name", "back\\slash \\N \\G", "<b>&amp;</b>", "LAN ñ 日本", "]; malicious [",
        ])
    func isValidForAnyName(name: String) throws {
        for figure in try figures(Self.topology(lan: name, title: name.replacing("'", with: ""))).values {
            let drawn = try draw(figure)
            #expect(drawn.status == 0)
            #expect(drawn.complaints == "")
            #expect(drawn.svg.contains("</svg>"))
        }
    }

    @Test(.enabled(if: hasGraphviz, "Graphviz is not installed"))
    func showsNamesAsTheyAre() throws {
        let figure = try #require(try figures(Self.topology(lan: "<&> \\N"))["l2.dot"])
        #expect(try draw(figure).svg.contains("&lt;&amp;&gt; \\N"))
    }

    @Test func layer2ShowsEveryObject() throws {
        let figure = try #require(try figures(Self.topology())["l2.dot"])
        for text in [
            "cluster_host1", "cluster_host2", "lan/internal", "veth-c1", "veth-c3", "veth-r1-eth1", "vx0", "br1",
            "eth1: 10.0.0.1/24", "VXLAN 42, group 239.1.1.42, MTU 1450", "MTU 1450", "10.2.0.1/30",
        ] {
            #expect(figure.contains(text), "\(text) is not in the figure")
        }
    }

    @Test func layer3HasASubnetOnceAndAddressesAtItsEdges() throws {
        let figure = try #require(try figures(Self.topology())["l3.dot"])
        let overlay = figure.split(separator: "\n").filter { $0.contains("\"net/10.0.0.0/24\"") }
        #expect(overlay.count == 4, "the node, and an edge for c1, c2 and r1")
        #expect(overlay.contains { $0.contains("host1/container/c1") && $0.contains("\".11\"") })
        #expect(figure.contains("net/10.2.0.0/30"))
    }

    @Test func manyContainersOfABridgeAreDrawnAsOne() throws {
        let containers = (1...40).map { "      c\($0): {bridge: br0, address: 10.1.0.\($0 + 10)/24}\n" }.joined()
        let figure = try figures(
            """
            topology: many
            runtime: netns
            hosts:
              host1:
                bridges:
                  br0: {address: 10.1.0.1/24}
                containers:
            \(containers)
            """)
        for text in figure.values {
            #expect(text.contains("40 containers"))
            #expect(text.contains("c1 … c40"))
            #expect(!text.contains("container/c7"))
        }
    }

    @Test func theSameTopologyGivesTheSameFigures() throws {
        #expect(try figures(Self.topology()) == figures(Self.topology()))
    }
}
