import Foundation
import Testing
import TopoEmit
import TopoForwarding
import TopoModel
import TopoPlan
import TopoTemplates
import TopoText

@testable import TopoEmitReport

/// A report in each of its formats, with whatever is in it.
@Suite struct ReportTests {
    private static func report(of plan: Plan, script: String = "echo") -> Report {
        Report(
            plan: plan, prediction: predict(plan),
            figures: [.init(view: "l2", title: "Layer 2", svg: "<svg viewBox=\"0 0 1 1\"></svg>", file: "r-l2.svg")],
            scripts: [Artifact(path: "a/up.sh", isExecutable: true, contents: script)],
            checks: [CheckLog(name: "a.tap", text: "ok 1 - fine\nnot ok 2 - <b>\n")])
    }

    /// The sample plan with a title of one's own.
    private static func plan(title: String) throws -> Plan {
        let plan = try samplePlan()
        return Plan(
            name: plan.name, title: title, description: title, runtime: plan.runtime, bridgeTools: plan.bridgeTools,
            lans: plan.lans, hosts: plan.hosts, checks: plan.checks, expectations: plan.expectations)
    }

    @Test(arguments: [
        "</script><script>alert(1)</script>", "\" onload=\"x", "<!--", "]]>", "{{data}}", "'\u{2028}&amp;",
    ])
    func nothingOfATopologyIsMarkup(text: String) throws {
        let page = Self.report(of: try Self.plan(title: text), script: text).html(templates: try builtIn.get())
        #expect(page.utf8.ranges(of: "</script>".utf8).count == 2, "its own two")
        #expect(page.utf8.ranges(of: "<script".utf8).count == 2)
        #expect(!page.utf8.contains("alert(1)</script>".utf8) && !page.utf8.contains("\" onload".utf8))
        #expect(page.utf8.contains("<title>\(HTML.text(text))</title>".utf8))
        #expect(page.utf8.contains("<code>\(HTML.text(text))</code>".utf8))
    }

    @Test func thePageNeedsNothingBesideIt() throws {
        let page = Self.report(of: try samplePlan()).html(templates: try builtIn.get())
        #expect(page.utf8.contains("default-src 'none'; style-src 'unsafe-inline'".utf8))
        #expect(!page.utf8.contains("connect-src".utf8) && !page.utf8.contains("fetch(".utf8))
        for word in ["src=", "@import", "url("] { #expect(!page.utf8.contains(word.utf8), "\(word)") }
    }

    @Test func theSamePlanGivesTheSameBytes() throws {
        let pages = try (0..<2).map { _ in Self.report(of: try samplePlan()).html(templates: try builtIn.get()) }
        #expect(pages[0] == pages[1])
    }

    @Test func tablesTellOfEverything() throws {
        let report = Self.report(of: try samplePlan())
        for table in report.tables {
            #expect(table.rows.allSatisfy { $0.count == table.columns.count }, "\(table.name)")
        }
        func rows(_ name: TableName) -> [[String]] { report.table(name)?.rows ?? [] }
        #expect(rows(.tunnels).contains { $0.contains("VNI 42") && $0.contains("1450") })
        #expect(rows(.tunnels)[0].last == "1500 of LAN \"wire\" less 50 for VXLAN")
        #expect(rows(.addresses).contains { $0.contains("172.16.1.1/24") && $0.contains("LAN wire") })
        #expect(rows(.subnets).contains { $0[0] == "172.16.1.0/24" && $0[1] == "1 of 254" })
        #expect(rows(.routes).contains { $0[2] == "172.16.1.0/24" && $0[3] == "on link, eth0" })
        #expect(rows(.checks).map { $0[2] } == ["ok", "not ok"])
    }

    @Test func checksAreThereWhereTheyWereRun() throws {
        let report = Report(plan: try samplePlan(), prediction: predict(try samplePlan()))
        #expect(report.table(.checks) == nil && !report.tables.contains { $0.name == TableName.checks.rawValue })
    }

    @Test func aCellOfMarkdownStaysOne() throws {
        let plan = try samplePlan()
        let log = CheckLog(name: "a.tap", text: "ok 1 - a|b\n")
        let text = Report(plan: plan, prediction: predict(plan), checks: [log]).markdown
        #expect(text.utf8.contains("a\\|b".utf8) && !text.utf8.contains("a|b".utf8))
    }

    @Test func onlyAMatrixHasRowsWithHeadings() throws {
        let table = try #require(Self.report(of: try samplePlan()).table(.addresses))
        #expect(!HTML.table(table).utf8.contains("<th scope=\"row\">".utf8))
        let matrix = HTML.table(table, hasRowHeads: true)
        #expect(matrix.utf8.ranges(of: "<th scope=\"row\">".utf8).count == table.rows.count)
    }

    @Test func markdownKeepsItsTablesWhole() throws {
        let lines = Self.report(of: try Self.plan(title: "a | b\n# c")).markdown.parts(at: "\n")
        #expect(lines.first == "# a \\| b \\# c")
        #expect(lines.contains("![Layer 2 of a \\| b \\# c](<r-l2.svg>)"))
        for line in lines where line.begins(with: "|") { #expect(line.ends(with: " |")) }
    }

    @Test func valuesWithCommasAreQuoted() {
        let table = Table("t", "T", columns: ["a", "b"], rows: [["x,y", "say \"no\""], ["=1+1", "two\nlines"]])
        #expect(table.csv == "a,b\r\n\"x,y\",\"say \"\"no\"\"\"\r\n'=1+1,\"two\nlines\"\r\n")
    }

    @Test func latexSaysWhatItsFontsHaveNot() {
        #expect(
            LaTeX.text("a_b & 50% {x} \\ ~^ #1 $")
                == ##"a\_b \& 50\% \{x\} \textbackslash{} \textasciitilde{}\textasciicircum{} \#1 \$"##)
        #expect(LaTeX.text("ñ 日 …") == #"ñ [U+65E5] \ldots{}"#)
        #expect(LaTeX.path("a}b%-l2.pdf") == #"\detokenize{ab-l2.pdf}"#)
    }
}
