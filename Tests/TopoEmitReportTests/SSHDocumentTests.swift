import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// How a host is reached, in topology.json.
@Suite struct SSHDocumentTests {
    @Test func itIsThereWhereTheFileHasIt() throws {
        let text = """
            topology: net
            runtime: netns
            hosts:
              a: {ssh: {host: "2001:DB8::0:1", user: root, port: 2222}}
              b: {ssh: {}}
              c:

            """
        let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
        let compilation = try #require(try compile(source, only: ["report"], templates: Templates()).output)
        let document = try #require(compilation.artifacts.first { $0.path == "topology.json" })
        let tree = try JSONSerialization.jsonObject(with: Data(document.contents.utf8)) as? [String: Any]
        let hosts = try #require(tree?["hosts"] as? [[String: Any]])
        let first = hosts[0]["ssh"] as? [String: Any]
        #expect(first?["host"] as? String == "2001:db8::1" && first?["user"] as? String == "root")
        #expect(first?["port"] as? Int == 2222 && first?.count == 3)
        #expect(hosts[1]["ssh"] as? [String: String] == ["host": "b"])
        #expect(hosts[2]["ssh"] == nil)
    }
}
