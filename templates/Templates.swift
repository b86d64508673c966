/// The frames of all artifact kinds: those built in, some of them replaced.
///
/// A built-in one is parsed when it is first filled, and once; a replacement when it is read.
public struct Templates: Sendable {
    /// A text in place of a built-in one.
    public struct Replacement: Sendable, Hashable {
        /// Which one: one of `Templates.names`.
        public let name: String
        /// The file that the text is of, for errors.
        public let path: String
        /// The text.
        public let text: String

        /// Makes a replacement.
        public init(_ name: String, path: String, text: String) {
            (self.name, self.path, self.text) = (name, path, text)
        }
    }

    private let replacements: [String: Replacement]
    private let parsed = ParsedTemplates()

    /// The templates built in, with others in place of some; where two replace one, the later.
    /// - Throws: `TemplateError` for the first replacement that is no template, or uses a name that it has not.
    public init(replacing replacements: [Replacement] = []) throws(TemplateError) {
        self.replacements = Dictionary(replacements.map { ($0.name, $0) }) { $1 }
        for replacement in replacements {
            switch Templates.frame(replacement.name).form {
            case .text: break
            case .template(let places):
                let template = try Template(replacement.text, path: replacement.path, places: places())
                parsed.add(replacement.name, template)
            }
        }
    }

    /// Fills the template `name` with values.
    /// - Precondition: `name` is one of `Templates.names`, and its places have their fillings.
    public func render(_ name: String, _ values: [String: Filling]) -> String {
        parsed.template(name) {
            switch Templates.frame(name).form {
            case .text: preconditionFailure("\(name) has no places")
            case .template(let places): try Template(text(name), path: name, places: places())
            }
        }.render(values)
    }

    /// A template's text as it is, for one without places to fill.
    /// - Precondition: `name` is one of `Templates.names`.
    public func text(_ name: String) -> String {
        replacements[name]?.text ?? String(decoding: Templates.frame(name).bytes(), as: UTF8.self)
    }

    /// The functions that shell scripts may call, with the client of a host's containers; read once for each client.
    public func functions(for client: ClientWords) -> ShellFunctions {
        parsed.functions(for: client) {
            ShellFunctions { name in
                switch Templates.frame(name).form {
                case .text: text(name)
                case .template: render(name, client.fillings)
                }
            }
        }
    }

    /// The names of all templates.
    public static var names: [String] { Frame.all.map(\.name) }

    /// The names that a template may use; nil for one that is a text without places.
    /// - Precondition: `name` is one of `Templates.names`.
    public static func places(of name: String) -> Places? {
        switch frame(name).form {
        case .text: nil
        case .template(let places): places()
        }
    }

    private static func frame(_ name: String) -> Frame {
        guard let frame = Frame.named(name) else { preconditionFailure("no template \(name)") }
        return frame
    }
}
