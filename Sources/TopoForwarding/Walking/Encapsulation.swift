public import TopoModel
public import TopoPlan

/// What carries a frame between the two ends of a tunnel.
public struct Encapsulation: Sendable, Hashable {
    /// The tunnel interface that the frame goes into.
    public let from: InterfaceReference
    /// The one that it comes out of.
    public let to: InterfaceReference
    /// The protocol.
    public let carrier: Carriage.Carrier
    /// The outer packet's source address.
    public let source: IPAddress
    /// The outer packet's destination address.
    public let destination: IPAddress
    /// How much larger the outer IP packet is than the inner one, in bytes, the inner Ethernet header included.
    public let overhead: Int
    /// Whether outer packets start with the inner packet's TTL; the TTLs of `outer` are those of an inner packet of 64.
    public let inheritsTTL: Bool
    /// The outer packet's way.
    public let outer: Way
    /// The other ways that it may take, where a node chooses between several next hops.
    public let others: [Way]
    /// The VLAN of the inner frame's tag; nil for a frame without one.
    public let vlan: Int?

    /// The same with an inner frame that has a tag, 0 for none: it makes the outer packet larger.
    func carrying(_ tag: Int) -> Encapsulation {
        guard tag != 0 else { return self }
        return Encapsulation(
            from: from, to: to, carrier: carrier, source: source, destination: destination,
            overhead: overhead + VLAN.tagSize, inheritsTTL: inheritsTTL, outer: outer, others: others,
            vlan: tag)
    }

    /// The same by another way, alone.
    func by(_ outer: Way) -> Encapsulation {
        Encapsulation(
            from: from, to: to, carrier: carrier, source: source, destination: destination, overhead: overhead,
            inheritsTTL: inheritsTTL, outer: outer, others: [], vlan: vlan)
    }

    /// The same with other ways beside it.
    func with(_ others: [Way]) -> Encapsulation {
        guard !others.isEmpty else { return self }
        return Encapsulation(
            from: from, to: to, carrier: carrier, source: source, destination: destination, overhead: overhead,
            inheritsTTL: inheritsTTL, outer: outer, others: others, vlan: vlan)
    }

    /// How many tunnels its sender's packets are in at once: itself, and those that the outer packet goes into in the same
    /// node. What another node puts into a tunnel comes in from a link there, and is counted anew.
    var levels: Int { 1 + ([outer] + others).reduce(0) { max($0, $1.levels) } }
}

extension Way {
    /// How many tunnels the packet goes into in its sender, one inside the other.
    var levels: Int {
        guard let first = hops.first else { return 0 }
        return first.link.map { step in
            if case .tunnel(let tunnel) = step, tunnel.from.node == first.node { tunnel.levels } else { 0 }
        }.max() ?? 0
    }
}
