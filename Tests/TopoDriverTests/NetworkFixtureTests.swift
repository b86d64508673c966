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
        // A long command goes on in the next line.
        let script = try Self.script("underlay-by-metric", "near").replacing(/\ \\\n\ +/, with: " ")
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

    @Test func aTunnelsEndsAreNotInTheSegmentThatItExtends() throws {
        #expect(try Self.script("remote-by-name", "left").contains("dev vx7 dst 192.0.2.135"))
        #expect(try Self.script("remote-by-name", "right").contains("dev vx7 dst 192.0.2.7"))
    }

    @Test func aTunnelsOwnEndIsWhereTheOtherSendsTo() throws {
        // A long command goes on in the next line.
        let script = try Self.script("underlay-by-metric", "near").replacing(/\ \\\n\ +/, with: " ")
        #expect(script.contains("type gretap remote 10.9.0.1 local 172.16.1.1"))
    }

    /// A ping to an address that somebody nearer has says nothing about who was meant.
    @Test func nothingIsSaidOfAnAddressThatSomebodyElseAnswersFor() throws {
        let check = try #require(
            Self.compiled("two-tenants").artifacts.first { $0.path == "host1/check.sh" }
        ).contents
        #expect(check.contains("red1 red2 10.0.0.2"))
        #expect(check.contains("blue2 blue1 10.0.0.1"))
        #expect(!check.contains("reaches_not"))
        #expect(!check.contains("red1 blue2"))
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
