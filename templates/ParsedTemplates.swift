import Synchronization

/// The templates that were parsed so far.
final class ParsedTemplates: Sendable {
    private let templates = Mutex<[String: DividedTemplate]>([:])
    private let functions = Mutex<ShellFunctions?>(nil)

    /// Parses a text.
    /// - Throws: `TemplateError` where it is no template.
    func add(_ name: String, _ text: String) throws(TemplateError) {
        do {
            let template = try DividedTemplate(whole: text)
            templates.withLock { $0[name] = template }
        } catch {
            throw TemplateError(name: name, reason: "\(error)")
        }
    }

    /// The template `name`, parsed now where it was not.
    /// - Precondition: its text, if it comes to that, is a template.
    func template(_ name: String, text: (String) -> String) -> DividedTemplate {
        if let template = templates.withLock({ $0[name] }) { return template }
        do {
            let template = try DividedTemplate(text(name))
            templates.withLock { $0[name] = template }
            return template
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
