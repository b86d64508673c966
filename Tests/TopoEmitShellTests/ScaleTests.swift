import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// Two thousand containers on a host: what looks through all of them for each does not come to an end here.
@Suite struct ScaleTests {
    @Test func aHostMayHaveManyContainers() throws {
        let count = 1000
        let text =
            "topology: net\nruntime: netns\nhosts:\n  hub:\n    forwarding: true\n    bridges:\n"
            + (0..<count).map { "      br\($0): {address: 10.\($0 / 256).\($0 % 256).1/24}\n" }.joined()
            + "    containers:\n"
            + (0..<count).map { index in
                "      c\(index): {bridge: br\(index), address: 10.\(index / 256).\(index % 256).2/24}\n"
                    + "      d\(index): {p2p: 10.128.\(index / 64).\(index % 64 * 4)/30}\n"
            }.joined()
        let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
        let compilation = try #require(try compile(source, only: ["shell"], templates: builtIn.get()).output)
        let up = try #require(compilation.artifacts.first { $0.path == "hub/up.sh" }).contents
        #expect(up.contains("# Joins c\(count - 1).\n"))
        #expect(up.contains(" without a bridge: 10.128.15.157 here, 10.128.15.158 there."))
    }
}
