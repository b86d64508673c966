import Glibc
import TopoEmit
import TopoTemplates

/// A lab in a kernel of its own, started for it and ended with it.
struct UserModeLinux {
    /// The templates, for the script that starts the kernel and the one that the kernel starts.
    let templates: Templates
    /// After how many seconds the kernel is ended, whatever it is at.
    let timeout: Int

    private static let scripts = ["uml.sh", "uml-init.sh"]

    /// Brings a topology up in a new kernel, tests it or runs a command in it, and ends the kernel.
    /// - Parameters:
    ///   - folder: the compiled topology.
    ///   - place: a folder beside it, for the kernel's own files, gone when this returns.
    ///   - options: how to bring it up, in the words of `lab.sh`.
    ///   - command: a host or container and a command, or nothing for the checks.
    /// - Returns: the exit status of the lab's script; 128 and the signal's number where topoc itself was asked to stop.
    /// - Throws: `FileError`.
    func run(_ folder: String, place: String, options: [String], command: [String]) throws(FileError) -> Int32 {
        // The topology's folder may have any name, but none that begins with a dot.
        let own = try OutputFolder(".kernel", in: place)
        defer { own.removeWhatCanBe() }
        _ = try own.write(
            UserModeLinux.scripts.map { Artifact(path: $0, isExecutable: true, contents: templates.text($0)) },
            isPartial: false)
        if ProgressLine.isWanted {
            StandardStream.say("user-mode Linux is booting; a lab in it takes from half a minute to a minute\n")
        }
        let process = ChildProcess(command: ["sh", "\(own.path)/uml.sh", folder, String(timeout)] + options + command)
        let end = try process.run()
        return end.interruption.map { 128 + $0 } ?? end.status
    }
}
