import TopoDiagnostics
import TopoModel
import TopoNetwork

/// What the rules have found so far, and what they have spoken of.
struct Findings {
    /// A subnet on a segment.
    struct SubnetPlace: Hashable {
        let prefix: Prefix
        let segment: Int
    }

    /// The findings, in the order of the rules.
    private(set) var diagnostics: [Diagnostic] = []
    /// Indices in `Network.addresses` of those that a message is about already.
    private(set) var addresses: Set<Int> = []
    /// Subnets that a message is about already.
    private(set) var subnets: Set<SubnetPlace> = []

    /// Segments whose routing follows from something that a message is about already.
    private var spoken: Set<Int> = []
    /// Rings of routers that a message is about already, the lowest first.
    private(set) var loops: Set<[Int]> = []

    /// Adds a finding about these addresses; later rules leave them out.
    mutating func add(_ diagnostic: Diagnostic, about addresses: [Int] = []) {
        diagnostics.append(diagnostic)
        self.addresses.formUnion(addresses)
    }

    /// Leaves a subnet out of what later rules compare.
    mutating func settle(_ subnet: SubnetPlace) { subnets.insert(subnet) }

    /// Leaves a segment's routing out of what later rules conclude.
    mutating func settle(segment: Int) { spoken.insert(segment) }

    /// Leaves a ring of routers out.
    mutating func settle(loop: [Int]) { loops.insert(loop) }

    /// The segments of all that messages are about.
    func segments(in network: Network) -> Set<Int> {
        spoken.union(addresses.map { network.addresses[$0].segment }).union(subnets.map(\.segment))
    }
}
