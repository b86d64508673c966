import Testing
import TopoEmitGraphviz
import TopoModel
import TopoPlan
import TopoTemplates

/// What stands in a row stands in the file's order.
@Suite struct OrderTests {
    private static let all = SampleNetworks.all.filter { !$0.name.hasPrefix("chain") }.map(\.text)

    /// Texts on one line come in the order in which they are given, left to right, and those of one column from the top
    /// down.
    private func expectOrder(_ names: [String], in drawing: Drawing) {
        let boxes = names.compactMap { name in drawing.boxes.first { $0.text == name } }
        for (first, second) in zip(boxes, boxes.dropFirst()) {
            if abs(first.top - second.top) < 1 { #expect(first.left < second.left, "\(first) and \(second)") }
            if abs(first.left - second.left) < 1 { #expect(first.top < second.top, "\(first) and \(second)") }
        }
    }

    @Test(.enabled(if: Drawing.isPossible, "Graphviz is not installed"), arguments: all)
    func hostsAndContainersKeepTheFilesOrder(text: String) throws {
        let plan = try Figures.plan(of: text)
        let views = [FigureView.layer2, .layer3]
        let figures = try views.map { try Figures.draw(text, FigureOptions(view: $0)) }
        Drawing.draw(figures)
        for (view, figure) in zip(views, figures) {
            let drawing = try Drawing.of(figure)
            // In layer 2 a tunnel beside the LAN may draw hosts to itself.
            let hasTunnels = plan.hosts.contains { !$0.tunnels.isEmpty }
            if view == .layer3 || !hasTunnels { expectOrder(plan.hosts.map(\.name), in: drawing) }
            for host in plan.hosts { expectOrder(host.containers.map(\.name), in: drawing) }
        }
    }

    @Test func arrowsHaveRoom() throws {
        let point = Trail.Point(InterfaceName(host: "host1", interface: "eth0"), isRouted: true, isLeaving: true)
        for view in [FigureView.layer2, .layer3] {
            let lit = try Figures.draw(FigureTests.mixed, FigureOptions(view: view, trail: Trail(there: [point])))
            #expect(lit.contains("    ranksep=0.6\n"))
            #expect(!(try Figures.draw(FigureTests.mixed, FigureOptions(view: view))).contains("ranksep=0.6"))
        }
    }
}
