public import TopoReach
public import TopoTemplates
internal import TopoText

extension Reachability {
    /// The matrix as one HTML page that needs nothing beside it and no network.
    /// - Parameter title: the topology's.
    public func html(title: String, templates: Templates) -> String {
        let values: [String: Filling] = [
            "title": .text(HTML.text("Who reaches whom: \(title)")),
            "classes": .text(HTML.table(classTable)),
            "matrices": .text(
                matrices.map { matrix in
                    let (lost, all) = count(matrix)
                    let words =
                        lost == 0 ? "All \(all) pairs are answered." : "\(lost) of \(all) pairs are not answered."
                    return "<h2>\(matrix.family.title)</h2>\n<p>\(words)</p>\n"
                        + HTML.table(table(matrix), hasRowHeads: true)
                }.joined(separator: "\n")),
        ]
        return templates.render("reach.html", values)
    }

    private var classTable: Table {
        let rows = classes.indices.map { ["\($0 + 1)", names(of: $0), "\(classes[$0].count)"] }
        return Table("classes", "Hosts and containers", note: "", columns: ["no.", "who", "how many"], rows: rows)
    }

    private func table(_ matrix: Matrix) -> Table {
        let cells = matrix.answers.map { answer in
            switch answer {
            case .answered(let hops, _, let mtu): "\(hops) (\(mtu))"
            case .lost(let loss): "no: \(loss.words)"
            }
        }
        let rows = classes.indices.map { source in
            ["\(source + 1)"] + matrix.numbers[source].map { $0.map { cells[$0] } ?? "–" }
        }
        return Table(
            "matrix-\(matrix.family.title)", matrix.family.title, note: "",
            columns: ["from"] + classes.indices.map { "\($0 + 1)" }, rows: rows)
    }

    /// The matrix as comma-separated values (RFC 4180), a row for each two classes.
    public var csv: String { Table("reach", "", note: "", columns: Reachability.columns, rows: rows).csv }

    /// Every pair as comma-separated values, in pieces of some kilobytes.
    /// - Parameter write: takes the next piece; false where no more are wanted.
    public func pairsCSV(_ write: (String) -> Bool) {
        var piece = CSV.line(Reachability.pairColumns)
        var isWanted = true
        pairs(CSV.field) { row in
            piece += row.joined(separator: ",") + "\r\n"
            if piece.utf8.count < 1 << 16 { return true }
            isWanted = write(piece)
            piece = ""
            return isWanted
        }
        if isWanted { _ = write(piece) }
    }
}
