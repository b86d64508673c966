import Testing
import TopoTemplates

/// What is refused in a template, and which place the error names.
@Suite struct TemplateErrorTests {
    private static let places: Places = [
        "title": .text, "isShown": .flag, "lines": .texts, "hosts": .list(["name": .text]),
    ]

    private func error(of text: String) -> TemplateError? {
        #expect(throws: TemplateError.self) {
            try Template(text, path: "mine/up.sh", places: TemplateErrorTests.places)
        }
    }

    private struct Case: Sendable {
        let text: String
        let line: Int
        let column: Int
        let reason: String

        init(_ text: String, _ line: Int, _ column: Int, _ reason: String) {
            (self.text, self.line, self.column, self.reason) = (text, line, column, reason)
        }
    }

    private static let cases = [
        // Names.
        Case("{{no}}", 1, 1, "there is no \"no\" here; there are: title, isShown, lines, hosts"),
        Case("{{title}}\n  é{{#no}}", 2, 4, "there is no \"no\" here; there are: title, isShown, lines, hosts"),
        Case("{{name}}", 1, 1, "there is no \"name\" here; there are: title, isShown, lines, hosts"),
        Case("{{#hosts}}\n{{no}}", 2, 1, "there is no \"no\" here; there are: name, title, isShown, lines, hosts"),
        Case("{{^hosts}}{{name}}", 1, 11, "there is no \"name\" here; there are: title, isShown, lines, hosts"),
        Case(
            "{{#hosts}}{{/hosts}}{{name}}", 1, 21, "there is no \"name\" here; there are: title, isShown, lines, hosts"),
        Case("{{Title}}", 1, 1, "there is no \"Title\" here; there are: title, isShown, lines, hosts"),
        Case("{{}}", 1, 1, "this tag has no name"),
        Case("{{# }}", 1, 1, "this tag has no name"),
        Case("{{a b}}", 1, 1, "a name has only letters, digits and \"_\""),
        Case("{{hosts.name}}", 1, 1, "a name has only letters, digits and \"_\""),
        Case("{{\u{1B}}}", 1, 1, "a name has only letters, digits and \"_\""),
        // Kinds.
        Case("{{#title}}", 1, 1, "\"title\" is a text, not a section: write {{title}}"),
        Case("{{^title}}", 1, 1, "\"title\" is a text, not a section: write {{title}}"),
        Case("{{lines}}", 1, 1, "\"lines\" is a section, not a text: write {{#lines}}…{{/lines}}"),
        Case("{{isShown}}", 1, 1, "\"isShown\" is a section, not a text: write {{#isShown}}…{{/isShown}}"),
        Case("{{hosts}}", 1, 1, "\"hosts\" is a section, not a text: write {{#hosts}}…{{/hosts}}"),
        Case("{{.}}", 1, 1, "{{.}} is the text of a list of texts, and no such list is around it"),
        Case("{{^lines}}{{.}}", 1, 11, "{{.}} is the text of a list of texts, and no such list is around it"),
        Case("{{#hosts}}{{.}}", 1, 11, "{{.}} is the text of a list of texts, and no such list is around it"),
        Case("{{#lines}}{{/lines}}{{.}}", 1, 21, "{{.}} is the text of a list of texts, and no such list is around it"),
        // Sections.
        Case("a\n {{#lines}}\n", 2, 2, "section \"lines\" is not closed: {{/lines}} is missing"),
        Case("{{#hosts}}\n{{#lines}}\n{{/lines}}", 1, 1, "section \"hosts\" is not closed: {{/hosts}} is missing"),
        Case("{{#hosts}}\n{{#lines}}", 2, 1, "section \"lines\" is not closed: {{/lines}} is missing"),
        Case("a\n{{/lines}}", 2, 1, "there is no section to close: {{#lines}} is missing"),
        Case("{{#lines}}{{/lines}}{{/lines}}", 1, 21, "there is no section to close: {{#lines}} is missing"),
        Case(
            "\n{{#hosts}}\n{{#lines}}\n{{/hosts}}{{/lines}}", 4, 1, "section \"lines\" of line 3 is to be closed first"),
        // Tags.
        Case("ab{{title", 1, 3, "this tag has no }} on its line"),
        Case("{{title\n}}", 1, 1, "this tag has no }} on its line"),
        Case("{{", 1, 1, "this tag has no }} on its line"),
        Case("{{title}", 1, 1, "this tag has no }} on its line"),
        Case("{{! a\n}", 1, 1, "this comment has no }}"),
        Case("{{!", 1, 1, "this comment has no }}"),
        // What other engines have.
        Case("{{{title}}}", 1, 1, "no value is escaped, so there is no tag for one that is not: write {{name}}"),
        Case("{{&title}}", 1, 1, "no value is escaped, so there is no tag for one that is not: write {{name}}"),
        Case("a\n{{>title}}", 2, 1, "partials, {{>name}}, are not supported: write the text here"),
        Case(
            "{{<title}}", 1, 1,
            "templates that inherit, {{<name}} and {{$name}}, are not supported: write the text here"),
        Case(
            "{{$title}}", 1, 1,
            "templates that inherit, {{<name}} and {{$name}}, are not supported: write the text here"),
        Case("{{=<% %>=}}", 1, 1, "other delimiters, {{=<% %>=}}, are not supported"),
        Case(
            "{{% CONTENT_TYPE:TEXT}}", 1, 1,
            "pragmas, {{% name}}, are not supported: no value is escaped, so leave it out"),
        Case("{{upper(title)}}", 1, 1, "lambdas and transforms, {{name(…)}}, are not supported: write {{name}}"),
        Case("{{#reversed(lines)}}", 1, 1, "lambdas and transforms, {{name(…)}}, are not supported: write {{name}}"),
    ]

    @Test(arguments: cases.indices)
    func theErrorHasItsPlaceAndItsReason(index: Int) {
        let wrong = TemplateErrorTests.cases[index]
        let error = error(of: wrong.text)
        #expect(error?.path == "mine/up.sh")
        #expect(error?.line == wrong.line, "\(wrong.text)")
        #expect(error?.column == wrong.column, "\(wrong.text)")
        #expect(error?.reason == wrong.reason)
        #expect(error?.description == "line \(wrong.line), column \(wrong.column): \(wrong.reason)")
    }

    @Test func theFirstMistakeIsTold() {
        #expect(error(of: "{{title}}\n{{>a}}\n{{no}}")?.line == 2)
    }
}
