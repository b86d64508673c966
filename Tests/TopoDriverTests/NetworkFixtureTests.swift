import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// Networks that work, though a careless reading of the kernel's rules says otherwise: nothing is an error, and their own
/// checks are predicted to hold. A new case is a new file.
@Suite struct NetworkFixtureTests {
    private static let folder = Fixtures.root.appendingPathComponent("Tests/Fixtures/Networks")

    @Test(arguments: Fixtures.names(in: folder, ending: "topo"))
    func isNoError(name: String) throws {
        let compilation = try Self.compiled(name)
        #expect(!compilation.isWrong)
    }

    @Test func theOverlaysMTUFollowsTheRouteOfTheLeastMetric() throws {
        let script = try Self.script("underlay-by-metric", "near")
        #expect(script.contains(" mtu 1262"))
        #expect(!script.contains(" mtu 1462"))
    }

    @Test func aWrittenDefaultRouteIsTheOnlyOne() throws {
        let script = try Self.script("written-default", "host1")
        #expect(script.contains("route replace default via 10.1.0.12"))
        #expect(script.contains("route replace default via fd01::12"))
        #expect(!script.contains("netns exec pc1 ip route replace default via 10.1.0.1 "))
        #expect(!script.contains("netns exec pc1 ip -6 route replace default via fd01::1 "))
    }

    private static func compiled(_ name: String) throws -> Compilation {
        let bytes = try Data(contentsOf: folder.appendingPathComponent("\(name).topo"))
        let source = SourceFile(path: "\(name).topo", bytes: Array(bytes))
        let outcome = try compile(source, templates: Templates())
        return try #require(outcome.output, "\(render(outcome.diagnostics, of: source, style: .plain))")
    }

    private static func script(_ name: String, _ host: String) throws -> String {
        try #require(compiled(name).artifacts.first { $0.path == "\(host)/up.sh" }).contents
    }
}
