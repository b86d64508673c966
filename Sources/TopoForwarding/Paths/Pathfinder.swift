public import TopoModel

/// Finds many paths of one prediction, and remembers the links between them; what it remembers is bounded.
public struct Pathfinder {
    private var walker: Walker

    /// Begins to find paths of a prediction.
    public init(_ prediction: Prediction) {
        walker = Walker(prediction.network, assuming: prediction.assumptions)
    }

    /// The path of an echo request as ping(8) sends it, of 84 bytes, from a host or container to another, by the address that the one asks the
    /// other by, and of its answer.
    /// - Parameters:
    ///   - source: the number of who asks, in `Prediction.nodes`.
    ///   - target: the number of who is asked.
    ///   - family: IPv4 or IPv6.
    /// - Returns: the path; nil where one of them has no address of the family.
    public mutating func path(from source: Int, to target: Int, _ family: AddressFamily) -> Path? {
        guard let address = walker.address(of: target, family, seenFrom: source) else { return nil }
        return walker.pingPath(from: source, to: address)
    }

    /// The path of an echo request from a host or container to an address, and of its answer.
    /// - Parameters:
    ///   - source: the number of who asks, in `Prediction.nodes`.
    ///   - address: whom the request is for.
    ///   - size: the request's IP packet, in bytes.
    public mutating func path(from source: Int, to address: IPAddress, size: Int = 84) -> Path {
        walker.path(from: source, to: address, size: size)
    }

    /// The address by which one host or container asks another; nil where one of them has none of the family.
    public func address(of target: Int, _ family: AddressFamily, seenFrom source: Int) -> IPAddress? {
        walker.address(of: target, family, seenFrom: source)
    }
}

extension Prediction {
    /// Hosts and containers in classes whose members packets cannot tell apart: the path between two members of two
    /// classes, or of one, is that between any other two but for their names, addresses and links.
    /// - Returns: numbers in `nodes`, in their order; a host is a class of its own.
    public var classes: [[Int]] { NodeClasses(network).classes }
}
