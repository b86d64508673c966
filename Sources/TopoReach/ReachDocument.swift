public import TopoJSON
internal import TopoModel
internal import TopoPlan

extension Reachability {
    /// The classes and the matrix as JSON, described in docs/prediction.md.
    /// - Parameter name: the topology's name.
    public func document(name: String) -> JSON {
        [
            "topology": .string(name),
            "classes": .array(
                classes.map { members in ["members": .strings(members.map { nodes[$0].description })] }),
            "families": .array(matrices.map(document)),
        ]
    }

    private func document(_ matrix: Matrix) -> JSON {
        let (lost, all) = count(matrix)
        return [
            "family": .string(matrix.family.title),
            "pairs": .number(all),
            "lost": .number(lost),
            "answers": .array(matrix.answers.map(answer)),
            "matrix": .array(matrix.numbers.map { row in .array(row.map { .number($0 ?? -1) }) }),
        ]
    }

    private func answer(_ answer: Answer) -> JSON {
        switch answer {
        case .answered(let hops, let hopsBack, let mtu):
            ["answered": true, "hops": .number(hops), "hopsBack": .number(hopsBack), "mtu": .number(mtu)]
        case .lost(let loss):
            [
                "answered": false, "lost": .string(loss.isBack ? "answer" : "request"),
                "at": .string(loss.node(from: "source", to: "target")), "reason": .string(loss.reason),
            ]
        }
    }
}
