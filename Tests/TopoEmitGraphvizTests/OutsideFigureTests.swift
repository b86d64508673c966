import Testing
import TopoEmitGraphviz

/// What is outside the topology is drawn as somebody else's router: dashed, and called outside.
@Suite struct OutsideFigureTests {
    private static func text(gateway: String) -> String {
        """
        topology: uplink
        runtime: netns
        lans: {internet: {subnet: 203.0.113.0/24, gateway: \(gateway)}}
        hosts:
          edge: {nics: {eth0: {lan: internet, address: 203.0.113.10/24}}}
          other: {nics: {eth0: {lan: internet, address: 203.0.113.20/24}}}
        """
    }

    @Test func itIsDashedAndHangsOnItsLAN() throws {
        let figures = try Figures(of: Self.text(gateway: "203.0.113.1"))
        #expect(figures.layer2.contains("style=\"rounded,dashed,filled\""))
        #expect(figures.layer2.contains("\"host:outside:internet/nic:eth0\":s -- \"lan:internet\""))
        #expect(figures.layer2.contains("behind LAN internet"))
        #expect(!figures.layer2.contains("IP forwarding"), "how it forwards is not the topology's")
        #expect(figures.layer3.contains("STYLE=\"ROUNDED,DASHED\""))
        #expect(figures.layer3.contains(">gateway<") && figures.layer3.contains(">outside<"))
        #expect(!figures.layer3.contains("unreachable"), "nor are its routes")
        #expect(figures.layer3.contains("2 hosts"), "it is none of the topology's hosts")
    }

    @Test func aGatewayOfTheTopologyIsDrawnAsItIs() throws {
        let figures = try Figures(of: Self.text(gateway: "203.0.113.10"))
        #expect(!figures.layer2.contains("dashed,filled") && !figures.layer2.contains("outside"))
        #expect(!figures.layer3.contains("DASHED"))
    }

    @Test(arguments: [FigureNotation.mermaid, .d2])
    func otherNotationsCallItOutside(notation: FigureNotation) throws {
        for view in [FigureView.layer2, .layer3] {
            let figure = try Figures.draw(Self.text(gateway: "203.0.113.1"), FigureOptions(view: view), in: notation)
            #expect(figure.contains("outside") && figure.contains("behind LAN internet"))
        }
        let spanish = try Figures.draw(
            Self.text(gateway: "203.0.113.1"), FigureOptions(view: .layer3, language: .spanish), in: notation)
        #expect(spanish.contains("exterior") && spanish.contains("tras la LAN internet"))
    }
}
