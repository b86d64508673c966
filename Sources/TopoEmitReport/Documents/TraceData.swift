internal import TopoEmitGraphviz
internal import TopoJSON
internal import TopoModel
internal import TopoPlan

/// What the page's script needs to trace packets between any two containers.
struct TraceData {
    private let pairs: PairPaths
    private let classes: ContainerClasses
    private let folding: Folding
    private let words: ReportWords

    init(_ pairs: PairPaths, folding: Folding, _ words: ReportWords) {
        self.pairs = pairs
        classes = pairs.classes
        self.folding = folding
        self.words = words
    }

    var json: JSON {
        var classOf = Array(repeating: 0, count: classes.members.count)
        for (number, members) in classes.classes.enumerated() {
            for member in members { classOf[member] = number }
        }
        let numbers = Dictionary(
            classes.members.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var drawnAs: [NodeName: Int] = [:]
        for group in drawnGroups(classes.plan, folding: folding) {
            for name in group { drawnAs[name] = numbers[group[0]] }
        }
        return .members([
            "containers": .array(classes.members.indices.map { container($0, classOf[$0], drawnAs) }),
            "hosts": .array(classes.plan.hosts.map(host)), "paths": paths,
        ])
    }

    private func host(_ host: HostPlan) -> JSON {
        .array([.string(host.name), .string(figureIdentifier([("host", host.name)]))])
    }

    private func container(_ index: Int, _ number: Int, _ drawnAs: [NodeName: Int]) -> JSON {
        let member = classes.members[index]
        let drawn = classes.members[drawnAs[member.name] ?? index]
        let path = [("host", drawn.name.host), ("container", drawn.name.container ?? "")]
        let only = member.veths.count == 1 ? member.veths[0] : nil
        return .array([
            .string("\(member.name)"), .number(number), .string(figureIdentifier(path)),
            .string(only?.interface ?? ""), .string(drawn.veths.first?.interface ?? ""),
            .string(only?.hostInterface ?? ""),
            .strings(AddressFamily.allCases.map { member.address($0)?.description ?? "" }),
            .strings(member.hostEnds.map { "\($0.address)" }), .strings(member.hostEnds.map { "\($0.prefix)" }),
        ])
    }

    /// The paths of each pair of classes: its two numbers, and for each family a path or nothing. Empty where there are
    /// more classes than can be walked pair by pair.
    private var paths: JSON {
        .array(
            pairs.pairs.map { pair in
                let code = PathCode(source: pair.source, target: pair.target, words)
                return .array(
                    [.number(pair.from), .number(pair.to)] + pair.paths.map { $0.map(code.json) ?? .nothing })
            })
    }
}
