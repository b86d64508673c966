internal import Mustache

/// The frames of all artifact kinds: those built in, some of them replaced.
///
/// A built-in one is parsed when it is first filled, since parsing costs more than most of a build.
public struct Templates: Sendable {
    private let texts: [String: String]
    private let parsed = ParsedTemplates()

    /// The templates built in, with `replacements` (name, as in `up.sh`, and text) in place of theirs.
    /// - Throws: `TemplateError` for a name that is not known, or a text that is no template.
    public init(replacing replacements: [(name: String, text: String)] = []) throws(TemplateError) {
        var texts = Dictionary(uniqueKeysWithValues: Templates.builtIn)
        for (name, text) in replacements {
            guard texts.updateValue(text, forKey: name) != nil else {
                throw TemplateError(name: name, reason: "there is no template of that name")
            }
            try parsed.add(name, text)
        }
        self.texts = texts
    }

    /// Fills the template `name` with values, by Mustache's rules.
    /// - Precondition: `name` is one of `Templates.names`.
    public func render(_ name: String, _ values: [String: Filling]) -> String {
        parsed.template(name, text: text).render(Values(values: values))
    }

    /// A template's text as it is, for one without places to fill.
    /// - Precondition: `name` is one of `Templates.names`.
    public func text(_ name: String) -> String {
        guard let text = texts[name] else { preconditionFailure("no template \(name)") }
        return text
    }

    /// The functions that shell scripts may call; read once, since all backends with scripts ask for them.
    public var functions: ShellFunctions { parsed.functions(text: text) }

    /// The names of all templates.
    public static var names: [String] { files.map(\.name) }

    private static var builtIn: [(String, String)] {
        files.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) }
    }

    /// Every embedded file: one line here for each.
    private static var files: [(name: String, bytes: [UInt8])] {
        [
            ("RUNBOOK.md", PackageResources.RUNBOOK_md),
            ("assertions.sh", PackageResources.assertions_sh),
            ("capture.sh", PackageResources.capture_sh),
            ("changes.sh", PackageResources.changes_sh),
            ("check.sh", PackageResources.check_sh),
            ("common.sh", PackageResources.common_sh),
            ("diagnosis.sh", PackageResources.diagnosis_sh),
            ("docker.sh", PackageResources.docker_sh),
            ("down.sh", PackageResources.down_sh),
            ("firewall.sh", PackageResources.firewall_sh),
            ("former.sh", PackageResources.former_sh),
            ("install.sh", PackageResources.install_sh),
            ("l2.dot", PackageResources.l2_dot),
            ("l3.dot", PackageResources.l3_dot),
            ("lab-guards.sh", PackageResources.lab_guards_sh),
            ("lab-namespaces.sh", PackageResources.lab_namespaces_sh),
            ("lab-networkd.sh", PackageResources.lab_networkd_sh),
            ("lab-verbs.sh", PackageResources.lab_verbs_sh),
            ("lab.sh", PackageResources.lab_sh),
            ("live.html", PackageResources.live_html),
            ("lxd-adopt.sh", PackageResources.lxd_adopt_sh),
            ("lxd-persist.sh", PackageResources.lxd_persist_sh),
            ("lxd.sh", PackageResources.lxd_sh),
            ("proofs.sh", PackageResources.proofs_sh),
            ("questions.sh", PackageResources.questions_sh),
            ("reach.html", PackageResources.reach_html),
            ("removal.sh", PackageResources.removal_sh),
            ("report.css", PackageResources.report_css),
            ("report.html", PackageResources.report_html),
            ("report-figures.js", PackageResources.report_figures_js),
            ("report-page.js", PackageResources.report_page_js),
            ("report-trace.js", PackageResources.report_trace_js),
            ("requirements.sh", PackageResources.requirements_sh),
            ("rollback.sh", PackageResources.rollback_sh),
            ("uml-init.sh", PackageResources.uml_init_sh),
            ("uml.sh", PackageResources.uml_sh),
            ("units.sh", PackageResources.units_sh),
            ("up.sh", PackageResources.up_sh),
            ("virtualbox.sh", PackageResources.virtualbox_sh),
            ("watch.html", PackageResources.watch_html),
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
