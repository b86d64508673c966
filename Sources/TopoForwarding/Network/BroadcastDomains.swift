import TopoNetwork

/// What is joined at layer 2: sets of interfaces and LANs (a union-find, with halving of paths), and where they have loops.
struct BroadcastDomains: Sendable {
    private var parents: [Int]
    private let interfaces: Int
    private var loops: Set<Int> = []
    /// The domains of frames that interfaces send without a tag, where VLANs divide what is joined.
    private var untagged: [Int]?

    /// Every interface and LAN for itself.
    init(interfaces: Int, lans: Int) {
        parents = Array(0..<(interfaces + lans))
        self.interfaces = interfaces
    }

    /// The vertex of a LAN, for `join`; an interface's is its number.
    func vertex(ofLAN lan: Int) -> Int { interfaces + lan }

    /// The number of an interface's domain.
    func domain(ofInterface interface: Int) -> Int { untagged?[interface] ?? root(interface) }

    /// Joins two vertices.
    /// - Returns: false where they already were joined: a loop.
    @discardableResult
    mutating func join(_ left: Int, _ right: Int) -> Bool {
        let (first, second) = (compress(left), compress(right))
        if first == second { return false }
        parents[max(first, second)] = min(first, second)
        return true
    }

    /// Whether frames go round in a domain.
    func hasLoop(_ domain: Int) -> Bool { loops.contains(domain) }

    /// Notes that the domains of these vertices have loops; call it once everything is joined.
    mutating func noteLoops(at vertices: [Int]) { loops = Set(vertices.map { root($0) }) }

    /// Takes the domains that VLANs divide all into; call it last.
    /// - Parameter loops: the vertices at which what passes tags on as they are has a loop: every VLAN there has.
    mutating func divide(by tagged: TaggedDomains, loops: [Int]) {
        let copy = self
        let wire = { (vertex: Int) in copy.root(vertex) }
        untagged = (0..<interfaces).compactMap { tagged.domain(of: $0, wire: wire) }
        let onWires = loops.flatMap { vertex in
            ([0] + (tagged.tags[wire(vertex)] ?? [])).compactMap { tagged.domain(of: vertex, $0, wire: wire) }
        }
        let across = tagged.loops.compactMap { tagged.domain(of: $0.element, $0.tag, wire: wire) }
        self.loops = Set(onWires + across)
    }

    /// The vertex that stands for what passes a vertex's frames on as they are.
    func wire(of vertex: Int) -> Int { root(vertex) }

    /// Points every vertex at its domain, so that later lookups take one step.
    mutating func flatten() {
        for vertex in parents.indices { parents[vertex] = compress(vertex) }
    }

    private func root(_ vertex: Int) -> Int {
        var vertex = vertex
        while parents[vertex] != vertex { vertex = parents[vertex] }
        return vertex
    }

    private mutating func compress(_ vertex: Int) -> Int {
        var vertex = vertex
        while parents[vertex] != vertex {
            parents[vertex] = parents[parents[vertex]]
            vertex = parents[vertex]
        }
        return vertex
    }
}
