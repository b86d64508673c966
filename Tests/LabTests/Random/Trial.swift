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
        /// It cannot be built, or the kernel refuses what topoc has called an error.
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
    /// The answers that are not as predicted, in words.
    var mismatches: [String] = []

    /// A question to a node, and what it is predicted to say.
    private struct Question: Hashable {
        let source: NodeName
        let target: IPAddress
        /// The IP packet, in bytes.
        let size: Int
        let isAnswered: Bool

        /// The line of shell that says the number where it is answered.
        func line(_ number: Int) -> String {
            let headers = target.family == .ipv4 ? 28 : 48
            return """
                (ping -n -q -c 3 -i 0.25 -W 1 -M do -s \(size - headers) \(target) >/dev/null 2>&1 && echo \(number)) &
                """
        }

        var words: String {
            "\(source) to \(target), \(size) bytes: \(isAnswered ? "predicted to be answered, is not" : "answered, predicted not to be")"
        }
    }

    private static let limit = 90

    /// Brings a topology up on a machine of its own, and asks.
    static func run(_ text: String) throws -> Result {
        let source = SourceFile(path: "random.topo", bytes: Array(text.utf8))
        let outcome = examine(source, despiteErrors: true)
        guard let examination = outcome.output else { return .unbuildable }
        let machine = try Machine()
        let lab = try Lab(text: text, on: machine, despiteErrors: true)
        let up = try lab.run("up")
        guard up.status == 0 else {
            guard !outcome.diagnostics.hasErrors else { return .unbuildable }
            return .tried(Trial(mismatches: ["it does not come up:\n\(up.text)"]))
        }
        let pairs = pairs(of: examination.plan)
        let paths = pairs.compactMap { examination.prediction.path(from: $0.source, to: $0.target) }
        let questions = paths.flatMap(questions)
        var wrong = try mismatches(among: questions, in: lab)
        // Again, since a busy machine may lose what a network does not; an IPv6 address takes seconds to be usable.
        for _ in 0..<3 where !wrong.isEmpty {
            sleep(2)
            wrong = try mismatches(among: wrong, in: lab)
        }
        let traced = traceable(paths, examination.plan)
        return .tried(
            Trial(
                isWrong: outcome.diagnostics.hasErrors, pairs: paths.count, asked: questions.count,
                answered: questions.count(where: \.isAnswered),
                traced: traced.count, mismatches: wrong.map(\.words) + (try differences(of: traced, in: lab))))
    }

    /// Of the paths that can be traced, a few.
    private static func traceable(_ paths: [Path], _ plan: Plan) -> [TracedPath] {
        let addresses = Dictionary(uniqueKeysWithValues: nodes(of: plan).map { ($0.name, $0.addresses) })
        let all = paths.compactMap { TracedPath($0, addresses: addresses) }
        let step = (all.count + 5) / 6
        return all.enumerated().filter { $0.offset % max(step, 1) == 0 }.map(\.element)
    }

    private static func differences(of traced: [TracedPath], in lab: Lab) throws -> [String] {
        let said = try ask(
            traced.enumerated().map { ($0.element.path.source, $0.element.line($0.offset)) }, in: lab)
        return traced.enumerated().compactMap { number, trace in
            let lines = said.filter { $0.hasPrefix("trace \(number) ") && !$0.contains("traceroute to") }
            return trace.difference(from: lines.map { String($0.dropFirst("trace \(number) ".count)) })
        }
    }

    /// All ordered pairs of nodes, by each of the target's addresses; of many every so-manieth.
    private static func pairs(of plan: Plan) -> [(source: NodeName, target: IPAddress)] {
        let nodes = nodes(of: plan)
        let all = nodes.flatMap { source in
            nodes.filter { $0.name != source.name }.flatMap { target in target.addresses.map { (source.name, $0) } }
        }
        let step = (all.count + limit - 1) / limit
        return all.enumerated().filter { $0.offset % max(step, 1) == 0 }.map(\.element)
    }

    private static func nodes(of plan: Plan) -> [(name: NodeName, addresses: [IPAddress])] {
        var nodes: [(name: NodeName, addresses: [IPAddress])] = []
        for host in plan.hosts {
            nodes.append((NodeName(host: host.name), addresses(of: host, in: .host)))
            for container in host.containers {
                nodes.append(
                    (
                        NodeName(host: host.name, container: container.name),
                        addresses(of: host, in: .container(container.name))
                    ))
            }
        }
        return nodes
    }

    private static func addresses(of host: HostPlan, in namespace: Namespace) -> [IPAddress] {
        host.objects.compactMap { planned in
            guard planned.namespace == namespace, case .address(let address) = planned.object else { return nil }
            return address.address.address
        }
    }

    /// A small packet; and where that is answered the largest one, and a larger one where that does not vanish.
    private static func questions(on path: Path) -> [Question] {
        func question(_ size: Int, _ isAnswered: Bool) -> Question {
            Question(source: path.source, target: path.destination, size: size, isAnswered: isAnswered)
        }
        guard path.reaches, let mtu = path.mtu else { return [question(84, path.reaches)] }
        let larger = mtu.beyond == .vanishes ? [] : [question(mtu.size + 1, false)]
        return [question(84, true), question(mtu.size, true)] + larger
    }

    /// Asks, small packets first: the neighbours are known then.
    private static func mismatches(among questions: [Question], in lab: Lab) throws -> [Question] {
        let small = try answers(to: questions.filter { $0.size == 84 }, in: lab)
        let fitting = try answers(to: questions.filter { $0.size != 84 && $0.isAnswered }, in: lab)
        let large = try answers(to: questions.filter { $0.size != 84 && !$0.isAnswered }, in: lab)
        return (small + fitting + large).filter { $0.isAnswered != $0.question.isAnswered }.map(\.question)
    }

    /// Asks all at once.
    private static func answers(
        to questions: [Question], in lab: Lab
    ) throws -> [(question: Question, isAnswered: Bool)] {
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
            calls.append("sh '\(script)' exec '\(source.container ?? source.host)' sh '\(file.path)' &")
        }
        return try lab.machine.shell((calls + ["wait", ""]).joined(separator: "\n"), seconds: 120).lines
    }
}
