public import TopoDiagnostics
public import TopoModel
import TopoNetwork
public import TopoPlan

/// A change of a packet's address by a router.
public struct Translation: Sendable, Hashable {
    /// Which of the packet's addresses it is.
    public enum Side: String, Sendable, Hashable {
        /// Its source, as it leaves.
        case source
        /// Its destination, as it comes in.
        case destination
    }

    /// The router.
    public let node: NodeName
    /// The interface by which the packet leaves, or comes in.
    public let interface: String
    /// Which address.
    public let side: Side
    /// The address before.
    public let old: IPAddress
    /// The address after.
    public let new: IPAddress
    /// The ports before and after, where a published port says so.
    public let ports: Ports?
    /// The place in the file of the rule.
    public let origin: Span

    /// The port that packets are for.
    public struct Ports: Sendable, Hashable {
        /// Before.
        public let old: UInt16
        /// After.
        public let new: UInt16
    }
}

/// A packet's header, as far as routers look at it or change it.
public struct PacketHeader: Sendable, Hashable {
    /// A connection's port.
    struct Port: Sendable, Hashable {
        let transport: Transport
        var number: UInt16
    }

    /// Whom it is from; nil where its sender has no address for it.
    public internal(set) var source: IPAddress?
    /// Whom it is for.
    public internal(set) var destination: IPAddress
    var port: Port?

    /// The server's port of a connection; nil for an echo.
    public var portNumber: UInt16? { port?.number }
}

extension Walker {
    /// What a node does to a packet that comes in by an interface, before it looks up its route; nil where nothing.
    ///
    /// Answers have their own way back: what was done to the request is turned round (connection tracking).
    func translation(
        of header: PacketHeader, at node: Int, by arrival: Int, answering translations: [Translation]?
    )
        -> Translation?
    {
        let found = network.nodes[node]
        let name = network.interfaces[arrival].name
        if let translations {
            return translations.last {
                $0.node == found.name && $0.side == .source && $0.new == header.destination
            }.map { $0.reversed(on: name, .destination) }
        }
        guard let port = header.port else { return nil }
        return found.nat.ports.first {
            $0.in == name && $0.transport == port.transport && $0.port == port.number
                && $0.own.contains(header.destination)
        }.map {
            Translation(
                node: found.name, interface: name, side: .destination, old: header.destination, new: $0.target,
                ports: .init(old: $0.port, new: $0.targetPort), origin: $0.origin)
        }
    }

    /// What a node does to a packet that it forwards, as it leaves by an interface; nil where nothing.
    func translation(
        of header: PacketHeader, at node: Int, leavingBy interface: Int, to hop: IPAddress,
        answering translations: [Translation]?
    ) -> Translation? {
        let found = network.nodes[node]
        let out = network.interfaces[interface]
        guard let source = header.source else { return nil }
        if let translations {
            return translations.last { $0.node == found.name && $0.side == .destination && $0.new == source }
                .map { $0.reversed(on: out.name, .source) }
        }
        guard
            let rule = found.nat.rules.first(where: {
                $0.out == out.name && $0.applies(from: source, to: header.destination)
            }),
            let new = rule.address ?? NAT.masqueraded(rule.family, towards: hop, out.addresses)
        else { return nil }
        return Translation(
            node: found.name, interface: out.name, side: .source, old: source, new: new, ports: nil, origin: rule.origin
        )
    }
}

extension PacketHeader {
    /// Changes one of the addresses.
    public mutating func apply(_ translation: Translation) {
        switch translation.side {
        case .source: source = translation.new
        case .destination: destination = translation.new
        }
        if let ports = translation.ports { port?.number = ports.new }
    }
}

extension Translation {
    /// The same change in the other direction.
    fileprivate func reversed(on interface: String, _ side: Side) -> Translation {
        Translation(node: node, interface: interface, side: side, old: new, new: old, ports: nil, origin: origin)
    }
}
