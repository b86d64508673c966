import Testing
import TopoDiagnostics
import TopoLower
import TopoModel
import TopoSyntax

@Suite("Large topologies")
struct ScaleTests {
    @Test("20,000 containers, each found by its bridge and by a check")
    func manyContainers() throws {
        let nowhere = Span(0, 0)
        func scalar(_ text: String) -> Node { Node(.scalar(text, isQuoted: false), at: nowhere) }
        func mapping(_ entries: [(String, Node)]) -> Node {
            Node(.mapping(entries.map { Node.Entry(key: $0, keySpan: nowhere, value: $1) }), at: nowhere)
        }
        let containers = (0..<20_000).map { number in
            let address = "10.\(number >> 16).\(number >> 8 & 255).\(number & 255)/8"
            return ("c\(number)", mapping([("bridge", scalar("br0")), ("address", scalar(address))]))
        }
        let checks = (0..<19_999).map { number in
            mapping([("ping", Node(.sequence([scalar("c\(number)"), scalar("c\(number + 1)")]), at: nowhere))])
        }
        let host = mapping([("bridges", mapping([("br0", mapping([]))])), ("containers", mapping(containers))])
        let outcome = lower(
            mapping([
                ("topology", scalar("t")), ("runtime", scalar("netns")), ("hosts", mapping([("h1", host)])),
                ("checks", Node(.sequence(checks), at: nowhere)),
            ]))
        #expect(outcome.diagnostics.isEmpty)
        #expect(outcome.output?.hosts.first?.containers.count == 20_000)
        #expect(outcome.output?.checks.count == 19_999)
    }
}
