/// How the nodes of a figure are ranked so that it fills a page: neither a ribbon nor a column.
///
/// Graphviz draws nodes rank by rank, and the ranks alone make the figure's shape. Here a long path turns back after
/// some ranks, as a line of text does, and many leaves of one node stand in several ranks. Rough sizes of the nodes
/// tell which of the ways to do so comes nearest to a page.
struct PageLayout: Hashable {
    /// Where the next rank stands.
    enum Direction: Hashable, CaseIterable {
        case right
        case down
    }

    /// Room in points, a node's or the figure's.
    struct Size: Hashable {
        let width: Double
        let height: Double
    }

    /// Where the next rank stands.
    let direction: Direction
    /// The rank of each node; neighbours are in different ones.
    let ranks: [Int]
    /// Roughly how large the figure will be.
    let size: Size

    /// Chooses the layout.
    /// - Parameters:
    ///   - neighbours: each node's neighbours by number, both ways.
    ///   - depths: how far each node is from the middle, negative on one side; neighbours' differ by one.
    ///   - sizes: the room of each node where the ranks go this way.
    init(neighbours: [[Int]], depths: [Int], sizes: (Direction) -> [Size]) {
        let graph = RankedGraph(neighbours: neighbours, depths: depths)
        let farthest = depths.map(abs).max() ?? 0
        // With fewer than 3 ranks, subnets of containers would stand beside the LAN between the routers.
        let turns = Set((3...24).map { min($0, farthest) }).subtracting([0]).sorted()
        var best: (layout: PageLayout, cost: Double)?
        for direction in Direction.allCases {
            let room = sizes(direction)
            for fold in [.bothSides] + turns.map(RankedGraph.Fold.after) {
                for rows in 1...8 {
                    let ranked = graph.ranked(fold, leafRows: rows)
                    let size = ranked.size(direction, room)
                    let cost = size.cost * (1 + Double(rows - 1) * 0.04) * (1 + Double(ranked.pieces - 1) * 0.02)
                    if cost < best?.cost ?? .infinity {
                        best = (PageLayout(direction: direction, ranks: ranked.ranks, size: size), cost)
                    }
                }
            }
        }
        self = best?.layout ?? PageLayout(direction: .right, ranks: [], size: Size(width: 0, height: 0))
    }

    private init(direction: Direction, ranks: [Int], size: Size) {
        (self.direction, self.ranks, self.size) = (direction, ranks, size)
    }
}

extension PageLayout.Size {
    /// A4 paper laid across, in points.
    static let page = Self(width: 842, height: 595)

    /// How badly a figure of this size fits on a page: by how much it is made smaller, and how much of the page stays
    /// empty. Only sums, products and quotients, which are the same on every machine.
    var cost: Double {
        let (width, height) = (max(width, 1), max(height, 1))
        let shrunk = max(width / Self.page.width, height / Self.page.height, 1)
        let ratio = width / height * Self.page.height / Self.page.width
        let off = max(ratio, 1 / ratio)
        return shrunk * (1 + 0.3 * max(0, off - 1.3) + 4 * max(0, off - 1.75))
    }
}
