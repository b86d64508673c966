public import TopoForwarding
internal import TopoModel
internal import TopoPlan

/// Finds out who reaches whom, of all hosts and containers.
///
/// One path is walked for each two classes (`Prediction.classes`), and one for each class of several members.
/// - Returns: nil where there are more classes than `mostClasses`.
public func reach(_ prediction: Prediction) -> Reachability? {
    let classes = prediction.classes
    guard classes.count <= mostClasses else { return nil }
    let nodes = prediction.nodes
    let matrices = AddressFamily.allCases.compactMap { family -> Reachability.Matrix? in
        var search = MatrixSearch(prediction, nodes, classes, family)
        return search.matrix()
    }
    return Reachability(nodes: nodes, classes: classes, matrices: matrices, prediction: prediction)
}

/// The most classes of which every pair is walked: four million paths, a minute or two.
public let mostClasses = 2000

/// Fills the matrix of a family.
private struct MatrixSearch {
    let nodes: [NodeName]
    let classes: [[Int]]
    let family: AddressFamily
    var pathfinder: Pathfinder
    var answers: [Answer] = []
    var places: [Answer: Int] = [:]

    init(_ prediction: Prediction, _ nodes: [NodeName], _ classes: [[Int]], _ family: AddressFamily) {
        (self.nodes, self.classes, self.family) = (nodes, classes, family)
        pathfinder = Pathfinder(prediction)
    }

    mutating func matrix() -> Reachability.Matrix? {
        let numbers = classes.map { source in
            classes.map { target -> Int? in
                if source[0] != target[0] { return answer(source[0], target[0]) }
                return source.count > 1 ? answer(source[0], source[1]) : nil
            }
        }
        return answers.isEmpty ? nil : Reachability.Matrix(family: family, answers: answers, numbers: numbers)
    }

    private mutating func answer(_ source: Int, _ target: Int) -> Int? {
        guard let path = pathfinder.path(from: source, to: target, family) else { return nil }
        let answer = Answer(path, from: nodes[source], to: nodes[target])
        if let known = places[answer] { return known }
        places[answer] = answers.count
        answers.append(answer)
        return answers.count - 1
    }
}

extension Answer {
    /// What a path comes to.
    init(_ path: Path, from source: NodeName, to target: NodeName) {
        let arrives = !path.there.isDelivered || path.there.ending.node == target
        if path.reaches, arrives, let mtu = path.mtu {
            self = .answered(hops: path.routers.count, hopsBack: path.back?.routers.count ?? 0, mtu: mtu.size)
            return
        }
        let node = path.reaches ? path.there.ending.node : path.ending.node
        let place: Loss.Place =
            node == source ? .source : node == target ? .target : .node(node.description)
        self = .lost(
            Loss(
                isBack: path.there.isDelivered && path.back?.isDelivered == false, place: place,
                reason: path.reaches ? "another one has the address" : path.ending.reason.kind))
    }
}
