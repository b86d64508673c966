import Foundation
import Synchronization
import Testing

@testable import TopoEmitGraphviz

/// Layer 3 fills a page: it is never a ribbon or a column.
@Suite struct PageTests {
    /// A path of so many nodes, and their distances from its middle.
    private static func path(_ count: Int) -> (neighbours: [[Int]], depths: [Int]) {
        (
            (0..<count).map { node in [node - 1, node + 1].filter((0..<count).contains) },
            (0..<count).map { $0 - count / 2 }
        )
    }

    private static func layout(
        _ graph: (neighbours: [[Int]], depths: [Int]), width: Double = 110, height: Double = 50
    ) -> PageLayout {
        PageLayout(neighbours: graph.neighbours, depths: graph.depths) { _ in
            graph.depths.map { _ in PageLayout.Size(width: width, height: height) }
        }
    }

    /// A node with so many others around it, half of them on each side.
    private static func star(_ count: Int) -> (neighbours: [[Int]], depths: [Int]) {
        ([Array(1...count)] + (1...count).map { _ in [0] }, [0] + (1...count).map { $0 <= count / 2 ? -1 : 1 })
    }

    @Test(arguments: [4, 9, 20, 41, 80]) func aLongPathTurnsBack(count: Int) {
        let layout = Self.layout(Self.path(count))
        #expect(zip(layout.ranks, layout.ranks.dropFirst()).allSatisfy { abs($0 - $1) == 1 }, "\(layout.ranks)")
        #expect(layout.ranks.min() == 0)
        #expect((layout.ranks.max() ?? 0) <= 12, "\(layout.ranks)")
    }

    @Test func aShortPathIsStraight() {
        let layout = Self.layout(Self.path(5), width: 100, height: 300)
        #expect(layout.ranks == [0, 1, 2, 3, 4] && layout.direction == .right)
        #expect(
            Self.layout(Self.path(5), width: 240, height: 60).direction == .down, "wide nodes stack")
    }

    @Test func manyLeavesStandInSeveralRanks() {
        let few = Self.layout(Self.star(4))
        #expect(Set(few.ranks).count <= 3)
        let many = Self.layout(Self.star(60))
        let counts = Dictionary(grouping: many.ranks.dropFirst(), by: \.self).mapValues(\.count)
        #expect(counts.count >= 4 && (counts.values.max() ?? 0) <= 16, "\(counts)")
        #expect(many.size.width / many.size.height < 2.5 && many.size.height / many.size.width < 1.8)
    }

    @Test func everyPartBeginsInTheFirstRank() {
        let (path, star) = (Self.path(7), Self.star(3))
        let both = (
            neighbours: path.neighbours + star.neighbours.map { $0.map { $0 + 7 } }, depths: path.depths + star.depths
        )
        let ranks = Self.layout(both).ranks
        #expect(ranks[..<7].min() == 0 && ranks[7...].min() == 0, "\(ranks)")
    }

    @Test func aPagesShapeIsBest() {
        let page = PageLayout.Size.page
        #expect(page.cost == 1)
        let others: [(Double, Double)] = [(400, 80), (80, 400), (1684, 1190), (842, 1190), (1684, 595)]
        for (width, height) in others {
            #expect(PageLayout.Size(width: width, height: height).cost > 1, "\(width)×\(height)")
        }
        #expect(PageLayout.Size(width: 300, height: 212).cost == 1, "a small figure is not made larger")
        let long = PageLayout.Size(width: 3000, height: 300).cost
        #expect(PageLayout.Size(width: 1000, height: 900).cost < long)
        #expect(PageLayout.Size(width: 900, height: 100).cost > PageLayout.Size(width: 900, height: 400).cost)
    }

    /// The size that a topology's figure is thought to have.
    private static func thought(_ text: String) throws -> PageLayout.Size {
        if let size = sizes.withLock({ $0[text] }) { return size }
        let options = FigureOptions(view: .layer3)
        let subject = try FigureSubject(try Figures.plan(of: text), options)
        let size = L3Figure(subject, Style(options, subject)).layout.size
        sizes.withLock { $0[text] = size }
        return size
    }

    private static let sizes = Mutex<[String: PageLayout.Size]>([:])

    /// A router whose interfaces stand below each other is as high as they are together.
    @Test func aDeviceHasRoomForAllItsInterfaces() throws {
        func height(_ bridges: Int) throws -> Double {
            let text = """
                topology: net
                runtime: netns
                hosts:
                  r:
                    forwarding: true
                    bridges: {\((1...bridges).map { "br\($0): {address: 10.\($0).0.1/24}" }.joined(separator: ", "))}
                """
            let options = FigureOptions(view: .layer3)
            let subject = try FigureSubject(try Figures.plan(of: text), options)
            let style = Style(options, subject)
            let view = Subnets(
                lans: subject.lans, hosts: subject.hosts, overlays: subject.overlays, most: 100)
            return try #require(L3Room(view, style, .right).sizes.last).height
        }
        #expect(try height(12) > 2 * height(4))
        #expect(try height(2) == height(1))
    }

    /// Every topology of the project, and generated ones.
    private static let everything = SampleNetworks.all.map(\.text) + ViewTests.allTexts

    @Test(arguments: everything) func noFigureIsThoughtToBeARibbon(text: String) throws {
        let size = try Self.thought(text)
        #expect(max(size.width / size.height, size.height / size.width) < 2.6, "\(size)")
    }

    @Test(.enabled(if: Drawing.isPossible, "Graphviz is not installed"), arguments: everything)
    func noFigureIsARibbon(text: String) throws {
        let thought = try Self.thought(text)
        let drawing = try Drawing.of(
            try Figures.draw(text, FigureOptions(view: .layer3, showsDefaultRoutes: text.utf8.count % 2 == 0)))
        let size = try #require(drawing.size)
        #expect(max(size.width / size.height, size.height / size.width) < 3, "\(size), thought \(thought)")
        // The shape alone must be guessed well; fonts differ.
        let guessed = thought.width / thought.height * size.height / size.width
        #expect((0.4...2.5).contains(guessed), "\(size), thought \(thought)")
    }
}
