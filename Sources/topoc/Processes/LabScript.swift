/// The compiled `lab.sh` of a topology.
struct LabScript {
    /// The script's path.
    let path: String

    /// The script in a topology's output folder.
    init(folder: String) { path = "\(folder)/lab.sh" }

    /// Runs one of its verbs.
    /// - Returns: its exit status; 128 and the signal's number where topoc itself was asked to stop meanwhile.
    /// - Throws: `FileError` where it cannot be started.
    func run(_ verb: String, _ arguments: [String] = [], isShielded: Bool = false) throws(FileError) -> Int32 {
        var process = ChildProcess(command: ["sh", path, verb] + arguments)
        process.isShielded = isShielded
        let end = try process.run()
        return end.interruption.map { 128 + $0 } ?? end.status
    }

    /// Runs one of its verbs, and ends topoc with its status.
    /// - Throws: `FileError` where it cannot be started.
    func end(_ verb: String, _ arguments: [String] = []) throws(FileError) -> Never {
        Status.end(with: try run(verb, arguments))
    }
}
