import Testing
import TopoEmitGraphviz

/// What a user gets of Graphviz's SVG.
@Suite(.enabled(if: Drawing.isPossible, "Graphviz is not installed"))
struct SVGTests {
    @Test(arguments: [FigureView.layer2, .layer3, .overlay])
    func itStandsByItself(view: FigureView) throws {
        let drawing = try Drawing.of(try Figures.draw(FigureTests.mixed, FigureOptions(view: view)))
        #expect(drawing.isWellFormed)
        #expect(drawing.svg.hasPrefix("<svg role=\"img\" aria-labelledby=\""))
        let names = drawing.svg.matches(of: /https?:[^"]*/).map { String($0.0) }
        #expect(Set(names) == ["http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"], "namespaces alone")
        #expect(!drawing.svg.contains("href=") && !drawing.svg.contains("DOCTYPE") && !drawing.svg.contains("graphviz"))
    }

    @Test func itIsNamedAndDescribed() throws {
        let svg = try Drawing.of(try Figures.draw(FigureTests.mixed, FigureOptions())).svg
        #expect(svg.contains("<title id=\"l2/figure:figure/title\">Mixed: layer 2</title>"))
        #expect(
            svg.contains(
                "<desc id=\"l2/figure:figure/description\">2 hosts, 4 containers, 1 LAN, 2 tunnel interfaces</desc>"))
    }

    @Test func identifiersAreOnesOwnAndSayWhatTheyAre() throws {
        let identifiers = try [FigureView.layer2, .layer3].flatMap { view in
            try Drawing.of(try Figures.draw(FigureTests.mixed, FigureOptions(view: view))).identifiers
        }
        #expect(Set(identifiers).count == identifiers.count, "also where both figures are on one page")
        for identifier in ["l2/host:host1", "l2/host:host1/bridge:br0", "l2/lan:internal", "l3/host:host1"] {
            #expect(identifiers.contains(identifier))
        }
        #expect(!identifiers.contains { $0.wholeMatch(of: /(a_)?(node|edge|clust|graph)\d+/) != nil })
    }

    @Test func anotherTextIsLeftAlone() {
        #expect(finishSVG("no picture") == "no picture")
        #expect(finishSVG("<svg >") == "<svg >")
    }
}
