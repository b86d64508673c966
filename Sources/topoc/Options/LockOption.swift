import ArgumentParser
import TopoDiagnostics

/// Where the lock of a topology is: what was chosen for each `address: auto`, and for networks.
struct LockOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The lock of the topology's automatic addresses; by default FILE.lock, beside the topology.",
            valueName: "lock"),
        completion: .file())
    var lock: String?

    /// Reads a topology with its lock.
    /// - Throws: `FileError`.
    func read(_ topology: String) throws(FileError) -> SourceFile { try readTopology(topology, lock: lock) }

    /// Writes the lock of a topology.
    /// - Throws: `FileError`, and `UsageError` where standard input has none.
    func write(_ bytes: [UInt8], of topology: String) throws {
        guard lock != nil || !isStandardInput(topology) else {
            throw UsageError(
                "standard input has no lock beside it, in which automatic addresses are kept: add --lock FILE")
        }
        try writeResult(bytes, to: lock ?? lockPath(of: topology))
    }

    /// Refuses one lock for several topologies.
    /// - Throws: `UsageError`.
    func checkUse(by topologies: [String]) throws {
        guard lock == nil || topologies.count == 1 else {
            throw UsageError("--lock names the lock of one topology: name one, not \(topologies.count)")
        }
    }
}
