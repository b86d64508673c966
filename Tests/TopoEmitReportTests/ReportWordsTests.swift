import Testing
import TopoEmitGraphviz
import TopoForwarding
import TopoPlan
import TopoTemplates
import TopoText

@testable import TopoEmitReport

/// A report in Spanish has no English words of its own, in any of its formats.
@Suite struct ReportWordsTests {
    private static func report(_ language: Language) throws -> Report {
        let plan = try samplePlan()
        return Report(
            plan: plan, prediction: predict(plan),
            figures: [
                .init(view: "l2", title: ReportWords(language).say("Layer 2", "Capa 2"), svg: nil, file: "l2.svg")
            ],
            checks: [CheckLog(name: "a.tap", text: "1..3\nok 1 - x\nnot ok 2 - y\n")], words: ReportWords(language))
    }

    /// What is the same in both languages.
    private static let same = ["MAC", "MTU", "no", "LAN wire", "–"]

    @Test func everyTitleNoteAndColumnIsSpanish() throws {
        let (english, spanish) = (try Self.report(.english).tables, try Self.report(.spanish).tables)
        #expect(english.map(\.name) == spanish.map(\.name) && english.count == TableName.allCases.count)
        for (one, other) in zip(english, spanish) {
            #expect(one.title != other.title, "\(one.title)")
            #expect(one.note.isEmpty ? other.note.isEmpty : one.note != other.note, "\(one.note)")
            let names = one.name == "reachability" ? [one.columns[0]] : one.columns
            for (word, palabra) in zip(names, other.columns) where !Self.same.contains(word) {
                #expect(word != palabra, "\(word) of \(one.name)")
            }
        }
    }

    @Test func noEnglishWordIsInASpanishReport() throws {
        let report = try Self.report(.spanish)
        let words = [
            " the ", " of ", " and ", " from ", " on ", " is ", " are ", " with ", "host ", "bridge ", "group ", " as ",
            "yes", "via ", "None", "Not drawn", "Copy<", "Scripts", "Figures", "Search",
        ]
        let page = report.html(templates: try builtIn.get())
        let start = try #require(page.utf8.firstRange(of: "<body>".utf8)?.upperBound)
        let end = try #require(page.utf8.firstRange(of: "<script".utf8)?.lowerBound)
        let body = Substring(page.utf8[start..<end])
        for text in [String(body), report.markdown, report.latex] {
            for word in words {
                #expect(!text.utf8.contains(word.utf8), "\(word)")
            }
        }
        #expect(page.utf8.contains("<html lang=\"es\">".utf8))
    }

    @Test func whatThePageSaysIsInBothLanguages() {
        let (english, spanish) = (ReportWords(.english).page, ReportWords(.spanish).page)
        for (name, words) in english.sorted(by: { $0.key < $1.key }) {
            #expect("\(words)" != "\(spanish[name] ?? words)", "\(name)")
        }
    }

    @Test func aCSVIsEnglishInEveryLanguage() throws {
        let report = try Self.report(.spanish)
        for name in TableName.allCases {
            #expect(report.table(name)?.csv == (try Self.report(.english).table(name)?.csv), "\(name)")
        }
    }
}
