/// A file of `templates`, embedded in the program.
struct Frame: Sendable {
    /// What its text is.
    enum Form: Sendable {
        /// Text without places.
        case text
        /// A template with these places.
        case template(@Sendable () -> Places)
    }

    /// The file's name.
    let name: String
    /// The file's bytes.
    let bytes: @Sendable () -> [UInt8]
    /// What its text is.
    let form: Form

    init(_ name: String, _ bytes: @escaping @autoclosure @Sendable () -> [UInt8]) {
        (self.name, self.bytes, form) = (name, bytes, .text)
    }

    init(
        _ name: String, _ bytes: @escaping @autoclosure @Sendable () -> [UInt8],
        places: @escaping @autoclosure @Sendable () -> Places
    ) {
        (self.name, self.bytes, form) = (name, bytes, .template(places))
    }

    /// Every embedded file: one line here for each.
    static let all = [
        Frame("RUNBOOK.md", PackageResources.RUNBOOK_md, places: .runbook),
        Frame("assertions.sh", PackageResources.assertions_sh),
        Frame("bridged.topo", PackageResources.bridged_topo, places: .start),
        Frame("capture.sh", PackageResources.capture_sh, places: .capture),
        Frame("changes.sh", PackageResources.changes_sh),
        Frame("check.yml", PackageResources.check_yml),
        Frame("check.sh", PackageResources.check_sh, places: .check),
        Frame("common.sh", PackageResources.common_sh),
        Frame("converge.sh", PackageResources.converge_sh),
        Frame("diagnosis.sh", PackageResources.diagnosis_sh),
        Frame("docker.sh", PackageResources.docker_sh),
        Frame("docker-forms.sh", PackageResources.docker_forms_sh),
        Frame("down.yml", PackageResources.down_yml),
        Frame("down.sh", PackageResources.down_sh, places: .down),
        Frame("firewall.sh", PackageResources.firewall_sh),
        Frame("nat.sh", PackageResources.nat_sh),
        Frame("vlan.sh", PackageResources.vlan_sh),
        Frame("former.sh", PackageResources.former_sh),
        Frame("forms.sh", PackageResources.forms_sh),
        Frame("gretap.topo", PackageResources.gretap_topo, places: .start),
        Frame("hand-over.sh", PackageResources.hand_over_sh),
        Frame("install.sh", PackageResources.install_sh, places: .install),
        Frame("inventory.yml", PackageResources.inventory_yml, places: .inventory),
        Frame("journal.sh", PackageResources.journal_sh),
        Frame("l2.dot", PackageResources.l2_dot, places: .figure),
        Frame("l3.dot", PackageResources.l3_dot, places: .figure),
        Frame("lab-guards.sh", PackageResources.lab_guards_sh),
        Frame("lab-namespaces.sh", PackageResources.lab_namespaces_sh),
        Frame("lab-networkd.sh", PackageResources.lab_networkd_sh),
        Frame("lab-verbs.sh", PackageResources.lab_verbs_sh),
        Frame("lab.sh", PackageResources.lab_sh, places: .lab),
        Frame("live.html", PackageResources.live_html, places: .live),
        Frame("lxd-adopt.sh", PackageResources.lxd_adopt_sh, places: .client),
        Frame("lxd-forms.sh", PackageResources.lxd_forms_sh, places: .client),
        Frame("lxd-persist.sh", PackageResources.lxd_persist_sh, places: .client),
        Frame("lxd.sh", PackageResources.lxd_sh, places: .client),
        Frame("plain.sh", PackageResources.plain_sh, places: .plain),
        Frame("pretence.sh", PackageResources.pretence_sh),
        Frame("proofs.sh", PackageResources.proofs_sh),
        Frame("questions.sh", PackageResources.questions_sh),
        Frame("reach.html", PackageResources.reach_html, places: .reach),
        Frame("removal.sh", PackageResources.removal_sh),
        Frame("report.css", PackageResources.report_css),
        Frame("report.html", PackageResources.report_html, places: .report),
        Frame("report-figures.js", PackageResources.report_figures_js),
        Frame("report-page.js", PackageResources.report_page_js),
        Frame("report-trace.js", PackageResources.report_trace_js),
        Frame("requirements.sh", PackageResources.requirements_sh),
        Frame("rollback.sh", PackageResources.rollback_sh),
        Frame("routed.topo", PackageResources.routed_topo, places: .start),
        Frame("site.yml", PackageResources.site_yml),
        Frame("snapshot.sh", PackageResources.snapshot_sh),
        Frame("together.sh", PackageResources.together_sh),
        Frame("uml-init.sh", PackageResources.uml_init_sh),
        Frame("uml.sh", PackageResources.uml_sh),
        Frame("units.sh", PackageResources.units_sh, places: .client),
        Frame("up.sh", PackageResources.up_sh, places: .up),
        Frame("virtualbox.sh", PackageResources.virtualbox_sh, places: .virtualBox),
        Frame("vxlan.topo", PackageResources.vxlan_topo, places: .start),
        Frame("watch.html", PackageResources.watch_html, places: .waiting),
    ]

    /// The frame of a name; nil where there is none.
    static func named(_ name: String) -> Frame? {
        all.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
}
