import Testing
import TopoDiagnostics
import TopoForwarding
import TopoModel
import TopoPlan

/// A node by its text: `host1`, `host1/c1`.
func node(_ text: String) -> NodeName {
    let parts = text.split(separator: "/").map(String.init)
    return NodeName(host: parts[0], container: parts.count > 1 ? parts[1] : nil)
}

extension Prediction {
    /// The path between two places that must be there.
    func path(_ source: String, _ address: String, size: Int = 84) throws -> Path {
        try #require(path(from: node(source), to: try IPAddress(address), size: size))
    }
}

extension Path {
    /// The routers on the way there.
    var way: [String] { routers.map(\.description) }
    /// The routers on the way back.
    var wayBack: [String] { back?.routers.map(\.description) ?? [] }
    /// All that frames cross, hop by hop.
    var steps: [LinkStep] { there.hops.flatMap(\.link) }
    /// The encapsulations on the way there.
    var encapsulations: [Encapsulation] {
        steps.compactMap { step in
            if case .tunnel(let encapsulation) = step { encapsulation } else { nil }
        }
    }
}

/// A check of two endpoints at a place.
func check(_ kind: (Endpoint, Endpoint) -> Check.Kind, _ from: String, _ to: String, at place: Int = 10) -> Check {
    func endpoint(_ text: String, _ start: Int) -> Endpoint {
        let name = node(text)
        return Endpoint(host: name.host, container: name.container, span: Span(start, start + 2))
    }
    return Check(kind(endpoint(from, place + 1), endpoint(to, place + 4)), at: Span(place, place + 8))
}

/// An interface by its node's text and its name.
func reference(_ node: String, _ name: String) -> InterfaceReference {
    InterfaceReference(node: TopoForwardingTests.node(node), name: name)
}

extension Ending {
    /// The ending that is expected.
    static func expected(_ reason: StopReason, _ node: String, _ origin: Span?) -> Ending {
        Ending(reason: reason, node: TopoForwardingTests.node(node), origin: origin)
    }
}
