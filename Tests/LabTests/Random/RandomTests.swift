import Foundation
import Synchronization
import RandomTopologies
import SideBySide
import Testing
import TopoDiagnostics
import TopoDriver
import TopoForwarding
import TopoModel
import TopoPlan

/// Random topologies, right and wrong ones, brought up in the lab: who reaches whom, and with how large a packet, is what
/// was predicted.
///
/// `scripts/random.sh COUNT SEED` tries more of them.
@Suite(.serialized, .enabled(if: Requirements.areMet, "\(Requirements.obstacle ?? "")"))
struct RandomTests {
    /// What was tried.
    private struct Tally {
        var next: Int
        var built = 0
        var wrong = 0
        var pairs = 0
        var asked = 0
        var answered = 0
        var traced = 0
        var checked = 0
        /// The topologies of which an answer was another than predicted, each reduced.
        var reports: [String] = []
    }

    private static let environment = ProcessInfo.processInfo.environment
    private static let count = environment["TOPOC_RANDOM_COUNT"].flatMap { Int($0) }
    /// Whether the topologies are those of `SilenceTests`, which have more in them.
    private static let isWide = environment["TOPOC_RANDOM_WIDE"] == "1"
    private static let first = environment["TOPOC_RANDOM_SEED"].flatMap { Int($0) } ?? 1

    /// Three at a time, since most of it is waiting for answers that do not come. Not more: their neighbours are in one table
    /// of this machine, which has room for 1,024, whatever namespace they are in.
    @Test func theKernelDoesWhatIsPredicted() throws {
        let count = Self.count ?? 36
        let end = try tally(count, of: Self.isWide ? .wide : .usual)
        // A seed whose topology cannot be built is no trial; of those there are few.
        #expect(end.built * 10 >= count * 8 && end.pairs > 20 * end.built)
        #expect(end.traced > end.built && end.wrong * 4 > end.built && end.wrong < end.built)
        #expect(end.answered > end.asked / 4 && end.asked - end.answered > end.asked / 10)
    }

    /// The same of networks with NAT, single addresses and the world outside; where nothing is wrong, all that the file's checks say
    /// holds.
    @Test func theKernelDoesWhatIsPredictedOfNAT() throws {
        let count = Self.count ?? 5
        // The first of the usual ones had what is link-local answered for outside.
        let end = try tally(count, of: .outside, from: Self.first + (Self.count == nil ? 12 : 0))
        #expect(end.built * 10 >= count * 8 && end.pairs > 20 * end.built)
        #expect(end.answered > end.asked / 4 && end.asked > end.answered && end.checked > 0)
    }

    /// What is drawn.
    private enum Kind {
        case usual, wide, outside

        func draft(seed: Int) -> Draft {
            switch self {
            case .usual: RandomDraft.draft(seed: seed)
            case .wide: RandomTopology.drawn(seed: seed, rates: .lab).draft
            case .outside: RandomTopology.drawn(seed: seed, rates: .outside).draft
            }
        }
    }

    private func tally(_ count: Int, of kind: Kind, from first: Int = first) throws -> Tally {
        let tally = Mutex(Tally(next: first))
        _ = try atOnce(3) { _ in
            while let seed = tally.withLock({ Self.nextSeed(&$0, before: first + count) }) {
                try Self.tryOne(seed, kind, tally)
            }
        }
        let end = tally.withLock { $0 }
        print(
            "random, \(kind): \(end.built) topologies, \(end.wrong) of them wrong, \(end.pairs) pairs, \(end.asked) questions, \(end.answered) answered,",
            "\(end.traced) traced, \(end.checked) checks of files, \(end.reports.count) topologies with a mismatch")
        for report in end.reports { Issue.record("\(report)") }
        return end
    }

    private static func nextSeed(_ tally: inout Tally, before end: Int) -> Int? {
        guard tally.next < end else { return nil }
        tally.next += 1
        return tally.next - 1
    }

