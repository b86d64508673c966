import ArgumentParser

/// The command.
@main
struct Topoc: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topoc", abstract: "Compiles a topology file into the scripts and figures of a container network.")
}
