import Testing
import TopoTemplates

/// What a template writes for each form of tag.
@Suite struct TemplateTests {
    private static let places: Places = [
        "title": .text, "name": .text, "isShown": .flag, "lines": .texts,
        "hosts": .list(["name": .text, "links": .texts, "ports": .list(["name": .text, "number": .text])]),
    ]

    private static let values: [String: Filling] = [
        "title": .text("T"), "name": .text("N"), "isShown": true, "lines": .texts(["a", "b"]),
        "hosts": .list([
            ["name": .text("h1"), "links": .texts(["l1", "l2"]), "ports": .list([])],
            [
                "name": .text("h2"), "links": .texts([]),
                "ports": .rows([["name": "p1", "number": "1"], ["name": "p2", "number": "2"]]),
            ],
        ]),
    ]

    private func render(_ text: String, _ changes: [String: Filling] = [:]) throws -> String {
        try Template(text, path: "t", places: TemplateTests.places)
            .render(TemplateTests.values.merging(changes) { $1 })
    }

    @Test(arguments: [
        ("", ""), ("{", "{"), ("a } }} b", "a } }} b"), ("${x} $((1))", "${x} $((1))"), ("{ {title}}", "{ {title}}"),
        ("{{title}}", "T"), ("{{ title\t}}", "T"), ("<{{title}}{{name}}>", "<TN>"), ("{{title}}}", "T}"),
        ("é{{title}}é", "éTé"), ("{{title}}\n", "T\n"), ("  {{title}}  \n", "  T  \n"),
    ])
    func aValueIsWrittenWhereItsTagStands(text: String, result: String) throws {
        #expect(try render(text) == result)
    }

    @Test(arguments: [
        ("{{#isShown}}x{{/isShown}}", "x", ""), ("{{^isShown}}x{{/isShown}}", "", "x"),
        ("{{#isShown}}{{title}}{{/isShown}}-{{^isShown}}{{name}}{{/isShown}}", "T-", "-N"),
    ])
    func aFlagSaysWhetherASectionIsWritten(text: String, shown: String, hidden: String) throws {
        #expect(try render(text) == shown)
        #expect(try render(text, ["isShown": false]) == hidden)
    }

    @Test func aSectionIsWrittenForEachText() throws {
        #expect(try render("{{#lines}}<{{.}}>{{/lines}}") == "<a><b>")
        #expect(try render("{{#lines}}{{title}}{{.}}{{/lines}}{{title}}") == "TaTbT")
        #expect(try render("{{#lines}}{{#isShown}}{{.}}{{/isShown}}{{/lines}}") == "ab")
        #expect(try render("{{#lines}}x{{/lines}}{{^lines}}none{{/lines}}", ["lines": .texts([])]) == "none")
        #expect(try render("{{^lines}}none{{/lines}}") == "")
    }

    @Test func aSectionIsWrittenForEachRow() throws {
        #expect(try render("{{#hosts}}{{name}};{{/hosts}}{{name}}") == "h1;h2;N")
        #expect(try render("{{^hosts}}none{{/hosts}}") == "")
        #expect(try render("{{^hosts}}{{name}}{{/hosts}}", ["hosts": .list([])]) == "N")
    }

    @Test func sectionsNestAndTheInnermostNameCounts() throws {
        let text =
            "{{#hosts}}{{name}}({{#links}}{{.}}@{{name}},{{/links}}{{#ports}}{{name}}={{number}}{{title}},{{/ports}}){{/hosts}}"
        #expect(try render(text) == "h1(l1@h1,l2@h1,)h2(p1=1T,p2=2T,)")
    }

    /// In an inverted section of a list, no row is there to have names.
    @Test func anInvertedSectionHasTheNamesAroundIt() throws {
        let text = "{{#hosts}}{{^ports}}no ports of {{name}};{{/ports}}{{/hosts}}"
        #expect(try render(text) == "no ports of h1;")
    }

    @Test(arguments: [
        // A tag of a section alone on its line writes no line, and no blanks.
        ("a\n{{#isShown}}\nb\n{{/isShown}}\nc\n", "a\nb\nc\n"),
        ("a\n  {{#isShown}}\t\nb\n\t{{/isShown}}  \nc\n", "a\nb\nc\n"),
        ("{{#isShown}}\nb\n{{/isShown}}", "b\n"),
        ("{{#isShown}}\r\nb\r\n{{/isShown}}\r\n", "b\r\n"),
        ("  {{#isShown}}\nb\n  {{/isShown}}  ", "b\n"),
        ("{{^lines}}\nb\n{{/lines}}\nc", "c"),
        ("{{#lines}}\n{{.}}\n{{/lines}}\n", "a\nb\n"),
        ("{{#lines}}\n\n{{/lines}}\n", "\n\n"),
        // Beside anything else, it takes nothing with it.
        ("a {{#isShown}}\nb\n{{/isShown}}\n", "a \nb\n"),
        ("{{#isShown}} b\n{{/isShown}}\n", " b\n"),
        ("  {{#isShown}}b{{/isShown}}  \n", "  b  \n"),
        ("{{#isShown}}{{/isShown}}\n", "\n"),
        ("{{#isShown}}\nb{{/isShown}}\n", "b\n"),
        ("a\n{{#isShown}}\rb\n{{/isShown}}\n", "a\n\rb\n"),
        ("{{#isShown}}\n{{/isShown}}\r", "\r"),
        // A value never takes its line with it.
        ("a\n{{name}}\nb\n", "a\nN\nb\n"),
    ])
    func sectionsAloneOnALineLeaveNoLine(text: String, result: String) throws {
        #expect(try render(text) == result)
    }

    @Test(arguments: [
        ("a{{! note }}b", "ab"), ("a\n{{! note }}\nb\n", "a\nb\n"), ("a\n  {{! two\nlines }}  \nb\n", "a\nb\n"),
        ("a\n{{! two\nlines }} b\n", "a\n b\n"), ("{{!title}}{{!}}{{! {{title}}", ""), ("{{!}}", ""),
    ])
    func commentsWriteNothing(text: String, result: String) throws {
        #expect(try render(text) == result)
    }

    /// No filling is read as a template, nor escaped for HTML.
    @Test(arguments: [
        "{{title}}", "{{#lines}}", "{{/hosts}}", "{{>x}}", "{{{name}}}", "<b>&\"'", "\n{{! }}\n", "\u{0}\u{1B}[0m",
        "e\u{301}",
        "\r\n", "}}", "\u{301}",
    ])
    func hostileTextIsWrittenByteForByte(text: String) throws {
        let result = try render(
            "[{{title}}]{{#lines}}<{{.}}>{{/lines}}{{#hosts}}({{name}}){{/hosts}}",
            ["title": .text(text), "lines": .texts([text, text]), "hosts": .list([["name": .text(text)]])])
        #expect(Array(result.utf8) == Array("[\(text)]<\(text)><\(text)>(\(text))".utf8))
    }

    @Test func theSameIsWrittenEachTime() throws {
        let template = try Template(
            "{{#hosts}}{{name}}{{#links}}{{.}}{{/links}}{{/hosts}}", path: "t", places: TemplateTests.places)
        let results = Set((0..<20).map { _ in template.render(TemplateTests.values) })
        #expect(results == ["h1l1l2h2"])
    }
}
