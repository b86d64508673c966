internal import TopoPlan

/// On which side of the LANs a host is drawn: the first half of the hosts on the left, the others on the right.
///
/// `dot` puts the tail of an edge to the left of its head, so an edge towards the LANs is written the other way round
/// on the right.
struct Side {
    let isLeft: Bool

    init(of host: Int, among count: Int) { isLeft = 2 * host < count || count == 1 }

    /// An edge from what is farther from the LANs to what is nearer.
    func edge(
        _ outer: String, _ inner: String, outerLabel: String? = nil, innerLabel: String? = nil,
        attributes: [String] = []
    ) -> String {
        let (tail, head) = isLeft ? (outer, inner) : (inner, outer)
        let (tailLabel, headLabel) = isLeft ? (outerLabel, innerLabel) : (innerLabel, outerLabel)
        let labels =
            (tailLabel.map { ["taillabel=\(dotString($0))"] } ?? [])
            + (headLabel.map { ["headlabel=\(dotString($0))"] } ?? [])
        let all = labels + attributes
        return "\(dotString(tail)) -- \(dotString(head))" + (all.isEmpty ? "" : " [\(all.joined(separator: ", "))]")
    }
}
