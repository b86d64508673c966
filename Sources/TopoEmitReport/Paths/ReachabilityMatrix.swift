internal import TopoForwarding
internal import TopoModel
internal import TopoPlan

/// Who reaches whom, a class of containers a row and a column.
struct ReachabilityMatrix {
    private let paths: PairPaths
    private let words: ReportWords

    init(_ paths: PairPaths, _ words: ReportWords) { (self.paths, self.words) = (paths, words) }

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
            words.say(
                "A row sends an echo request, a column answers. Similar containers share a row and a column. The number is the largest packet that passes in one piece.",
                "Una fila envía una petición de eco y una columna responde. Los contenedores equivalentes comparten fila y columna. El número es el paquete más grande que pasa entero."
            )
        guard paths.isWhole else {
            return Table(
                "reachability", words.say("Reachability", "Alcance"),
                note: words.say(
                    "\(labels.count) kinds of containers are too many for a matrix; see the predictions.",
                    "\(labels.count) clases de contenedores son demasiadas para una matriz; vea las predicciones."),
                columns: [words.say("from", "desde")], rows: [])
        }
        let rows = labels.indices.map { from in
            [labels[from]] + labels.indices.map { to in cell(from, to) }
        }
        return Table(
            "reachability", words.say("Reachability", "Alcance"), note: note,
            columns: [words.say("from", "desde")] + labels, rows: rows)
    }

    private func cell(_ from: Int, _ to: Int) -> String {
        guard let pair = paths.pair(from, to) else { return "–" }
        let paths = pair.paths.compactMap(\.self)
        guard !paths.isEmpty else { return words.say("no address in common", "sin direcciones en común") }
        return paths.map { path in
            let family = paths.count > 1 ? (path.destination.family == .ipv4 ? "IPv4 " : "IPv6 ") : ""
            return family + (path.reaches ? "\(path.mtu?.size ?? 0)" : "no: \(words.loss(path))")
        }.joined(separator: "; ")
    }
}
