public import TopoDiagnostics

/// A rule by which a host gives packets that it forwards another source (source NAT, RFC 3022): of its rules the first that fits
/// applies.
///
/// It is about the families of the addresses that it names; where it names none, about those that its interface has.
public struct NATRule: Sendable, Hashable {
    /// The interface by which the packets leave.
    public let out: Located<String>
    /// The sources that it is for; all where empty.
    public let from: [Located<Prefix>]
    /// The destinations that it is not for.
    public let except: [Located<Prefix>]
    /// The source that packets get; nil for the interface's own address (masquerading).
    public let source: Located<IPAddress>?
    /// The rule's bytes.
    public let span: Span
    /// What a reader should know.
    public let description: String?

    /// Makes a rule.
    public init(
        out: Located<String>, from: [Located<Prefix>] = [], except: [Located<Prefix>] = [],
        source: Located<IPAddress>? = nil, at span: Span, description: String? = nil
    ) {
        self.out = out
        self.from = from
        self.except = except
        self.source = source
        self.span = span
        self.description = description
    }
}

/// A protocol with ports.
public enum Transport: String, Sendable, Hashable, CaseIterable {
    case tcp
    case udp
}

/// A port of a host that stands for one of a container's, or of another host's: what comes in for it is forwarded (destination NAT).
public struct PublishedPort: Sendable, Hashable {
    /// The interface by which packets come in, and for whose addresses they are.
    public let `in`: Located<String>
    /// The protocol.
    public let transport: Transport
    /// The host's port.
    public let port: Located<UInt16>
    /// Who gets the packets.
    public let target: Endpoint
    /// By which addresses, at most one of each family.
    public let addresses: [IPAddress]
    /// To which port.
    public let targetPort: UInt16
    /// The bytes that say all of it.
    public let span: Span
    /// What a reader should know.
    public let description: String?

    /// Makes a published port.
    public init(
        in interface: Located<String>, _ transport: Transport, _ port: Located<UInt16>, to target: Endpoint,
        addresses: [IPAddress], targetPort: UInt16, at span: Span, description: String? = nil
    ) {
        self.in = interface
        self.transport = transport
        self.port = port
        self.target = target
        self.addresses = addresses
        self.targetPort = targetPort
        self.span = span
        self.description = description
    }
}
