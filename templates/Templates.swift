internal import Mustache

/// The frames of all artifact kinds: those built in, some of them replaced.
public struct Templates: Sendable {
    private let library: MustacheLibrary
    private let texts: [String: String]

    /// The templates built in, with `replacements` (name, as in `up.sh`, and text) in place of theirs.
    /// - Throws: `TemplateError` for a name that is not known, or a text that is no template.
    public init(replacing replacements: [(name: String, text: String)] = []) throws(TemplateError) {
        var texts = Templates.builtIn
        for (name, text) in replacements {
            guard let index = texts.firstIndex(where: { $0.name == name }) else {
                throw TemplateError(name: name, reason: "there is no template of that name")
            }
            texts[index].text = text
        }
        var library = MustacheLibrary()
        // Reading a template costs more than all else here: what has no place to fill is none.
        for (name, text) in texts where text.contains("{{") {
            do {
                library.register(try MustacheTemplate(string: text), named: name)
            } catch {
                throw TemplateError(name: name, reason: "\(error)")
            }
        }
        self.library = library
        self.texts = Dictionary(uniqueKeysWithValues: texts.map { ($0.name, $0.text) })
    }

    /// Fills the template `name` with an object's properties, by Mustache's rules.
    /// - Precondition: `name` is one of `Templates.names`.
    public func render(_ name: String, _ object: Any) -> String {
        library.render(object, withTemplate: name) ?? text(name)
    }

    /// A template's text as it is, for one without places to fill.
    /// - Precondition: `name` is one of `Templates.names`.
    public func text(_ name: String) -> String {
        guard let text = texts[name] else { preconditionFailure("no template \(name)") }
        return text
    }

    /// The names of all templates.
    public static var names: [String] { builtIn.map(\.name) }

    /// Every embedded file: one line here for each.
    private static var builtIn: [(name: String, text: String)] {
        [
            ("capture.sh", String(decoding: PackageResources.capture_sh, as: UTF8.self)),
            ("RUNBOOK.md", String(decoding: PackageResources.RUNBOOK_md, as: UTF8.self)),
            ("check.sh", String(decoding: PackageResources.check_sh, as: UTF8.self)),
            ("common.sh", String(decoding: PackageResources.common_sh, as: UTF8.self)),
            ("down.sh", String(decoding: PackageResources.down_sh, as: UTF8.self)),
            ("functions.sh", String(decoding: PackageResources.functions_sh, as: UTF8.self)),
            ("l2.dot", String(decoding: PackageResources.l2_dot, as: UTF8.self)),
            ("l3.dot", String(decoding: PackageResources.l3_dot, as: UTF8.self)),
            ("lab.sh", String(decoding: PackageResources.lab_sh, as: UTF8.self)),
            ("uml-init.sh", String(decoding: PackageResources.uml_init_sh, as: UTF8.self)),
            ("uml.sh", String(decoding: PackageResources.uml_sh, as: UTF8.self)),
            ("up.sh", String(decoding: PackageResources.up_sh, as: UTF8.self)),
            ("virtualbox.sh", String(decoding: PackageResources.virtualbox_sh, as: UTF8.self)),
        ]
    }
}

/// A template that cannot be used.
public struct TemplateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The template's name.
    public let name: String
    /// Why not.
    public let reason: String

    /// `template "up.sh": reason`.
    public var description: String { "template \"\(name)\": \(reason)" }
}
