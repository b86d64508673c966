internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoTemplates
internal import TopoText

/// Fills the frame of `install.sh` for one host.
struct InstallScript {
    let host: HostPlan
    let plan: Plan
    let units: HostUnits
    let settings: SettingsFile?
    /// The name of the files of NAT, without their endings; nil where there are none.
    let nat: String?
    /// The name of the service of announced addresses, without its ending; nil where there is none.
    let announcements: String?
    let templates: Templates

    /// All undos: the journal may be of an earlier build, with things that this one no longer has.
    private static let undos = [
        "take_down", "remove_address", "release_port", "delete_link", "put_back_mtu", "put_back_mac",
        "put_back_forwarding", "put_back_setting", "remove_route", "put_back_route", "uninstall_file",
        "disable_at_boot", "reread",
        "stop_networkd",
        "reset_settings", "remove_nat_service", "put_back_services",
    ]

    /// The text of `install.sh`.
    func text() -> String {
        let checks = InstallChecks(host: host, units: units, settings: settings, nat: nat, announcements: announcements)
            .calls.map(shellLine)
        let former = FormerState(host: host, units: units).lines
        let files = units.files.map(\.name)
        let lines =
            [shellLine(["drop_others"] + files + (nat.map { ["\($0).nft"] } ?? []))]
            + files.map { shellLine(["place_unit", $0]) } + settingLines
            + serviceLines
        let body =
            checks + former + lines + InstallScript.undos + [
                "quoted run await_links keep_networkd networkd_runs enable_at_boot undo_all roll_back begin_run watch ask forget problem drop_nat"
            ]
        let client = InstanceClient(of: host)
        let values: [String: Filling] = [
            "state": .text(shellWord("/var/lib/topoc/\(plan.name)/\(host.name)")),
            "owner": .text(shellQuoted("\(plan.name)/\(host.name)")),
            "hostComment": .text(shellComment(host.name)),
            "titleComment": .text(shellComment("\"\(plan.title)\"")),
            "checks": .texts(checks), "former": .texts(former), "units": .texts(lines),
            "links": .text(shellLine(units.links.isEmpty ? ["lo"] : units.links)),
            "functions": .text(
                templates.functions(for: client.words).used(by: body).map(\.text).joined(separator: "\n\n")),
            "doneWord": .text(shellWord("\(host.name): installed")),
            "goneWord": .text(shellWord("\(host.name): uninstalled")),
            "nothingWord": .text(shellWord("\(host.name): nothing to uninstall")),
        ]
        let common = ["common": Filling.text(templates.text("common.sh"))]
        return templates.render("install.sh", values.merging(common) { _, new in new })
    }

    /// Services of an earlier build go first.
    private var serviceLines: [String] {
        let own = [nat, announcements].compactMap { $0.map { "\($0).service" } }
        return [
            ["drop_nat", own.joined(separator: " ")], nat.map { ["place_nat", $0] },
            announcements.map { ["place_announcements", $0] },
        ]
        .compactMap { $0.map(shellLine) }
    }

    private var settingLines: [String] {
        guard let settings else { return [] }
        let place = shellWord("/etc/sysctl.d/\(settings.name)")
        let tests = settings.values.map { shellLine(["is_set", $0.key, $0.value]) }.joined(separator: " && ")
        return [shellLine(["place_setting", settings.name]), "{ \(tests); } || run sysctl -q -p \(place)"]
    }
}