    private static func tryOne(_ seed: Int, _ kind: Kind, _ tally: borrowing Mutex<Tally>) throws {
        let draft = kind.draft(seed: seed)
        guard case .tried(let trial) = try Trial.run(draft.text) else { return }
        tally.withLock { tally in
            tally.built += 1
            tally.wrong += trial.isWrong ? 1 : 0
            tally.pairs += trial.pairs
            tally.asked += trial.asked
            tally.answered += trial.answered
            tally.traced += trial.traced
            tally.checked += trial.checked
        }
        guard !trial.mismatches.isEmpty else { return }
        // Now, since the reduction takes minutes.
        FileHandle.standardError.write(
            Data("random, \(kind): seed \(seed): \(trial.mismatches.joined(separator: "; "))\n".utf8))
        let report = try report(on: draft, seed: seed, trial.mismatches)
        tally.withLock { $0.reports.append(report) }
    }

    /// Reduces a topology whose network does not do what is predicted, and tells of the small one.
    private static func report(on draft: Draft, seed: Int, _ mismatches: [String]) throws -> String {
        let smallest = try draft.shrunk(tries: 120) { smaller in
            guard case .tried(let trial) = try Trial.run(smaller.text) else { return false }
            return !trial.mismatches.isEmpty
        }
        var left = ["it is no longer there"]
        if case .tried(let trial) = try Trial.run(smallest.text), !trial.mismatches.isEmpty { left = trial.mismatches }
        return """
            seed \(seed): \(mismatches.joined(separator: "\n"))

            Reduced, \(left.joined(separator: "\n")):
            \(smallest.text)
            """
    }

    @Test func theSameSeedIsTheSameTopology() {
        for seed in 1...50 { #expect(RandomDraft.draft(seed: seed).text == RandomDraft.draft(seed: seed).text) }
        #expect(Set((1...50).map { RandomDraft.draft(seed: $0).text }).count == 50)
    }

    @Test func aTraceThatGoesAnotherWayIsFound() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appendingPathComponent("topologies/routed.topo")
        let source = SourceFile(path: "routed.topo", bytes: Array(try Data(contentsOf: file)))
        let examination = try #require(examine(source).output)
        let goal = try IPAddress("10.2.0.2")
        let path = try #require(
            examination.prediction.path(from: NodeName(host: "host1", container: "c1"), to: goal))
        let addresses = [
            NodeName(host: "host1"): [try IPAddress("10.1.0.1")],
            NodeName(host: "host2"): [try IPAddress("172.16.1.2")],
        ]
        let traced = try #require(TracedPath(path, addresses: addresses))
        #expect(
            traced.difference(from: [
                " 1  10.1.0.1  0.05 ms  0.02 ms", " 2  172.16.1.2  0.1 ms  0.1 ms", " 3  10.2.0.2  0.1 ms",
            ]) == nil)
        #expect(traced.difference(from: [" 1  10.1.0.1  0.05 ms", " 2  *", " 3  10.2.0.2  0.1 ms"]) == nil)
        #expect(
            traced.difference(from: [" 1  10.1.0.1  0.05 ms", " 2  10.9.0.1  0.1 ms", " 3  10.2.0.2  0.1 ms"]) != nil)
        #expect(traced.difference(from: [" 1  10.1.0.1  0.05 ms", " 2  10.2.0.2  0.1 ms"]) != nil)
        #expect(traced.difference(from: []) != nil)
    }

    @Test func whatDiffersIsReducedToItsCause() {
        let draft = RandomDraft.draft(seed: 3)
        let route = draft.hosts.flatMap(\.routes).last ?? ""
        let smallest = draft.shrunk(tries: 10_000) { $0.text.contains(route) }
        #expect(!route.isEmpty && smallest.hosts.count == 1 && smallest.hosts[0].routes == [route])
        #expect(smallest.hosts[0].containers.isEmpty && smallest.hosts[0].nics.isEmpty && smallest.lans.isEmpty)
    }
}
