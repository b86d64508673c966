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

    /// What each `up.sh` calls, whatever its list: the engine is the same for the same kinds of containers.
    private static let engine = """
        quoted run forget_asked learn_started look_inside undo_all forget problem roll_back watch ask guard_stale converge settle_routes share see_journal
        trust_journal mend_journal begin_run remember_back state_words snapshot together translates translate form_words ip_forms pass_within pass_between pass_dockers
        need need_link need_mtu need_bridge need_type need_nat need_vlan need_filtering need_filter_on need_macvlan free_link free_port free_address free_netns free_parent
        can_hand_over guard guard_settings guard_route guard_addresses
        """

    /// What it calls where there are instances of LXD or Incus.
    private static let engineOfInstances = """
        instance_forms lasts find_manager write_for lend need_daemon free_container free_network stray_instances
        """

    /// What it calls where there are containers of Docker's.
    private static let engineOfDocker = """
        docker_forms need_docker need_docker_macs free_docker free_docker_network free_or_dockers stray_dockers
        """

    private var plan: Plan { builder.plan }
    private var client: InstanceClient { builder.bridgeVerbs.client }
    private var host: HostPlan { builder.host }
    private var functions: ShellFunctions { templates.functions(for: client.words) }

    /// The text of `up.sh`.
    func up() -> String {
        let persistence = builder.persistence()
        let (instances, docker) = (builder.adopts, !builder.dockers.isEmpty)
        return render(
            "up.sh",
            // All undos: what is undone first may be of an earlier build, with things that this one no longer makes.
            functionsFor: functions.undos + [HostScripts.engine]
                + (instances ? [HostScripts.engineOfInstances] : []) + (docker ? [HostScripts.engineOfDocker] : []),
            [
                "instances": .flag(instances),
                "docker": .flag(docker),
                "product": .text(client.product),
                "host": .text(shellWord(host.name)),
                "families": .text(shellWord(builder.wide.families.map(\.option).joined(separator: " "))),
                "descriptionLines": .texts(lines(plan.description) + lines(host.description)),
                "commands": .texts(Array(sections.commandList.dropFirst())),
                "checks": .texts(HostChecks(builder: builder).calls().map(shellLine)),
                "persists": .flag(instances),
                "persistence": .list(
                    persistence.map { ["pattern": .text(shellWord($0.name)), "lines": .texts($0.lines)] }),
                "passages": .texts(Passage(through: host, of: builder.wide).calls.map(shellLine)),
            ])
    }

    /// The text of `down.sh`.
    func down() -> String {
        let outliving = outliving()
        let needs = HostChecks(builder: builder).calls().filter { $0.first == "need" }.map(shellLine)
        let (instances, docker) = (builder.adopts, !builder.dockers.isEmpty)
        return render(
            "down.sh",
            // All undos: the journal may be of an earlier build, with things that this one no longer makes.
            functionsFor: functions.undos + outliving + needs + [
                "quoted run forget_asked learn_started look_inside undo_all forget see_journal trust_journal mend_journal problem",
                instances ? "stray_instances" : "", docker ? "stray_dockers" : "",
                instances || docker ? "remember_all" : "",
            ],
            [
                "needs": .texts(needs),
                "outlives": .texts(outliving),
                "instances": .flag(instances),
                "docker": .flag(docker),
                "marks": .flag(instances || docker),
                "nothingWord": .text(shellWord("\(host.name): nothing to undo")),
                "doneWord": .text(shellWord("\(host.name): down")),
            ])
    }

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
        let used = functions.used(by: texts)
        let engine: [String: Filling] = [
            "needsOwner": .flag(used.contains { $0.readsOwner }),
            "common": .text(templates.text("common.sh")),
            "functions": .text(used.map(\.text).joined(separator: "\n\n")),
        ]
        return templates.render(name, [settings, values, engine].reduce(into: [:]) { $0.merge($1) { _, new in new } })
    }

    private func lines(_ text: String?) -> [String] {
        (text ?? "").parts(at: "\n").filter { !$0.isEmpty }.map(shellComment)
    }
}
