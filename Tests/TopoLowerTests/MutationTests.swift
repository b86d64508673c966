import Foundation
import Testing
import TopoDiagnostics
import TopoLower
import TopoModel
import TopoSyntax

@Suite("One mistake at any place")
struct MutationTests {
    /// The four topologies, all of whose values and keys are broken one after the other.
    private func trees() throws -> [Node] {
        try ["routed", "bridged", "gre", "vxlan"].map { name in
            try #require(yamlTree(Array(try topologyText(name).utf8)))
        }
    }

    /// Every tree that differs from `node` in one value, which `mutate` replaced.
    private func mutants(of node: Node, _ mutate: (Node) -> [Node]) -> [Node] {
        var mutants = mutate(node)
        switch node.content {
        case .scalar: break
        case .sequence(let items):
            for (index, item) in items.enumerated() {
                mutants += self.mutants(of: item, mutate).map { mutant in
                    var changed = items
                    changed[index] = mutant
                    return Node(.sequence(changed), at: node.span)
                }
            }
        case .mapping(let entries):
            for (index, entry) in entries.enumerated() {
                mutants += self.mutants(of: entry.value, mutate).map { mutant in
                    var changed = entries
                    changed[index] = Node.Entry(key: entry.key, keySpan: entry.keySpan, value: mutant)
                    return Node(.mapping(changed), at: node.span)
                }
            }
        }
        return mutants
    }

    @Test("a value of another type gives one message")
    func otherTypes() throws {
        for tree in try trees() {
            let broken = mutants(of: tree) { node in
                switch node.content {
                case .scalar: [Node(.sequence([Node(.sequence([]), at: node.span)]), at: node.span)]
                case .sequence, .mapping: [Node(.scalar("3 words here", isQuoted: true), at: node.span)]
                }
            }
            for mutant in broken {
                let outcome = lower(mutant)
                #expect(
                    outcome.diagnostics.count == 1, "\(outcome.diagnostics.map { "\($0.message) \($0.primary.span)" })")
            }
        }
    }

    @Test("a misspelt key gives one message")
    func misspeltKeys() throws {
        let known = Set(ElementKind.allCases.flatMap { $0.keys.map(\.name) })
        for tree in try trees() {
            let broken = mutants(of: tree) { node in
                guard case .mapping(let entries) = node.content else { return [] }
                return entries.indices.filter { known.contains(entries[$0].key) }.map { index in
                    var changed = entries
                    let entry = entries[index]
                    changed[index] = Node.Entry(key: entry.key + "x", keySpan: entry.keySpan, value: entry.value)
                    return Node(.mapping(changed), at: node.span)
                }
            }
            #expect(broken.count > 30)
            for mutant in broken {
                let outcome = lower(mutant)
                #expect(
                    outcome.diagnostics.count == 1, "\(outcome.diagnostics.map { "\($0.message) \($0.primary.span)" })")
            }
        }
    }
}

/// The text of a topology that comes with topoc.
func topologyText(_ name: String) throws -> String {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    return try String(contentsOf: package.appending(path: "topologies/\(name).topo"), encoding: .utf8)
}
