import Foundation
import Testing
import TopoEmitGraphviz
import TopoPlan
import TopoTemplates

/// Every view of every topology of the project, as it is drawn.
@Suite struct ViewTests {
    private static let topologies = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("topologies")

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: topologies.appendingPathComponent("\(name).topo"), encoding: .utf8)
    }

    private static let names =
        ((try? FileManager.default.contentsOfDirectory(atPath: topologies.path)) ?? [])
        .filter { $0.hasSuffix(".topo") }.map { String($0.dropLast(5)) }.sorted()

    /// The topologies of the project.
    static let allTexts = names.compactMap { try? text($0) }

    @Test(.enabled(if: Drawing.isPossible, "Graphviz is not installed"), arguments: names)
    func noTextLiesOverAnother(name: String) throws {
        let plan = try Figures.plan(of: try Self.text(name))
        let hasTunnels = plan.hosts.contains { !$0.tunnels.isEmpty }
        let views: [FigureView] =
            [.layer2, .layer3, .host(plan.hosts[0].name)] + (hasTunnels ? [.underlay, .overlay] : [])
        let figures = try views.map { view in
            let options = FigureOptions(view: view, theme: .dark, language: .spanish, showsDefaultRoutes: true)
            return try drawFigure(plan, options, templates: builtIn.get())
        }
        Drawing.draw(figures)
        for (view, figure) in zip(views, figures) {
            let drawing = try Drawing.of(figure)
            #expect(drawing.complaints == "" && drawing.isWellFormed && !drawing.boxes.isEmpty)
            for (index, box) in drawing.boxes.enumerated() {
                let over = drawing.boxes[(index + 1)...].filter(box.overlaps)
                #expect(over.isEmpty, "\(view.name): \(box) under \(over)")
            }
        }
    }

    @Test func theUnderlayHasNoContainers() throws {
        let figure = try Figures.draw(FigureTests.mixed, FigureOptions(view: .underlay))
        let edges = Figures.edges(figure)
        #expect(!figure.contains("container:") && !figure.contains("bridge:br0"))
        #expect(edges.contains("host:host1/nic:eth0:s -- lan:internal"))
        #expect(edges.contains("host:host1/tunnel:vx0:s -- host:host1/nic:eth0:n"))
        #expect(edges.contains("host:host1/tunnel:vx0:s -- overlay:1"))
    }

    @Test func theOverlayHasWhatTheTunnelsCarry() throws {
        let figure = try Figures.draw(FigureTests.mixed, FigureOptions(view: .overlay))
        let edges = Figures.edges(figure)
        #expect(figure.contains("container:c1") && figure.contains("container:r1") && figure.contains("container:c2"))
        #expect(!figure.contains("container:c3") && !figure.contains("bridge:br1"), "not on the tunnel's bridge")
        #expect(!figure.contains("nic:") && !figure.contains("lan:internal"))
        #expect(edges.count { $0.contains("/container:r1:i") } == 1, "r1's other interface leads elsewhere")
        #expect(edges.contains("host:host1/tunnel:vx0:s -- overlay:1"))
    }

    @Test func aHostAloneHasItsLANsAndItsEndsOfTunnels() throws {
        let figure = try Figures.draw(FigureTests.mixed, FigureOptions(view: .host("host2")))
        #expect(!figure.contains("host:host1"))
        #expect(figure.contains("container:c2") && figure.contains("lan:internal") && figure.contains("VXLAN 42"))
    }

    @Test func whatIsNotThereIsSaid() throws {
        let none = #expect(throws: FigureError.self) {
            try Figures.draw(FigureTests.mixed, FigureOptions(view: .host("host9")))
        }
        #expect(none?.description == "there is no host \"host9\" in this topology: it has \"host1\", \"host2\"")
        for view in [FigureView.underlay, .overlay] {
            let error = #expect(throws: FigureError.self) {
                try Figures.draw(try Self.text("routed"), FigureOptions(view: view))
            }
            #expect(
                error?.description == "there is no tunnel in this topology, so it has no \(view.name): draw l2 or l3")
        }
    }

    @Test func spanishFiguresSayNothingInEnglish() throws {
        for view in [FigureView.layer2, .layer3, .underlay, .overlay] {
            let figure = try Figures.draw(FigureTests.mixed, FigureOptions(view: view, language: .spanish))
            for word in [
                ">bridge ", "port 1<", "IP forwarding", "group 2", "UDP port", "point-to-point", ">in host", "forwards",
            ] {
                #expect(!figure.contains(word), "\(word) in \(view.name)")
            }
        }
        let figure = try Figures.draw(FigureTests.mixed, FigureOptions(language: .spanish))
        for word in ["puente <B>br0", "puerto 1<", "reenvío IP", "grupo 239.1.1.42", "encaminador <B>host1"] {
            #expect(figure.contains(word), "\(word)")
        }
    }

    @Test func aThemeHasNoColourOfAnother() throws {
        let light = try Figures.draw(FigureTests.mixed, FigureOptions())
        for theme in [Theme.dark, .bw] {
            let figure = try Figures.draw(FigureTests.mixed, FigureOptions(theme: theme))
            for look in Look.allCases {
                #expect(light.contains("COLOR=\"\(look.stroke(.light))\""))
                #expect(!figure.contains(look.stroke(.light)))
                #expect(figure.contains("BGCOLOR=\"\(look.fill(theme))\""))
            }
        }
    }
}
