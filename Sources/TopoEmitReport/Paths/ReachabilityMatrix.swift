internal import TopoForwarding
internal import TopoModel
internal import TopoPlan

/// Who reaches whom, a class of containers a row and a column.
struct ReachabilityMatrix {
    private let paths: PairPaths

    init(_ paths: PairPaths) { self.paths = paths }

    /// What a class is called: its only container, or the first and the last.
    static func label(_ members: [ContainerClasses.Member]) -> String {
        guard members.count > 1, let last = members[members.count - 1].name.container else {
            return members.first.map { "\($0.name)" } ?? ""
        }
        return "\(members[0].name) … \(last) (\(members.count))"
    }

    var table: Table {
        let classes = paths.classes
        let labels = classes.classes.map { members in ReachabilityMatrix.label(members.map { classes.members[$0] }) }
        let note =
            "A row sends an echo request, a column answers. What alike containers do is told once; the number is the largest "
            + "packet that passes whole."
        guard paths.isWhole else {
            return Table(
                "reachability", "Reachability",
                note: "\(labels.count) kinds of containers are too many for a matrix; see the predictions.",
                columns: ["from"], rows: [])
        }
        let rows = labels.indices.map { from in
            [labels[from]] + labels.indices.map { to in cell(from, to) }
        }
        return Table("reachability", "Reachability", note: note, columns: ["from"] + labels, rows: rows)
    }

    private func cell(_ from: Int, _ to: Int) -> String {
        guard let pair = paths.pair(from, to) else { return "–" }
        let paths = pair.paths.compactMap(\.self)
        guard !paths.isEmpty else { return "no address in common" }
        return paths.map { path in
            let family = paths.count > 1 ? (path.destination.family == .ipv4 ? "IPv4 " : "IPv6 ") : ""
            return family + (path.reaches ? "\(path.mtu?.size ?? 0)" : "no: \(path.words)")
        }.joined(separator: "; ")
    }
}
