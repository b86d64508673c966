public import TopoEmit

/// What compiling a topology gives: its files, and the name of the folder for them.
public struct Compilation: Sendable, Hashable {
    /// The topology's name.
    public let name: String
    /// The files, by backend, then in the order of the plan.
    public let artifacts: [Artifact]
    /// The lock of its automatic addresses, to be written beside the topology; nil where the one that is there will do.
    public let newLock: [UInt8]?
    /// True where the topology has errors, and was to be compiled despite them.
    public let isWrong: Bool
}
