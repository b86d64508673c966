/// Small squares that are filled in different ways, to tell networks apart without colour. They are made of DOT's cells, as
/// the symbols are.
enum Hatch: CaseIterable {
    case horizontal
    case rising
    case vertical
    case checkered
    case falling
    case framed

    /// The side of the square, in points.
    static let side = 12

    /// The square as a table of an HTML-like label, in a colour.
    func table(_ color: String) -> String {
        Symbol.table(
            " BORDER=\"1\" COLOR=\"\(color)\"", Hatch.side + 2, Hatch.side + 2,
            rows.map { $0.map { Symbol.cell($0.width, $0.height, $0.isFilled ? color : nil) }.joined() })
    }

    private typealias Square = (width: Int, height: Int, isFilled: Bool)

    private var rows: [[Square]] {
        switch self {
        case .horizontal: Hatch.grid(columns: 1, rows: 6) { row, _ in row % 2 == 0 }
        case .vertical: Hatch.grid(columns: 6, rows: 1) { _, column in column % 2 == 0 }
        case .checkered: Hatch.grid(columns: 4, rows: 4) { row, column in (row + column) % 2 == 0 }
        case .rising: Hatch.grid(columns: 6, rows: 6) { row, column in (row + column) % 3 == 2 }
        case .falling: Hatch.grid(columns: 6, rows: 6) { row, column in (row + 6 - column) % 3 == 0 }
        case .framed: Hatch.grid(columns: 3, rows: 3) { row, column in row == 1 && column == 1 }
        }
    }

    private static func grid(columns: Int, rows: Int, _ isFilled: (Int, Int) -> Bool) -> [[Square]] {
        (0..<rows).map { row in
            (0..<columns).map { (side / columns, side / rows, isFilled(row, $0)) }
        }
    }
}
