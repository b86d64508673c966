public import ArgumentParser
import TopoDiagnostics
public import TopoDriver
internal import TopoText

/// `topoc init`: writes a topology file to start from.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a small commented topology file to start from.",
        discussion: """
            It writes NAME.topo into the current folder, with two hosts and three containers, and never overwrites a \
            file. The containers are bare network namespaces, so you can try it at once with "topoc lab run \
            NAME.topo".

            Kinds: bridged (all containers in the hosts' own LAN), routed (each host routes for its containers), \
            gretap and vxlan (one LAN of containers in a tunnel between the hosts).

            Examples:
              topoc init
              topoc init --kind vxlan lab1
            """)

    @Argument(help: "The topology's name; by default that of its kind.")
    var name: String?

    @Option(help: "The kind of network.")
    var kind = StartKind.routed

    @Option(
        help: ArgumentHelp("Use the templates in this folder instead of the built-in ones.", valueName: "folder"),
        completion: .directory)
    var templates: String?

    @OptionGroup var quiet: QuietOption

    func run() throws {
        let name = name.map(withoutEnding) ?? kind.rawValue
        if let fault = nameFault(ofTopology: name) {
            throw UsageError("\"\(visiblePath(name))\" cannot be a topology's name: it \(fault)")
        }
        let start = startTopology(kind, name: name, templates: try readFrames(templates))
        try writeNewFile(start.bytes, to: start.path)
        try quiet.say("\(start.path): written; try it with \"topoc lab run \(start.path)\"\n")
    }

    /// Whoever names the file means the topology.
    private func withoutEnding(_ name: String) -> String {
        name.ends(with: ".topo") ? String(Substring(name.utf8.dropLast(5))) : name
    }
}

extension StartKind: ExpressibleByArgument {}
