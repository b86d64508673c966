import Foundation
import RandomTopologies
import Testing

/// Random topologies with Ethernet over GRE, on one LAN or over routers, and with VLANs, in a user-mode Linux: this machine's
/// kernel may have neither.
///
/// `scripts/random.sh --gre COUNT SEED` and `--vlans` try more of them.
@Suite(
    .serialized,
    .enabled(if: Requirements.kernelObstacle == nil, "\(Requirements.kernelObstacle ?? "")"))
struct RandomUMLTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let count = environment["TOPOC_RANDOM_UML_COUNT"].flatMap { Int($0) }
    private static let first = environment["TOPOC_RANDOM_SEED"].flatMap { Int($0) } ?? 1

    /// What is drawn.
    enum Kind: String {
        case gre = "GRE"
        case vlans = "VLANs"

        /// How many are tried where nobody says how many: each takes minutes where two processors have three lanes of tests.
        static let usual = 1

        func draft(seed: Int) -> Draft {
            switch self {
            case .gre: RandomDraft.draft(seed: seed, overlay: .gretap)
            case .vlans: RandomTopology.drawn(seed: seed, rates: .tagged).draft
            }
        }
    }

    @Test func theKernelDoesWhatIsPredictedOfGRE() throws { try tryAll(.gre) }

    @Test func theKernelDoesWhatIsPredictedOfVLANs() throws { try tryAll(.vlans) }

    private func tryAll(_ kind: Kind) throws {
        let count = Self.count ?? Kind.usual
        let seeds = Array(Self.first..<(Self.first + count))
        let trials = try Self.trials(seeds.map { kind.draft(seed: $0).text })
        let tried = zip(seeds, trials).compactMap { seed, trial in trial.map { (seed, $0) } }
        print(
            "random, \(kind.rawValue): \(tried.count) topologies, \(tried.count { $0.1.isWrong }) of them wrong,",
            "\(tried.reduce(0) { $0 + $1.1.pairs }) pairs, \(tried.reduce(0) { $0 + $1.1.asked }) questions,",
            "\(tried.reduce(0) { $0 + $1.1.answered }) answered, \(tried.reduce(0) { $0 + $1.1.traced }) traced,",
            "\(tried.count { !$0.1.mismatches.isEmpty }) topologies with a mismatch")
        for (seed, trial) in tried where !trial.mismatches.isEmpty {
            Issue.record("\(try report(seed, kind, trial))")
        }
        #expect(tried.count * 4 >= count * 3 && !tried.isEmpty)
        #expect(tried.reduce(0) { $0 + $1.1.answered } > 10 * tried.count)
    }

    /// Tries topologies in one kernel, one after the other: each kernel takes time to start, and a processor.
    private static func trials(_ texts: [String]) throws -> [Trial?] {
        try KernelTrials(texts).run(seconds: 240 + 300 * texts.count)
    }

    /// Reduces a topology, a few candidates in a kernel at once, and tells of the small one.
    private func report(_ seed: Int, _ kind: Kind, _ trial: Trial) throws -> String {
        var smallest = kind.draft(seed: seed)
        var mismatches = trial.mismatches
        for _ in 0..<12 {
            let candidates = Array(smallest.reductions.prefix(24))
            let found = try Self.trials(candidates.map(\.text))
            guard let index = found.firstIndex(where: { !($0?.mismatches ?? []).isEmpty }) else { break }
            smallest = candidates[index]
            mismatches = found[index]?.mismatches ?? []
        }
        return """
            seed \(seed): \(trial.mismatches.joined(separator: "\n"))

            Reduced, \(mismatches.joined(separator: "\n")):
            \(smallest.text)
            """
    }
}
