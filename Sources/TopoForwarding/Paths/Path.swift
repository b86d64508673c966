public import TopoModel
public import TopoPlan

/// The way of an echo request and of its answer.
public struct Path: Sendable, Hashable {
    /// Who sends the request.
    public let source: NodeName
    /// The request's header, as it sets out.
    let request: PacketHeader
    /// The interface by which its sender asks for a link-local address (RFC 4007); nil for all other addresses.
    public let zone: String?
    /// The request's IP packet, in bytes.
    public let size: Int
    /// The request's way, as far as it gets.
    public let there: Way
    /// The answer's way, as far as it gets; nil where the request does not arrive.
    public let back: Way?
    /// How it ends: delivered where the answer is back, else why the request or the answer is lost.
    public let ending: Ending
    /// The largest request that is answered; nil where none is.
    public let mtu: PathMTU?
    /// Where the request or its answer is too large: what the request's sender learns of it; nil where it is not.
    public let telling: PathMTU.Beyond?
    /// The interface that it is too large for; nil where it is not.
    public let refusing: InterfaceReference?

    /// The other ways that the request and its answer may take, where a node chooses between several next hops; this is the worst
    /// of them.
    public internal(set) var others: [Path] = []

    /// All ways, this one first.
    var everyWay: [Path] { [self] + others }

    /// The destination as ping(8) takes it, with its zone: `fe80::1%eth0`.
    public var target: String { "\(destination)" + (zone.map { "%\($0)" } ?? "") }
    /// True where the request is answered.
    public var reaches: Bool { ending.reason == .delivered }
    /// The hosts and containers that forward the request, in order.
    public var routers: [NodeName] { there.routers }

    /// The address that the request comes from; nil where its sender has none that fits.
    public var sourceAddress: IPAddress? { request.source }
    /// The address that it is for.
    public var destination: IPAddress { request.destination }
    /// The port of TCP that it is for; nil for an echo request.
    public var port: UInt16? { request.portNumber }

    /// The header of the request as it sets out, or of the answer.
    public func header(isAnswer: Bool) -> PacketHeader {
        guard isAnswer else { return request }
        let end = there.header
        return PacketHeader(
            source: end.destination, destination: end.source ?? sourceAddress ?? destination, port: end.port)
    }
}
