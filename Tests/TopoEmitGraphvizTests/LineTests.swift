import Testing
import TopoEmitGraphviz

/// The lines of the layer 3 figure.
@Suite struct LineTests {
    private static let everything = SampleNetworks.all.map(\.text) + ViewTests.allTexts

    @Test func thoseToLeavesFartherAwayAreLonger() throws {
        let lengths = try Figures(of: SampleNetworks.vxlan(20, 1)).layer3.matches(of: /minlen=(\d+)/).map {
            String($0.1)
        }
        #expect(lengths.contains("2") && lengths.count > 20)
    }

    @Test(arguments: everything) func theyLeaveADeviceOnTheSideOfTheirRanks(text: String) throws {
        let figure = try Figures.draw(text, FigureOptions(view: .layer3))
        let isDown = figure.contains("    rankdir=TB\n")
        #expect(isDown != figure.contains("    rankdir=LR\n"))
        let ends = isDown ? [":s -- ", ":n ["] : [":e -- ", ":w ["]
        for edge in figure.split(separator: "\n") where edge.contains(" -- ") {
            #expect(edge.contains(ends[0]) || edge.contains(ends[1]))
            let length = edge.firstMatch(of: /minlen=(\d+)/).flatMap { Int($0.1) }
            #expect((2...8).contains(length ?? 2), "a line to the next rank says nothing of its length")
        }
    }
}
