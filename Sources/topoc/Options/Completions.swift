import ArgumentParser
import TopoDiagnostics
import TopoDriver
import TopoExplain
import TopoForwarding
import TopoPlan
internal import TopoText

extension CompletionKind {
    /// Topology files, by their ending.
    static var topologies: CompletionKind { .file(extensions: ["topo"]) }

    /// The codes that messages have.
    static var codes: CompletionKind { .list(diagnosticPages.map(\.code)) }

    /// The hosts and containers of the topology file that the command line names.
    static var nodes: CompletionKind { .custom { words, _, _ in nodeNames(of: words) } }
}

/// The names of the hosts and containers of the first topology file among some words; none where it cannot be read.
func nodeNames(of words: [String]) -> [String] {
    guard let file = words.first(where: { $0.ends(with: ".topo") }), let source = try? readTopology(file),
        let prediction = examine(source, despiteErrors: true, sampling: false).output?.prediction
    else { return [] }
    let nodes = prediction.nodes
    let short = nodes.compactMap(\.container)
    // "c1" where one container alone is called so, as the commands take it.
    return nodes.map { node in
        guard let container = node.container, short.count(where: container.isSame) == 1 else { return node.description }
        return container
    }
}
