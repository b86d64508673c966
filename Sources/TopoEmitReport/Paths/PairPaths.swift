internal import TopoForwarding
internal import TopoModel

/// The ways between the classes of a topology's containers, each pair walked once.
struct PairPaths {
    /// Two classes, with two containers that stand for them and the ways between these.
    struct Pair {
        let from: Int
        let to: Int
        let source: ContainerClasses.Member
        let target: ContainerClasses.Member
        /// For each family the way of an echo request from one to the other and back; nil where one of them has no address
        /// of it.
        let paths: [Path?]
    }

    /// The most classes for which every pair is walked: 80, 6,400 pairs a family.
    static let most = 80

    let classes: ContainerClasses
    /// False where there are more classes than that, and no pairs.
    let isWhole: Bool
    /// Every pair of classes; of a class with itself where two containers are in it.
    let pairs: [Pair]
    private let rows: [[Int?]]

    init(_ classes: ContainerClasses) {
        self.classes = classes
        isWhole = classes.classes.count <= PairPaths.most
        var pairs: [Pair] = []
        var rows: [[Int?]] = []
        for from in classes.classes.indices where isWhole {
            var row: [Int?] = []
            for to in classes.classes.indices {
                guard from != to || classes.classes[from].count > 1 else {
                    row.append(nil)
                    continue
                }
                let source = classes.members[classes.classes[from][0]]
                let target = classes.members[classes.classes[to][from == to ? 1 : 0]]
                row.append(pairs.count)
                pairs.append(
                    Pair(
                        from: from, to: to, source: source, target: target,
                        paths: AddressFamily.allCases.map { family in classes.path(source, target, family) }))
            }
            rows.append(row)
        }
        (self.pairs, self.rows) = (pairs, rows)
    }

    /// A pair of classes; nil for a class of one container with itself.
    func pair(_ from: Int, _ to: Int) -> Pair? { rows[from][to].map { pairs[$0] } }
}

extension ContainerClasses {
    /// The way of an echo request from one to the other and back; nil where one of them has no address of the family.
    func path(_ source: Member, _ target: Member, _ family: AddressFamily) -> Path? {
        guard source.address(family) != nil, let address = target.address(family) else { return nil }
        return prediction.path(from: source.name, to: address)
    }
}
