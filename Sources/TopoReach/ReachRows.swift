internal import TopoForwarding
internal import TopoModel
internal import TopoPlan

extension Reachability {
    /// The headings of `rows`.
    public static let columns = [
        "family", "from", "from members", "to", "to members", "answered", "hops", "hops back", "mtu", "lost", "at",
        "reason",
    ]

    /// A row for each two classes that can ask each other.
    public var rows: [[String]] {
        let names = classes.indices.map(names)
        return matrices.flatMap { matrix in
            classes.indices.flatMap { source in
                classes.indices.compactMap { target -> [String]? in
                    guard let answer = matrix.answer(from: source, to: target) else { return nil }
                    return [
                        matrix.family.title, names[source], "\(classes[source].count)", names[target],
                        "\(classes[target].count)",
                    ] + answer.cells(from: "source", to: "target")
                }
            }
        }
    }

    /// The headings of `pairs`.
    public static let pairColumns = [
        "family", "from", "to", "address", "answered", "hops", "hops back", "mtu", "lost", "at", "reason",
    ]

    /// Hands over a row for every two hosts or containers that can ask each other, one after the other.
    /// - Parameters:
    ///   - field: writes a text as it is to stand in a row; what occurs often is written once.
    ///   - row: what to do with each; false where no more are wanted.
    public func pairs(_ field: (String) -> String, _ row: ([String]) -> Bool) {
        let pathfinder = Pathfinder(prediction)
        let names = nodes.map { field($0.description) }
        let places = Dictionary(
            uniqueKeysWithValues: classes.enumerated().flatMap { number, members in members.map { ($0, number) } })
        for matrix in matrices {
            let family = field(matrix.family.title)
            // Who is like another has one address of a family, by which everyone asks it.
            var known: [String?] = Array(repeating: nil, count: nodes.count)
            for source in nodes.indices {
                guard let from = places[source] else { continue }
                for (to, members) in classes.enumerated() {
                    guard let answer = matrix.answer(from: from, to: to) else { continue }
                    for target in members where target != source {
                        let address =
                            known[target]
                            ?? pathfinder.address(of: target, matrix.family, seenFrom: source)
                            .map { field("\($0)") }
                        guard let address else { continue }
                        if members.count > 1 { known[target] = address }
                        let cells = answer.cells(from: names[source], to: names[target], field)
                        if !row([family, names[source], names[target], address] + cells) { return }
                    }
                }
            }
        }
    }
}

extension Answer {
    /// The last columns of a row.
    /// - Parameter field: writes a reason as it is to stand there; the names are written already.
    fileprivate func cells(
        from source: String, to target: String, _ field: (String) -> String = { $0 }
    ) -> [String] {
        switch self {
        case .answered(let hops, let hopsBack, let mtu): ["yes", "\(hops)", "\(hopsBack)", "\(mtu)", "", "", ""]
        case .lost(let loss):
            [
                "no", "", "", "", loss.isBack ? "answer" : "request", loss.node(from: source, to: target),
                field(loss.reason),
            ]
        }
    }
}
