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
    /// - Parameter row: what to do with each; false where no more are wanted.
    public func pairs(_ row: ([String]) -> Bool) {
        let pathfinder = Pathfinder(prediction)
        let names = nodes.map(\.description)
        let places = Dictionary(
            uniqueKeysWithValues: classes.enumerated().flatMap { number, members in members.map { ($0, number) } })
        for matrix in matrices {
            for source in nodes.indices {
                for target in nodes.indices where target != source {
                    guard let from = places[source], let to = places[target],
                        let answer = matrix.answer(from: from, to: to),
                        let address = pathfinder.address(of: target, matrix.family, seenFrom: source)
                    else { continue }
                    let cells = answer.cells(from: names[source], to: names[target])
                    if !row([matrix.family.title, names[source], names[target], "\(address)"] + cells) { return }
                }
            }
        }
    }
}

extension Answer {
    /// The last columns of a row.
    fileprivate func cells(from source: String, to target: String) -> [String] {
        switch self {
        case .answered(let hops, let hopsBack, let mtu): ["yes", "\(hops)", "\(hopsBack)", "\(mtu)", "", "", ""]
        case .lost(let loss):
            [
                "no", "", "", "", loss.isBack ? "answer" : "request", loss.node(from: source, to: target), loss.reason,
            ]
        }
    }
}
