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
        templates.render(
            "plain.sh",
            [
                "hostComment": .text(shellComment(host.name)),
                "titleComment": .text(shellComment("\"\(plan.title)\"")),
                "commands": .texts(sections.commandList),
            ])
    }
}

extension [Section] {
    /// The list of the commands, with its titles and comments, a line each.
    var commandList: [String] {
        flatMap { section in
            ["", "# --- \(shellComment(section.title)) ---"]
                + section.comments.map { "# " + shellComment($0) } + section.commands.flatMap(\.lines)
        }
    }
}
