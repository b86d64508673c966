internal import TopoModel
internal import TopoPlan

/// What is predicted of the packets from one host or container to an address.
struct ExpectationDocument: Encodable {
    struct Hop: Encodable {
        let name: String
        let addresses: [String]
    }

    let from: String
    let to: String
    let address: String
    let reaches: Bool
    let hops: [Hop]?
    let mtu: Int?
    let reason: String?
    let stated: Bool

    init(_ expectation: Expectation) {
        from = expectation.source.description
        to = expectation.target.description
        address = expectation.address.description
        stated = expectation.isStated
        switch expectation.result {
        case .reaches(let hops, let mtu):
            reaches = true
            self.hops = hops.map { Hop(name: $0.name, addresses: $0.addresses.map(\.description)) }
            self.mtu = mtu
            reason = nil
        case .fails(let reason):
            reaches = false
            hops = nil
            mtu = nil
            self.reason = reason
        }
    }
}
