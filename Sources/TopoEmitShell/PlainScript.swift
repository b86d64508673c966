internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoTemplates
internal import TopoText

/// Fills the frame of `plain.sh`: the commands that `up.sh` runs on a host where nothing of the topology is, in their order. It
/// refuses options, and is not executable: who tries it with `--help` must not have run it.
struct PlainScript {
    let host: HostPlan
    let plan: Plan
    /// What up.sh has.
    let sections: [Section]
    let templates: Templates

    /// The text of `plain.sh`.
    func text() -> String {
        let sections = sections.map { section in
            (section: section, lines: section.steps.flatMap(\.plainLines))
        }.filter { !$0.lines.isEmpty }
        return templates.render(
            "plain.sh",
            [
                "hostComment": .text(shellComment(host.name)),
                "titleComment": .text(shellComment("\"\(plan.title)\"")),
                "sections": .list(
                    sections.map { entry in
                        [
                            "title": .text(shellComment(entry.section.title)),
                            "comments": .texts(entry.section.comments.map(shellComment)),
                            "lines": .texts(entry.lines),
                        ]
                    }),
            ])
    }
}

extension Step {
    /// The commands as a person types them, without a question or an undo.
    fileprivate var plainLines: [String] {
        if isBeside { return [] }
        let plugs = first.filter { $0.first == "plug" }.map { call in
            shellLine(["ip", "link", "add"] + call.dropFirst(2)) + " netns \(Step.process(of: call[1]))"
        }
        return (plugs + commands.map(Step.plainLine)).flatMap { Step.wrapped($0, indent: "") }
    }

    /// A command; in the network of a Docker container by `nsenter(1)`, as `in_docker` does.
    private static func plainLine(_ command: [String]) -> String {
        guard command.first == "in_docker", command.count > 1 else { return shellLine(command) }
        return "nsenter --target \(process(of: command[1])) --net " + shellLine(Array(command.dropFirst(2)))
    }

    /// The first process of a Docker container, whose network is the container's.
    private static func process(of container: String) -> String {
        "\"$(docker inspect --format '{{.State.Pid}}' " + shellWord(container) + ")\""
    }
}
