import ArgumentParser

/// The kernel that a lab runs in.
enum Kernel: String, CaseIterable, ExpressibleByArgument {
    /// The machine's own.
    case machine
    /// One of its own: user-mode Linux.
    case uml
}
