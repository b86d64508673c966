import Foundation
import TopoDiagnostics
import TopoDriver
import TopoForwarding
import TopoModel
import TopoPlan

/// A topology in the lab, its kernel's answers held against the prediction.
struct Trial {
    /// What came of it.
    enum Result {
        /// It cannot be built, or the kernel rejects what topoc has called an error.
        case unbuildable
        /// It is up, and was asked.
        case tried(Trial)
    }

    /// Whether topoc finds an error in it.
    var isWrong = false
    /// How many pairs of nodes were asked.
    var pairs = 0
    /// How many questions that were.
    var asked = 0
    /// How many of these are predicted to be answered.
    var answered = 0
    /// How many paths were traced.
    var traced = 0
    /// How many of the file's own checks were made.
    var checked = 0
    /// The answers that are not as predicted, in words.
    var mismatches: [String] = []

    /// What came of a questionnaire.
    init(_ asked: Questionnaire, isWrong: Bool, mismatches: [String]) {
        self.isWrong = isWrong
        pairs = asked.pairs
        self.asked = asked.questions.count
        answered = asked.questions.count(where: \.isAnswered)
        traced = asked.traced.count
        self.mismatches = mismatches
    }

    /// A topology that was never asked, since it does not come up as it should.
    init(mismatches: [String]) { self.mismatches = mismatches }

    /// Brings a topology up on a machine of its own, and asks.
    /// - Parameter pairs: about how many pairs of nodes at most.
    static func run(_ text: String, pairs: Int = 90) throws -> Result {
        let source = SourceFile(path: "random.topo", bytes: Array(text.utf8))
        let outcome = examine(source, despiteErrors: true, assuming: Requirements.kernel)
        guard let examination = outcome.output else { return .unbuildable }
        let machine = try Machine()
        let lab = try Lab(text: text, on: machine, despiteErrors: true)
        let up = try lab.run("up")
        guard up.status == 0 else {
            guard !outcome.diagnostics.hasErrors else { return .unbuildable }
            return .tried(Trial(mismatches: ["it does not come up:\n\(up.text)"]))
        }
        // A port is silent until the tree is there.
        if examination.topology.hosts.contains(where: { $0.bridges.contains { $0.stp?.value ?? false } }) { sleep(35) }
        let asked = Questionnaire(examination, limit: pairs)
        var wrong = try mismatches(among: asked.questions, in: lab)
        // Again, since a busy machine may lose what a network does not; an IPv6 address takes seconds to be usable.
        for _ in 0..<3 where !wrong.isEmpty {
            sleep(2)
            wrong = try mismatches(among: wrong, in: lab)
        }
        var trial = Trial(
            asked, isWrong: outcome.diagnostics.hasErrors,
            mismatches: wrong.map(\.words) + (try differences(of: asked.traced, in: lab)))
        guard !trial.isWrong, !examination.topology.checks.isEmpty else { return .tried(trial) }
        let tested = try lab.run("test")
        trial.checked = examination.topology.checks.count
        if tested.status != 0 { trial.mismatches.append("its checks do not hold:\n\(tested.text)") }
        return .tried(trial)
    }

    private static func differences(of traced: [TracedPath], in lab: Lab) throws -> [String] {
        let said = try ask(
            traced.enumerated().map { ($0.element.path.source, $0.element.line($0.offset)) }, in: lab)
        return traced.enumerated().compactMap { number, trace in
            let lines = said.filter { $0.hasPrefix("trace \(number) ") && !$0.contains("traceroute to") }
            return trace.difference(from: lines.map { String($0.dropFirst("trace \(number) ".count)) })
        }
    }

    private static func mismatches(
        among questions: [Questionnaire.Question], in lab: Lab
    ) throws -> [Questionnaire.Question] {
        try Questionnaire.groups(of: questions).flatMap { try answers(to: $0, in: lab) }
            .filter { $0.isAnswered != $0.question.isAnswered }.map(\.question)
    }

    /// Asks all at once.
    private static func answers(
        to questions: [Questionnaire.Question], in lab: Lab
    ) throws -> [(question: Questionnaire.Question, isAnswered: Bool)] {
        let said = try ask(questions.enumerated().map { ($0.element.source, $0.element.line($0.offset)) }, in: lab)
        let numbers = Set(said.compactMap { Int($0) })
        return questions.enumerated().map { ($0.element, numbers.contains($0.offset)) }
    }

    /// Runs lines of shell in their nodes, all at once, and gives what they print.
    private static func ask(_ lines: [(source: NodeName, line: String)], in lab: Lab) throws -> [String] {
        guard !lines.isEmpty else { return [] }
        let script = lab.folder.appendingPathComponent("lab.sh").path
        var calls: [String] = []
        let sources = Dictionary(grouping: lines, by: \.source).sorted { "\($0.key)" < "\($1.key)" }
        for (number, (source, asked)) in sources.enumerated() {
            let file = lab.folder.appendingPathComponent("ask-\(number).sh")
            try (asked.map(\.line) + ["wait", ""]).joined(separator: "\n")
                .write(to: file, atomically: false, encoding: .utf8)
            calls.append("sh '\(script)' exec '\(source)' sh '\(file.path)' &")
        }
        return try lab.machine.shell((calls + ["wait", ""]).joined(separator: "\n"), seconds: 120).lines
    }
}
