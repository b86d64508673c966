import Foundation
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoForwarding
import TopoPlan
import TopoTemplates

/// Topologies with tunnels that the kernel of this machine may not have, tried in one user-mode Linux, one after the other.
struct KernelTrials {
    /// A kernel that did not come to its end.
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    /// A topology that is tried.
    private struct Entry {
        let questionnaire: Questionnaire
        let isWrong: Bool
    }

    /// A folder for what the kernel gets, gone with the value.
    private let folder: Folder
    private var entries: [Entry?] = []

    /// Compiles the topologies.
    init(_ texts: [String]) throws {
        folder = try Folder()
        for (number, text) in texts.enumerated() {
            let source = SourceFile(path: "random.topo", bytes: Array(text.utf8))
            let outcome = examine(source, despiteErrors: true)
            guard let examination = outcome.output,
                let compilation = try compile(source, despiteErrors: true, templates: builtIn.get()).output
            else {
                entries.append(nil)
                continue
            }
            for artifact in compilation.artifacts {
                try folder.write(artifact.contents, to: "trials/\(number)/\(artifact.path)")
            }
            let entry = Entry(
                questionnaire: Questionnaire(examination, limit: 36), isWrong: outcome.diagnostics.hasErrors)
            try writeQuestions(entry.questionnaire, in: "trials/\(number)")
            entries.append(entry)
        }
    }

    /// Brings each up, asks, and takes it down.
    /// - Parameter seconds: how long the kernel may take for all of them.
    /// - Returns: for each topology what came of it; nil where it could not be built.
    func run(seconds: Int) throws -> [Trial?] {
        for name in ["uml.sh", "uml-init.sh"] {
            try folder.write(try builtIn.get().text(name), to: "kernel/\(name)", isExecutable: true)
        }
        try folder.write(driver, to: "trials/lab.sh")
        let run = try folder.sh("kernel/uml.sh", folder.path("trials"), String(seconds), seconds: seconds + 20)
        guard run.status == 0 else { throw Failed(description: run.text) }
        let lines = run.text.split(separator: "\n").map(String.init)
        return entries.enumerated().map { number, entry in
            entry.flatMap { trial(of: $0, lines.filter { $0.hasPrefix("\(number):") }, number) }
        }
    }

    /// What stands in the place of a lab: it is called with the word `run`.
    private var driver: String {
        """
        here=$(pwd)
        for number in \(entries.indices.filter { entries[$0] != nil }.map(String.init).joined(separator: " ")); do
            cd "${here}/${number}" || exit 1
            if sh lab.sh up >up.log 2>&1; then
                sh ask.sh | sed "s/^/${number}:/"
            else
                sed "s/^/${number}:down /" up.log
            fi
            sh lab.sh down >/dev/null 2>&1
        done
        """
    }

    /// Asks up to three times, until all is as predicted; then the traces.
    private func writeQuestions(_ asked: Questionnaire, in place: String) throws {
        let numbered = Dictionary(
            uniqueKeysWithValues: asked.questions.enumerated().map { ($0.element, $0.offset) })
        var rounds: [String] = []
        for (index, group) in Questionnaire.groups(of: asked.questions).enumerated() {
            rounds += try write(
                group.map { ("\($0.source)", $0.line(numbered[$0] ?? -1)) },
                in: place, as: "ask-\(index)")
        }
        let traces = try write(
            asked.traced.enumerated().map {
                ("\($0.element.path.source)", $0.element.line($0.offset))
            }, in: place, as: "trace")
        let expected = asked.questions.enumerated().filter(\.element.isAnswered).map { String($0.offset) }.sorted()
        try folder.write(expected.map { $0 + "\n" }.joined(), to: "\(place)/expected")
        try folder.write(
            """
            sleep 3
            for round in 1 2 3; do
                {
                    \(rounds.joined(separator: "\n        "))
                } | sort -u >answers
                sed "s/^/round ${round} /" answers
                cmp -s answers expected && break
                sleep 3
            done
            \(traces.joined(separator: "\n"))

            """, to: "\(place)/ask.sh")
    }

    /// Writes lines of shell, a file for each node, and gives the lines that run all of them at once.
    private func write(_ lines: [(node: String, line: String)], in place: String, as name: String) throws -> [String] {
        let nodes = Dictionary(grouping: lines, by: \.node).sorted { $0.key < $1.key }
        let calls = try nodes.enumerated().map { number, entry in
            try folder.write(
                entry.value.map { $0.line + "\n" }.joined() + "wait\n", to: "\(place)/\(name)-\(number).sh")
            return "sh lab.sh exec '\(entry.key)' sh \(name)-\(number).sh &"
        }
        return calls.isEmpty ? [] : calls + ["wait"]
    }

    private func trial(of entry: Entry, _ lines: [String], _ number: Int) -> Trial? {
        let said = lines.map { String($0.dropFirst("\(number):".count)) }
        let refusals = said.filter { $0.hasPrefix("down ") }
        guard refusals.isEmpty else {
            return entry.isWrong ? nil : Trial(mismatches: ["it does not come up:"] + refusals)
        }
        let rounds = (1...3).map { round in
            Set(said.compactMap { $0.hasPrefix("round \(round) ") ? Int($0.dropFirst("round 1 ".count)) : nil })
        }
        let count = max(rounds.count { !$0.isEmpty }, 1)
        let wrong = entry.questionnaire.questions.enumerated().filter { index, question in
            rounds.prefix(count).allSatisfy { $0.contains(index) != question.isAnswered }
        }
        let ways = entry.questionnaire.traced.enumerated().compactMap { index, trace in
            let way = said.filter { $0.hasPrefix("trace \(index) ") && !$0.contains("traceroute to") }
            return trace.difference(from: way.map { String($0.dropFirst("trace \(index) ".count)) })
        }
        return Trial(
            entry.questionnaire, isWrong: entry.isWrong, mismatches: wrong.map(\.element.words) + ways)
    }
}
