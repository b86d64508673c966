internal import Mustache
import Synchronization

/// The templates that were parsed so far.
final class ParsedTemplates: Sendable {
    private let templates = Mutex<[String: MustacheTemplate]>([:])
    private let functions = Mutex<ShellFunctions?>(nil)

    /// Parses a text.
    /// - Throws: `TemplateError` where it is no template.
    @discardableResult
    func add(_ name: String, _ text: String) throws(TemplateError) -> MustacheTemplate {
        do {
            let template = try MustacheTemplate(string: text)
            templates.withLock { $0[name] = template }
            return template
        } catch {
            throw TemplateError(name: name, reason: "\(error)")
        }
    }

    /// The template `name`, parsed now where it was not.
    /// - Precondition: its text, if it comes to that, is a template.
    func template(_ name: String, text: (String) -> String) -> MustacheTemplate {
        if let template = templates.withLock({ $0[name] }) { return template }
        do {
            return try add(name, text(name))
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// The functions of the shell templates, read now where they were not.
    func functions(text: (String) -> String) -> ShellFunctions {
        functions.withLock { functions in
            if let functions { return functions }
            let read = ShellFunctions(text: text)
            functions = read
            return read
        }
    }
}
