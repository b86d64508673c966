import Foundation
import Testing

/// Topologies in which a rule of the kernel decides who is reached: each comes up in the lab, and every pair of its nodes gets
/// the answers that are predicted, by each address, of the usual size, the largest one and one byte more.
///
/// `TOPOC_TRIALS=DIRECTORY swift test --filter LabTests.KernelRuleTests` tries other topologies.
@Suite(.serialized, .enabled(if: Requirements.areMet, "\(Requirements.obstacle ?? "")"))
struct KernelRuleTests {
    private static let directory =
        ProcessInfo.processInfo.environment["TOPOC_TRIALS"].map { URL(fileURLWithPath: $0) }
        ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/Kernel")

    private static let names = ((try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? [])
        .filter { $0.hasSuffix(".topo") }.sorted()

    @Test func thereAreTopologies() { #expect(!Self.names.isEmpty) }

    @Test(arguments: names)
    func theKernelDoesWhatIsPredicted(_ name: String) throws {
        let text = try String(contentsOf: Self.directory.appendingPathComponent(name), encoding: .utf8)
        guard case .tried(let trial) = try Trial.run(text, pairs: 200) else {
            Issue.record("it is not built, or refused by the kernel")
            return
        }
        print(
            "trial \(name):\(trial.isWrong ? " wrong," : "") \(trial.pairs) pairs, \(trial.asked) questions,",
            "\(trial.answered) answered, \(trial.traced) traced, \(trial.mismatches.count) mismatches")
        #expect(trial.mismatches.isEmpty, "\(trial.mismatches.joined(separator: "\n"))")
        #expect(trial.pairs > 0)
    }
}
