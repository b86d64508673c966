import Testing
import TopoDiagnostics

@Suite struct RenderTests {
    private static let hosts = Sample(
        String(repeating: "\n", count: 11) + "      lxdbr0: {address: 10.1.0.1/24}\n"
            + String(repeating: "\n", count: 6)
            + "      br1: {address: 10.1.0.129/25}\n")

    private static let overlap = Diagnostic(
        .subnetsOverlap, "subnets overlap: \"10.1.0.0/24\" and \"10.1.0.128/25\"",
        at: .init(hosts.span("10.1.0.129/25"), "host2's bridge \"br1\" uses 10.1.0.128/25"),
        and: [.init(hosts.span("10.1.0.1/24"), "host1's bridge \"lxdbr0\" already uses 10.1.0.0/24")],
        notes: ["a packet for 10.1.0.200 has two places to go"],
        help: ["give \"br1\" a subnet of its own, for example 10.3.0.0/24"])

    @Test func showsEveryPartOfAFinding() {
        #expect(
            render([Self.overlap], of: Self.hosts.source, style: .plain) == """
                error[T0302]: subnets overlap: "10.1.0.0/24" and "10.1.0.128/25"
                  ┌─ a.topo:19:22
                19│       br1: {address: 10.1.0.129/25}
                  │                      ^^^^^^^^^^^^^ host2's bridge "br1" uses 10.1.0.128/25
                  ·
                12│       lxdbr0: {address: 10.1.0.1/24}
                  │                         ----------- host1's bridge "lxdbr0" already uses 10.1.0.0/24
                  = a packet for 10.1.0.200 has two places to go
                  = help: give "br1" a subnet of its own, for example 10.3.0.0/24

                """)
    }

    @Test func coloursErrorsRedWarningsYellowTheGutterBlueAndHelpCyan() {
        let sample = Sample("a: 1\nb: 2\n")
        let error = Diagnostic(
            .invalidValue, "bad", at: .init(sample.span("1"), "p"), and: [.init(sample.span("2"), "s")], help: ["h"])
        let warning = Diagnostic(.unusedName, "w", at: .init(sample.span("2")))
        let text = render([error, warning], of: sample.source, style: .colored)
            .replacing("\u{1B}[", with: "<").replacing("<0m", with: "<>")
        #expect(
            text == """
                <1;31merror[T0204]<><1m: bad<>
                <34m ┌─<> a.topo:1:4
                <34m1│<> a: 1
                <34m │<>    <1;31m^ p<>
                <34m2│<> b: 2
                <34m │<>    <34m- s<>
                <34m =<> <36mhelp:<> h

                <1;33mwarning[T0212]<><1m: w<>
                <34m ┌─<> a.topo:2:4
                <34m2│<> b: 2
                <34m │<>    <1;33m^<>

                """)
    }

    @Test func sortsByPlaceWithAnEmptyLineBetween() {
        let sample = Sample("a\nb\n")
        let found = [
            Diagnostic(.invalidValue, "second", at: .init(sample.span("b"))),
            Diagnostic(.invalidValue, "first", at: .init(sample.span("a"))),
        ]
        #expect(
            render(found, of: sample.source, style: .plain) == """
                error[T0204]: first
                 ┌─ a.topo:1:1
                1│ a
                 │ ^

                error[T0204]: second
                 ┌─ a.topo:2:1
                2│ b
                 │ ^

                """)
        #expect(
            renderShort(found, of: sample.source)
                == "a.topo:1:1: error[T0204]: first\na.topo:2:1: error[T0204]: second\n")
        #expect(render([], of: sample.source, style: .colored) == "")
        #expect(renderShort([], of: sample.source) == "")
    }

    @Test func theSummaryCountsErrorsAndWarnings() {
        let error = Diagnostic(.invalidValue, "m", at: .init(Span(0, 0)))
        let warning = Diagnostic(.unusedName, "m", at: .init(Span(0, 0)))
        #expect(summary(of: [error, warning, error]) == "error: 2 errors, 1 warning")
        #expect(summary(of: [warning, warning]) == "warning: 2 warnings")
        #expect(summary(of: [error]) == "error: 1 error")
        #expect(summary(of: []) == nil)
    }

    @Test func nothingOfTheFileReachesTheTerminalAsACommand() {
        let sample = Sample("a: \u{1B}[31mx\u{202E}y\u{9B}1m\u{7F}\u{0}\n")
        let found = Diagnostic(
            .invalidValue, "bad \"\u{1B}]0;x\u{7}\"\n", at: .init(sample.span("x"), "\u{1B}[2J"),
            notes: ["\u{2066}n\r"],
            help: ["\u{1B}h"])
        #expect(
            render([found], of: sample.source, style: .plain) == """
                error[T0204]: bad "␛]0;x␇"␊
                 ┌─ a.topo:1:9
                1│ a: ␛[31mx<U+202E>y<U+009B>1m␡␀
                 │         ^ ␛[2J
                 = <U+2066>n␍
                 = help: ␛h

                """)
        #expect(renderShort([found], of: sample.source) == "a.topo:1:9: error[T0204]: bad \"␛]0;x␇\"␊\n")
    }

    /// Of a thousand findings more may have been left out.
    @Test(arguments: [(999, "error: 999 errors"), (1000, "error: 1000 errors; more are not told")])
    func theSummarySaysWhereFindingsAreLeftOut(count: Int, summary: String) {
        let found = (0..<count).map { Diagnostic(.invalidValue, "bad", at: .init(Span($0, $0 + 1))) }
        #expect(TopoDiagnostics.summary(of: found) == summary)
    }
}
