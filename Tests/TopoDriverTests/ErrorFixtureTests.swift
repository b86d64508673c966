import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoTemplates

/// The messages on wrong topologies, as a user reads them. A new case is a new file; `TOPOC_UPDATE_GOLDEN=1` writes
/// what is expected of it.
@Suite struct ErrorFixtureTests {
    /// Codes without a file: one would be as large as what T0108 refuses.
    private static let withoutFixture: Set<DiagnosticCode> = [.fileTooLarge]

    @Test(arguments: Fixtures.names(in: Fixtures.errors, ending: "topo"))
    func saysWhatIsExpected(name: String) throws {
        let source = try Fixtures.topology(name)
        let found = try #require(try Fixtures.found.get()[name])
        #expect(found.contains { $0.code.rawValue == name.prefix(5) }, "its name's code is not among what is found")
        let text = render(found, of: source, style: .plain)
        let expected = Fixtures.errors.appendingPathComponent("\(name).txt")
        if Fixtures.isUpdating { try Data(text.utf8).write(to: expected) }
        #expect(try String(contentsOf: expected, encoding: .utf8) == text)
    }

    /// Values that cannot be made out, beside what is wrong with the file itself: there is no network then.
    private static let withoutNetwork: Set<String> = [
        "T0301-commas-for-dots", "T0301-commas-in-a-list", "T0301-dhcp", "T0301-leading-zero", "T0301-no-prefix-length",
        "T0301-octet-over-255", "T0301-subnet-with-host-bits", "T0307-no-lan-in-common", "T0316-no-subnet",
        "T0317-merge-marks",
    ]

    /// Despite errors a network is planned, predicted and written out; where the file itself is wrong there is none.
    @Test(arguments: Fixtures.names(in: Fixtures.errors, ending: "topo"))
    func isCompiledDespiteErrorsOfTheNetwork(name: String) throws {
        let source = try Fixtures.topology(name)
        let outcome = try compile(source, despiteErrors: true, templates: builtIn.get())
        let ofFile = outcome.diagnostics.contains { diagnostic in
            diagnostic.severity == .error && ["T01", "T02"].contains { diagnostic.code.rawValue.hasPrefix($0) }
        }
        #expect(
            (outcome.output == nil) == (ofFile || Self.withoutNetwork.contains(name)),
            "where the file is right, its network is compiled")
        if let compilation = outcome.output {
            #expect(compilation.isWrong == outcome.diagnostics.hasErrors && !compilation.artifacts.isEmpty)
        }
        // What was found is told, and the checks that therefore cannot hold.
        let found = try #require(try Fixtures.found.get()[name])
        #expect(
            outcome.diagnostics.filter { $0.code != .checkCannotHold } == found.filter { $0.code != .checkCannotHold })
    }

    @Test func everyExpectationHasATopology() {
        let topologies = Fixtures.names(in: Fixtures.errors, ending: "topo")
        #expect(Fixtures.names(in: Fixtures.errors, ending: "txt").filter { !topologies.contains($0) } == [])
    }

    @Test(arguments: DiagnosticCode.allCases.filter { !withoutFixture.contains($0) })
    func everyCodeComesFirstInAFixtureOfItsName(code: DiagnosticCode) throws {
        let own = try Fixtures.found.get().filter { $0.key.hasPrefix("\(code.rawValue)-") }
        #expect(own.values.contains { $0.first?.code == code })
    }
}
