import TopoModel

/// An automatic address that is wanted, or a link's subnet.
struct WantedAddress {
    let site: AddressSite
    let subnets: [Prefix]
    /// Those that it is given, in the order of the subnets.
    var given: [InterfaceAddress?]
    /// Those that the lock has for it, and that it cannot have.
    var lost: [InterfaceAddress] = []

    var isContainer: Bool {
        switch site.subject {
        case .nic, .bridge, .network(_, isContainer: false): false
        case .container, .link, .network(_, isContainer: true): true
        }
    }

    var isLink: Bool { if case .link = site.subject { true } else { false } }

    /// The network whose addresses are apart from all others'; nil where they are not.
    var scope: String? {
        switch site.subject {
        case .nic, .bridge, .container: nil
        case .network(let part, _), .link(let part): part.isApart ? part.network : nil
        }
    }
}

/// An address, or subnet, with the network that it is apart in.
struct Scoped<Value: Hashable>: Hashable {
    let value: Value
    let network: String?
}
