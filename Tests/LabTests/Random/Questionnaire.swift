import Foundation
import TopoDriver
import TopoForwarding
import TopoModel
import TopoPlan

/// What the nodes of a network that is up are asked, and what is predicted of it.
struct Questionnaire {
    /// A question to a node, and what it is predicted to say.
    struct Question: Hashable {
        let source: NodeName
        let target: IPAddress
        /// The interface by which a link-local address is asked for, after `%`; else empty.
        let zone: String
        /// The IP packet, in bytes.
        let size: Int
        /// Whether it may be broken in pieces, as by ping(8) without options.
        var mayBreak = false
        let isAnswered: Bool

        /// The line of shell that says the number where it is answered.
        func line(_ number: Int) -> String {
            let headers = target.family == .ipv4 ? 28 : 48
            let whole = mayBreak ? "" : "-M do"
            return """
                (ping -n -q -c 3 -i 0.25 -W 1 \(whole) -s \(size - headers) '\(target)\(zone)' >/dev/null 2>&1 && echo \(number)) &
                """
        }

        var words: String {
            """
            \(source) to \(target)\(zone), \(size) bytes\(mayBreak ? " in pieces" : ""): \
            \(isAnswered ? "predicted to be answered, is not" : "answered, predicted not to be")
            """
        }
    }

    /// How many pairs of nodes are asked about.
    let pairs: Int
    let questions: [Question]
    /// The paths that are traced.
    let traced: [TracedPath]

    /// Asks about what is known of a topology.
    /// - Parameter limit: about how many pairs at most.
    init(_ examination: Examination, limit: Int = 90) {
        let paths = Questionnaire.pairs(of: examination.plan, limit: limit).compactMap {
            examination.prediction.path(from: $0.source, to: $0.target)
        }
        pairs = paths.count
        questions = paths.flatMap(Questionnaire.questions)
        traced = Questionnaire.traceable(paths, examination.plan)
    }

    /// The questions in the order in which they are asked, small packets first: the neighbours are known then.
    static func groups(of questions: [Question]) -> [[Question]] {
        [
            questions.filter { $0.size == 84 }, questions.filter { $0.size != 84 && $0.isAnswered },
            questions.filter { $0.size != 84 && !$0.isAnswered },
        ]
    }

    /// Of the paths that can be traced, a few.
    private static func traceable(_ paths: [Path], _ plan: Plan) -> [TracedPath] {
        let addresses = Dictionary(uniqueKeysWithValues: nodes(of: plan).map { ($0.name, $0.addresses) })
        let all = paths.compactMap { TracedPath($0, addresses: addresses) }
        let step = (all.count + 5) / 6
        return all.enumerated().filter { $0.offset % max(step, 1) == 0 }.map(\.element)
    }

    /// All ordered pairs of nodes, by each of the target's addresses; of many every so-manieth.
    private static func pairs(of plan: Plan, limit: Int) -> [(source: NodeName, target: IPAddress)] {
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
        func question(_ size: Int, _ isAnswered: Bool, mayBreak: Bool = false) -> Question {
            Question(
                source: path.source, target: path.destination, zone: path.zone.map { "%\($0)" } ?? "", size: size,
                mayBreak: mayBreak, isAnswered: isAnswered)
        }
        // Of several ways nobody knows which one it takes.
        guard path.others.allSatisfy({ $0.reaches == path.reaches && $0.telling == path.telling }) else { return [] }
        guard path.reaches, let mtu = path.mtu else {
            // What is told to its sender comes in pieces the next time.
            let pieces = path.telling.map { [question(84, $0 != .vanishes, mayBreak: true)] } ?? []
            return [question(84, path.reaches)] + pieces
        }
        let tells = ([path] + path.others).allSatisfy { $0.mtu?.size == mtu.size && $0.mtu?.beyond != .vanishes }
        let larger = tells ? [question(mtu.size + 1, false)] : []
        return [question(84, true), question(mtu.size, true)] + larger
    }
}
