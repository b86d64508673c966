import TopoDiagnostics
import TopoModel

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

    /// Adds a finding about these addresses; later rules leave them out.
    mutating func add(_ diagnostic: Diagnostic, about addresses: [Int] = []) {
        diagnostics.append(diagnostic)
        self.addresses.formUnion(addresses)
    }

    /// Leaves a subnet out of what later rules compare.
    mutating func settle(_ subnet: SubnetPlace) { subnets.insert(subnet) }
}
