internal import TopoEmit
internal import TopoPlan
internal import TopoText

/// What `lab.sh exec` can run a command in, by the names that a user may give.
struct LabNodes {
    /// The names of one node, as patterns of `case`, and the command that runs others in it.
    private(set) var known: [[String: String]] = []
    /// A name that several containers have, and those containers' full names.
    private(set) var ambiguous: [[String: String]] = []
    /// All names to choose from: hosts, containers by the shortest name, LANs.
    private(set) var names: [String] = []

    init(_ plan: Plan) {
        var owners: [String: [String]] = [:]
        for host in plan.hosts {
            add([host.name], host: host.name, container: nil)
            names.append(host.name)
            for container in host.containers { owners[container.name, default: []].append(host.name) }
        }
        var isTold = Set(plan.hosts.map(\.name))
        for host in plan.hosts {
            for container in host.containers {
                let full = "\(host.name)/\(container.name)"
                let holders = owners[container.name] ?? []
                // A host's name means the host.
                let isFree = isTold.insert(container.name).inserted
                let isShort = isFree && holders.count == 1
                let patterns = isShort ? [container.name, full] : [full]
                add(patterns, host: host.name, container: container.name)
                names.append(isShort ? container.name : full)
                if isFree, !isShort {
                    let choices = holders.map { " " + shellWord("\($0)/\(container.name)") }.joined()
                    ambiguous.append(["pattern": shellWord(container.name), "choices": choices])
                }
            }
        }
        for lan in plan.lans {
            known.append(["pattern": shellWord("lan:\(lan.name)"), "command": "in_lans"])
            names.append("lan:\(lan.name)")
            guard lan.outside != nil else { continue }
            add([NodeName(outsideOf: lan.name).host], host: NodeName(outsideOf: lan.name).host, container: nil)
            names.append(NodeName(outsideOf: lan.name).host)
        }
    }

    private mutating func add(_ patterns: [String], host: String, container: String?) {
        let inside = container.map { ["ip", "netns", "exec", $0] } ?? []
        known.append([
            "pattern": patterns.map(shellWord).joined(separator: " | "),
            "command": shellLine(["in_host", host] + inside),
        ])
    }
}
