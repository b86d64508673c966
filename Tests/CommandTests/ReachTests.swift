import Foundation
import Testing

/// `topoc reach`, as a user runs it.
@Suite struct ReachTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(
            """
            topology: small
            title: Small & <fine>
            runtime: netns
            hosts:
              host1:
                bridges: {br0: {address: 10.1.0.1/24}}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24}
                  c2: {bridge: br0, address: 10.1.0.12/24}
                  far: {p2p: 10.2.0.0/30, gateway: none}
            checks:
              - {no-ping: [c1, c2]}

            """, to: "small.topo")
    }

    /// A check that cannot hold is told, and the matrix shows why.
    @Test func theMatrixIsShownWhereAChecksCannotHold() throws {
        let command = try Command("reach", "small.topo", in: scratch)
        #expect(command.status == 0, "\(command.error)")
        #expect(command.error.contains("T0701"))
        #expect(command.output.contains("\n  2  host1/c1–c2 (2)\n"))
        #expect(command.output.hasSuffix("\n4 of 12 pairs are not answered\n"))
    }

    @Test func eachFormatIsWritten() throws {
        let csv = try Command("reach", "small.topo", "--format", "csv", in: scratch)
        #expect(csv.output.split(separator: "\r\n").count == 1 + 7)
        let pairs = try Command("reach", "small.topo", "--format", "csv", "--pairs", in: scratch)
        #expect(pairs.output.split(separator: "\r\n").count == 1 + 12)
        #expect(pairs.output.contains("\r\nIPv4,host1/c2,host1/c1,10.1.0.11,yes,0,0,1500,,,\r\n"))
        let json = try Command("reach", "small.topo", "--format", "json", in: scratch)
        let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(document?["topology"] as? String == "small")
        #expect(try Command("reach", "small.topo", "--format", "html", "-o", "r.html", in: scratch).status == 0)
        let page = try String(contentsOf: scratch.url.appendingPathComponent("r.html"), encoding: .utf8)
        #expect(page.contains("<h1>Who reaches whom: Small &amp; &lt;fine&gt;</h1>"))
        #expect(page.contains("<td class=\"bad\">no: the request is lost at who asks: no route"))
        #expect(!page.contains("://"), "nothing is fetched")
    }

    @Test func whatCannotGoTogetherIsRefused() throws {
        #expect(try Command("reach", "small.topo", "--pairs", in: scratch).status == 2)
        #expect(try Command("reach", "small.topo", "--format", "csv", "--pairs", "-o", "x", in: scratch).status == 2)
        #expect(try Command("reach", "none.topo", in: scratch).status == 3)
    }
}
