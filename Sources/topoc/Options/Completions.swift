import ArgumentParser

extension CompletionKind {
    /// Topology files, by their ending.
    static var topologies: CompletionKind { .file(extensions: ["topo"]) }
}
