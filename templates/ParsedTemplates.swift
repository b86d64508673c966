import Synchronization

/// The templates and functions that were read so far. Each is read once, also where two threads ask for it.
final class ParsedTemplates: Sendable {
    private let templates = Mutex<[String: Template]>([:])
    private let functions = Mutex<[ClientWords: ShellFunctions]>([:])

    /// Keeps a template under a name.
    func add(_ name: String, _ template: Template) {
        templates.withLock { $0[name] = template }
    }

    /// The template `name`, parsed now where it was not.
    /// - Precondition: it is a template, if it comes to that: the built-in ones are, which a test holds.
    func template(_ name: String, parse: () throws -> Template) -> Template {
        templates.withLock { templates in
            if let template = templates[name] { return template }
            do {
                let template = try parse()
                templates[name] = template
                return template
            } catch {
                preconditionFailure("\(name): \(error)")
            }
        }
    }

    /// The functions for a client, read now where they were not.
    func functions(for client: ClientWords, read: () -> ShellFunctions) -> ShellFunctions {
        functions.withLock { functions in
            if let known = functions[client] { return known }
            let new = read()
            functions[client] = new
            return new
        }
    }
}
