internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoTemplates
internal import TopoText

/// Fills the frames of `up.sh` and `down.sh` for one host.
struct HostScripts {
    let builder: SectionBuilder
    let templates: Templates
    /// The changes of the host, in order.
    let sections: [Section]

    init(builder: SectionBuilder, templates: Templates) {
        self.builder = builder
        self.templates = templates
        sections = builder.sections()
    }

    /// What the frame of `up.sh` itself calls.
    private static let usedByUp =
        "quoted run undo_all forget problem need roll_back watch ask guard_stale converge settle_routes share"
        + " see_journal trust_journal mend_journal begin_run remember_back"

    private var plan: Plan { builder.plan }
    private var client: InstanceClient { builder.bridgeVerbs.client }
    private var host: HostPlan { builder.host }
    private var functions: ShellFunctions { templates.functions(for: client.words) }

    /// The text of `up.sh`.
    func up() -> String {
        let steps = sections.flatMap(\.steps)
        let checks = HostChecks(builder: builder).calls().map(shellLine)
        let body = steps.flatMap(\.lines)
        let adopts = builder.adopts
        return render(
            "up.sh",
            // All undos: what is undone first may be of an earlier build, with things that this one no longer makes.
            functionsFor: checks + body + functions.undos + [HostScripts.usedByUp] + (adopts ? ["lend"] : []),
            [
                "questions": .text(shellWord(HostScripts.list(steps.compactMap { $0.test?.first }))),
                "actions": .text(
                    shellWord(HostScripts.list(steps.flatMap(\.first).filter(HostScripts.isAction).map { $0[0] }))),
                "adopts": .flag(adopts),
                "handsOver": .flag(checks.contains { $0.begins(with: "can_hand_over ") }),
                "product": .text(client.product),
                "descriptionLines": .texts(lines(plan.description) + lines(host.description)),
                "checks": .texts(checks),
                "sections": .list(
                    sections.map { section in
                        [
                            "title": .text(shellComment(section.title)),
                            "comments": .texts(section.comments.map(shellComment)),
                            "lines": .texts(section.steps.flatMap(\.lines)),
                        ]
                    }),
                "doneWord": .text(shellWord("\(host.name): up")),
            ])
    }

    /// The text of `down.sh`.
    func down() -> String {
        let steps = sections.flatMap(\.steps)
        var seen: Set<String> = []
        let undone = steps.flatMap { step in
            step.first.compactMap(undo) + (step.undo.map { [shellLine($0)] } ?? [])
        }.filter { seen.insert($0).inserted }
        let outliving = outliving()
        let needs = HostChecks(builder: builder).calls().filter { $0.first == "need" }.map(shellLine)
        return render(
            "down.sh",
            // All undos: the journal may be of an earlier build, with things that this one no longer makes.
            functionsFor: functions.undos + outliving + needs + [
                "quoted run undo_all forget see_journal trust_journal mend_journal problem"
            ],
            [
                "needs": .texts(needs),
                "undone": .texts(undone.reversed().map(shellComment)),
                "outlives": .texts(outliving),
                "hasOutliving": .flag(!outliving.isEmpty),
                "nothingWord": .text(shellWord("\(host.name): nothing to undo")),
                "doneWord": .text(shellWord("\(host.name): down")),
            ])
    }

    /// The undo that a line before a change writes down: `undo …` and `note …` themselves, `keep_…`, `pass_…` and `plug …`
    /// others; nil for what has none.
    private func undo(_ line: [String]) -> String? {
        let (name, words) = (line.first ?? "", Array(line.dropFirst()))
        switch name {
        case "undo": return shellLine(words)
        case "note": return words.first
        case "plug": return shellLine(["delete_link"] + words.dropFirst(2).prefix(1))
        case _ where name.begins(with: "pass_"): return shellLine(["delete_passage"] + words.prefix(1))
        // What is kept of a container's is for an edit alone.
        case "keep_setting": return nil
        case _ where name.begins(with: "keep_"):
            return "put_back_" + shellLine([String(Substring(name.utf8.dropFirst(5)))] + words)
        default: return nil
        }
    }

    /// Whether a line before a change writes down no undo of its own.
    private static func isAction(_ line: [String]) -> Bool {
        let name = line.first ?? ""
        return !["undo", "note", "plug"].contains(name) && !name.begins(with: "keep_") && !name.begins(with: "pass_")
    }

    /// Names, each once, sorted, between spaces.
    private static func list(_ names: [String]) -> String { Set(names).sorted().joined(separator: " ") }

    /// The lines that put into the journal again what outlives it.
    private func outliving() -> [String] {
        let networks: [(test: [String], undo: [String])] = host.objects.compactMap { planned in
            guard case .bridge(let bridge) = planned.object, bridge.manager == .lxd else { return nil }
            return (["is_our_network", bridge.name], ["delete_network", bridge.name])
        }
        let bridges = host.bridges.filter(builder.mayBeDockers).flatMap { bridge in
            // It is not deleted while it has ports that are others'.
            let ports = host.nics.filter { $0.bridge == bridge.name }
                .map { builder.bridgeVerbs.removal(of: $0.name, from: bridge.name) }
            return ([builder.bridgeVerbs.deletion(of: bridge.name)] + ports)
                .map { (test: ["is_our_docker_network", bridge.name], undo: $0) }
        }
        let dockers = builder.dockerNetworks.map {
            (test: ["is_our_docker_network", $0.name], undo: ["delete_docker_network", $0.name])
        }
        let containers = builder.containers.compactMap { builder.verbs(of: $0).outliving($0) }
        return (networks + bridges + dockers + containers).map {
            "! \(shellLine($0.test)) || remember \(shellLine($0.undo))"
        }
    }

    private func render(_ name: String, functionsFor texts: [String], _ values: [String: Filling]) -> String {
        let settings: [String: Filling] = [
            "state": .text(shellWord("/run/topoc/\(plan.name)/\(host.name)")),
            "owner": .text(shellQuoted("\(plan.name)/\(host.name)")),
            "hostComment": .text(shellComment(host.name)),
            "titleComment": .text(shellComment("\"\(plan.title)\"")),
        ]
        let merged = settings.merging(values) { _, new in new }
        let used = functions.used(by: texts)
        let needsOwner: [String: Filling] = ["needsOwner": .flag(used.contains { $0.readsOwner })]
        let common: [String: Filling] = [
            "common": .text(templates.render("common.sh", merged.merging(needsOwner) { _, new in new })),
            "functions": .text(used.map(\.text).joined(separator: "\n\n")),
        ]
        return templates.render(name, merged.merging(common) { _, new in new })
    }

    private func lines(_ text: String?) -> [String] {
        (text ?? "").parts(at: "\n").filter { !$0.isEmpty }.map(shellComment)
    }
}
