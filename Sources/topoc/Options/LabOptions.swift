import ArgumentParser
import Glibc
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoForwarding
import TopoNetwork
internal import TopoText

/// What every lab command takes: one topology file.
struct LabOptions: ParsableArguments {
    @Argument(help: "The topology file; - for standard input.", completion: .topologies)
    var file: String

    @OptionGroup var options: CompileOptions

    /// The lab's script that is in the output folder: what is up is what it describes, whatever the topology's file says
    /// by now.
    /// - Throws: `FileError`, `UsageError`, `ExitCode`.
    func script() throws -> LabScript {
        let script = LabScript(folder: "\(options.output)/\(try options.name(of: file))")
        guard access(ByteText.cString(script.path), F_OK) == 0 else {
            throw FileError(
                "run", script.path,
                because: "it is not there: \"topoc lab up \(visiblePath(file))\" writes it; -o says where, if elsewhere"
            )
        }
        return script
    }

    /// Compiles the topology, writes it into the output folder and brings it up.
    /// - Parameter words: how, in the words of `lab.sh`.
    /// - Returns: the status of the lab's script.
    /// - Throws: `FileError`, `UsageError`, `ExitCode`.
    func bringUp(_ words: [String]) throws -> Int32 {
        let source = try options.lock.read(file)
        let compilation = try compile(source, for: .ofThisMachine, isLocking: true)
        if !options.locked, let lock = compilation.newLock { try options.lock.write(lock, of: file) }
        let folder = try OutputFolder(compilation.name, in: options.output, isForced: options.force)
        let summary = try folder.write(compilation.artifacts, isPartial: false)
        try options.say("\(visiblePath(folder.path)): \(summary)\n")
        let script = LabScript(folder: folder.path)
        let hosts = compilation.artifacts.count { $0.path.ends(with: "/up.sh") && !$0.path.begins(with: "lab/") }
        let status =
            options.quiet.isSet
            ? try script.runQuietly("up", words, hosts: hosts, "bringing \(compilation.name) up")
            : try script.run("up", words)
        if status == 0 { LabState.note(source.path, source.bytes, of: compilation.name) }
        return status
    }

    /// Takes down what is up.
    /// - Returns: the status of the lab's script.
    /// - Throws: `FileError`, `UsageError`, `ExitCode`.
    func takeDown() throws -> Int32 {
        let script = try script()
        guard options.quiet.isSet else { return try script.run("down") }
        let name = script.path.folderAndName.folder.folderAndName.name
        return try script.runQuietly("down", [], hosts: LabState(name)?.hosts.count ?? 0, "taking \(name) down")
    }

    /// Brings the topology up from a folder of its own, tests it or runs a command in it, and takes it down, also
    /// where it was stopped half-way.
    /// - Parameters:
    ///   - kernel: how to run it in a kernel of its own; nil for that of the machine.
    ///   - options: how to bring it up, in the words of `lab.sh`.
    /// - Returns: the status of the first step that failed, or 0.
    /// - Throws: `FileError`, `UsageError`, `ExitCode`.
    func runOnce(_ command: [String], in kernel: UserModeLinux?, options words: [String]) throws -> Int32 {
        let compilation = try compile(try options.lock.read(file), for: kernel == nil ? .ofThisMachine : .init())
        let place = try OwnFolder()
        let folder = try OutputFolder(compilation.name, in: place.path)
        defer { folder.removeWhatCanBe() }
        _ = try folder.write(compilation.artifacts, isPartial: false)
        if let kernel { return try kernel.run(folder.path, place: place.path, options: words, command: command) }
        let script = LabScript(folder: folder.path)
        var status = try script.run("up", words)
        if status == 0 { status = command.isEmpty ? try script.run("test") : try script.run("exec", command) }
        let down = try script.run("down", isShielded: true)
        return status == 0 ? down : status
    }

    /// Also a network that is wrong comes up, as an exercise, unless `--deny` is said; its errors are told.
    /// - Throws: `ExitCode` where there is nothing to build, after the errors are told.
    private func compile(
        _ source: SourceFile, for assumptions: KernelAssumptions, isLocking: Bool = false
    ) throws -> Compilation {
        let despiteErrors = options.despiteErrors || options.deny == nil
        guard
            let compilation = try options.compile(
                source, with: try options.frames(), isLocking: isLocking, despiteErrors: despiteErrors,
                assuming: assumptions)
        else {
            throw Status.topologyHasErrors.thrown
        }
        return compilation
    }
}

extension KernelAssumptions {
    /// What is known of the kernel that this runs on: the lab's hosts all have it.
    fileprivate static var ofThisMachine: KernelAssumptions {
        var system = utsname()
        guard uname(&system) == 0 else { return .init() }
        let release = withUnsafeBytes(of: system.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return .init(tunnelLevels: TunnelLevels.carried(byKernel: release))
    }
}
