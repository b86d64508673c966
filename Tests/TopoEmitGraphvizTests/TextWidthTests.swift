import Foundation
import Testing
import TopoEmitGraphviz

/// The texts of an SVG are told how wide Graphviz took them to be.
@Suite struct TextWidthTests {
    private static let xdot = #"""
        graph "g" {
            a [_draw_="c 7 -#007a59 C 7 -#e8f5f0 P 4 0 0 1 0 1 1 0 1 ",
                _ldraw_="F 10 9 -Helvetica c 7 -#000000 t 1 T 3 4 -1 55 2 -c1 t 0 F 8 9 -Helvetica T 3 4 0 31.6 8 -a \"b\" &c \
        T 1 1 0 12 5 -e d&g "];
            b [_hldraw_="E 1 2 3 4 F 10 9 -Helvetica T 3 4 -1 17 2 -c1 T 1 2 0 20 4 -end  "];
            c [_ldraw_="F 10 9 -Helvetica ? 1 T 1 1 0 9 5 -never "];
        }
        """#

    private func fitted(_ texts: String...) -> String {
        let svg = "<svg width=\"1\"><g id=\"x\" class=\"graph\">" + texts.joined(separator: "\n") + "</g></svg>"
        return finishSVG(svg, TextWidths(xdot: Self.xdot))
    }

    private func width(_ attributes: String, _ text: String) -> String? {
        fitted("<text \(attributes)>\(text)</text>").firstMatch(
            of: /textLength="(\d+)" lengthAdjust="spacingAndGlyphs"/
        ).map { String($0.1) }
    }

    @Test func aTextHasTheWidthOfItsFont() {
        #expect(width("x=\"1\" font-weight=\"bold\" font-size=\"10.00\"", "c1") == "55")
        #expect(width("x=\"1\" font-size=\"10.00\"", "c1") == "17")
        #expect(width("font-size=\"8.00\"", "c1") == nil && width("x=\"1\"", "c1") == nil)
    }

    @Test func referencesAreRead() {
        #expect(width("font-size=\"8.00\"", "a&#160;&quot;b&quot; &amp;c") == "31")
        #expect(width("font-size=\"8.00\"", "a &#34;b&#34; &amp;c") == "31")
        #expect(width("font-size=\"8.00\"", "e d&amp;g") == "12", "after the end of a line that goes on")
    }

    @Test func whatIsNotKnownIsLeftAsItIs() {
        #expect(width("font-size=\"10.00\"", "never") == nil, "after an operation that is not known")
        #expect(width("font-size=\"10.00\"", "end ") == nil, "a blank at the end is not drawn")
        let text = "<text font-size=\"10.00\">more</text><text >c1</text>"
        #expect(fitted(text).contains(text))
        let broken = "<g class=\"graph\"><text x></svg>"
        #expect(finishSVG("<svg a=\"1\">" + broken, TextWidths(xdot: "draw_=\"T 1")).contains(broken))
    }

    @Test(.enabled(if: Drawing.isPossible, "Graphviz is not installed"))
    func everyTextOfAFigureIsTold() throws {
        let figure = try Figures.draw(FigureTests.mixed, FigureOptions())
        let svg = finishSVG(try Drawing(figure).svg, TextWidths(xdot: try Drawing.xdot(figure)))
        let texts = svg.matches(of: /<text [^>]*>[^<]*<\/text>/).map { String($0.0) }.filter {
            !$0.contains(" </text>")
        }
        #expect(texts.count > 30)
        for text in texts { #expect(text.contains("textLength=")) }
    }
}
