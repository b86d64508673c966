public import TopoModel
internal import TopoPlan

extension Reachability {
    /// The matrix as a text of 80 columns: the classes by number, then for each family a row for each class that asks and
    /// a column for each that is asked, in as many blocks as that takes, and what the letters stand for.
    public var text: String {
        var lines = ["hosts and containers, those alike as one:"]
        let width = String(classes.count).utf8.count
        for (number, members) in classes.enumerated() {
            let names = self.names(of: number)
            let count = members.count > 1 ? " (\(members.count))" : ""
            lines.append("  \(right("\(number + 1)", width))  \(names)\(count)")
        }
        for matrix in matrices { lines += [""] + MatrixText(self, matrix).lines }
        if matrices.isEmpty { lines += ["", "nobody has an address"] }
        return lines.map { $0 + "\n" }.joined()
    }
}

/// Puts a text at the right of a column.
private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.unicodeScalars.count)) + text
}

/// A family's matrix.
private struct MatrixText {
    /// The columns of a terminal.
    private static let width = 80
    private static let letters = "abcdefghijklmnopqrstuvwxy".unicodeScalars.map { String($0) }

    let reach: Reachability
    let matrix: Reachability.Matrix
    /// The sizes that occur, the largest first.
    let sizes: [Int]
    /// What is lost, each way of it once.
    let losses: [Answer.Loss]

    init(_ reach: Reachability, _ matrix: Reachability.Matrix) {
        (self.reach, self.matrix) = (reach, matrix)
        var sizes: Set<Int> = []
        losses = matrix.answers.compactMap { answer in
            switch answer {
            case .answered(_, _, let mtu):
                sizes.insert(mtu)
                return nil
            case .lost(let loss): return loss
            }
        }
        self.sizes = sizes.sorted(by: >)
    }

    var lines: [String] {
        let cells = matrix.answers.map(cell)
        let last = "\(reach.classes.count)"
        let (head, width) = (last.utf8.count, (cells.map(\.utf8.count) + [last.utf8.count]).max().map { $0 + 1 } ?? 2)
        let inBlock = max(1, (MatrixText.width - head - 2) / width)
        var lines = ["\(matrix.family.title): who asks is a row, who is asked a column"]
        for start in stride(from: 0, to: reach.classes.count, by: inBlock) {
            let columns = start..<min(start + inBlock, reach.classes.count)
            lines += ["", String(repeating: " ", count: head + 2) + columns.map { right("\($0 + 1)", width) }.joined()]
            for row in reach.classes.indices {
                let values = columns.map { right(matrix.numbers[row][$0].map { cells[$0] } ?? "·", width) }
                lines.append("  \(right("\(row + 1)", head))\(values.joined())")
            }
        }
        return lines + [""] + legend
    }

    private func cell(_ answer: Answer) -> String {
        switch answer {
        case .answered(let hops, _, let mtu): "\(hops)\(sizes.count > 1 ? sizeMark(mtu) : "")"
        case .lost(let loss): mark(loss)
        }
    }

    private func sizeMark(_ size: Int) -> String {
        sizes.firstIndex(of: size).map { $0 < 25 ? MatrixText.letters[$0].uppercased() : "Z" } ?? ""
    }

    private func mark(_ loss: Answer.Loss) -> String {
        losses.firstIndex(of: loss).map { $0 < 25 ? MatrixText.letters[$0] : "z" } ?? ""
    }

    private var legend: [String] {
        var lines: [String] = []
        if let size = sizes.first {
            lines.append("  0…  answered, over so many routers")
            if sizes.count == 1 { lines.append("      requests of up to \(size) bytes pass whole, everywhere") }
        }
        if sizes.count > 1 {
            lines += sizes.prefix(25).map { "  \(sizeMark($0))   requests of up to \($0) bytes pass whole" }
            if sizes.count > 25 { lines.append("  Z   smaller ones only: --format csv says which") }
        }
        lines += losses.prefix(25).map { "  \(mark($0))   \($0.words)" }
        if losses.count > 25 { lines.append("  z   not answered for another reason: --format csv says which") }
        if matrix.numbers.contains(where: { $0.contains(nil) }) {
            lines.append("  ·   nobody to ask, or no address of this family")
        }
        let (lost, all) = reach.count(matrix)
        return lines + [
            "", lost == 0 ? "all \(all) pairs are answered" : "\(lost) of \(all) pairs are not answered",
        ]
    }
}

extension AddressFamily {
    /// As people write it.
    public var title: String {
        switch self {
        case .ipv4: "IPv4"
        case .ipv6: "IPv6"
        }
    }
}
