import ArgumentParser
import Glibc
import TopoDriver
internal import TopoText

/// `topoc lab`: the whole topology on this machine, by its own `lab.sh`.
struct LabCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab", abstract: "Bring a topology up on this machine, hosts and all, and test it.",
        discussion: """
            Each host is a set of network namespaces in which its compiled scripts run as on a real host. You need \
            root. The exit status is that of the lab's script.
            """,
        subcommands: [Up.self, Test.self, Exec.self, Status.self, Down.self, Run.self])

    /// Compiles, writes and brings up.
    struct Up: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "up", abstract: "Compile the topology, write it and bring it up.")
        @OptionGroup var lab: LabOptions
        @OptionGroup var units: UnitsOption

        func run() throws { topoc.Status.end(with: try lab.bringUp(units.words)) }
    }

    /// Checks what is up.
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test", abstract: "Run every check in the lab that is up.")
        @OptionGroup var lab: LabOptions

        func run() throws { try lab.script().end("test") }
    }

    /// Runs a command inside.
    struct Exec: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "exec", abstract: "Run a command in a host or container of the lab that is up.",
            usage: "topoc lab exec <file> -- <host or container> <command> ...")
        @OptionGroup var lab: LabOptions
        @Argument(
            parsing: .postTerminator, help: "A host or container, and the command to run in it.", completion: .nodes)
        var command: [String]

        func run() throws { try lab.script().end("exec", command) }
    }

    /// Says what is up.
    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "Say what is up, since when and from which file.",
            discussion: """
                Without a file it lists every lab on this machine. It also says whether the file has changed since. \
                The exit status is 0 if everything is up, 1 if nothing or only part of it is.
                """)
        @Argument(help: "The topology file; by default all labs.", completion: .topologies)
        var file: String?

        @OptionGroup var options: CompileOptions

        func run() throws {
            var labs = try LabState.all()
            if let file {
                let path = resolvedPath(file)
                let own = labs.filter { lab in path.map { lab.origin?.path.isSame(as: $0) == true } ?? false }
                let name = own.isEmpty ? try options.name(of: file) : nil
                labs = name.map { name in labs.filter { $0.name.isSame(as: name) } } ?? own
            }
            if labs.isEmpty { try options.say("nothing is up\n") }
            for lab in labs { try options.say(lab.report(now: time(nil))) }
            guard !labs.isEmpty, labs.allSatisfy(\.isComplete) else { throw topoc.Status.topologyHasErrors.thrown }
        }
    }

    /// Takes it down.
    struct Down: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "down", abstract: "Take the lab down.")
        @OptionGroup var lab: LabOptions

        func run() throws { topoc.Status.end(with: try lab.takeDown()) }
    }

    /// Does all of it.
    struct Run: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run", abstract: "Bring the topology up, test it, take it down; leave nothing.",
            usage: "topoc lab run [--units] [--kernel uml] <file> [-- <host or container> <command> ...]",
            discussion: """
                With --kernel uml it starts user-mode Linux and runs the lab in it, for types of interface that this \
                machine's kernel lacks. The command then starts in a copy of the compiled folder.
                """)
        @OptionGroup var lab: LabOptions
        @OptionGroup var units: UnitsOption

        @Option(help: "The kernel to run it in.")
        var kernel = Kernel.machine

        @Option(help: ArgumentHelp("Stop the lab's own kernel after so many (default: 300).", valueName: "seconds"))
        var timeout: Int?

        @Argument(parsing: .postTerminator, help: "Run this in a host or container instead of the checks.")
        var command: [String] = []

        func validate() throws {
            guard let timeout else { return }
            guard kernel == .uml else {
                throw ValidationError("--timeout ends a kernel of the lab's own: say --kernel uml with it")
            }
            guard 1...86400 ~= timeout else {
                throw ValidationError("--timeout \(timeout) is none: it takes 1 to 86400 seconds")
            }
        }

        func run() throws {
            topoc.Status.end(with: try lab.runOnce(command, in: try ownKernel(), options: units.words))
        }

        private func ownKernel() throws -> UserModeLinux? {
            switch kernel {
            case .machine: nil
            case .uml: UserModeLinux(templates: try lab.options.frames(), timeout: timeout ?? 300)
            }
        }
    }
}
