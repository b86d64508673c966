public import TopoDiagnostics
public import TopoModel
public import TopoPlan

/// What a network is predicted to do.
public struct Prediction: Sendable {
    let network: Network
    let assumptions: KernelAssumptions
    /// What check scripts assert: the user's checks first, in their order, then what the topology implies for its
    /// containers; all pairs of up to 12, a sample of more (`PairSample`).
    public let expectations: [Expectation]
    /// How many pairs that the user's checks are about are like those that are asserted, and are not, by the host of who would
    /// ask.
    public let leftOut: [String: Int]
    /// The checks that cannot hold (T0701), each with the reason and the place that decides it.
    public let diagnostics: [Diagnostic]

    /// The way of an echo request to an address, or of a connection's first packet, and of its answer.
    /// - Parameters:
    ///   - source: the host or container that sends it.
    ///   - sender: the address that it comes from; nil where the source chooses.
    ///   - address: whom it is for.
    ///   - port: the port of TCP that a connection is to; nil for an echo request.
    ///   - size: the request's IP packet, in bytes; it may not be fragmented (DF), its answer may.
    /// - Returns: the path; nil where the plan has no such host or container.
    public func path(
        from source: NodeName, sending sender: IPAddress? = nil, to address: IPAddress, port: UInt16? = nil,
        size: Int = 84
    ) -> Path? {
        guard let node = network.node(named: source) else { return nil }
        var walker = Walker(network, assuming: assumptions)
        return walker.path(
            from: node, sending: sender, to: address, size: size,
            port: port.map { .init(transport: .tcp, number: $0) })
    }
}
