import TopoModel

/// Takes a packet of some size past the limits of its way.
struct SizeWalk {
    /// The inner packet's family.
    let family: AddressFamily
    /// Whether the packet may not be fragmented.
    let isWhole: Bool
    /// The size of its largest piece, in bytes.
    private(set) var size: Int

    init(_ family: AddressFamily, size: Int, isWhole: Bool) {
        self.family = family
        self.isWhole = isWhole
        self.size = size
    }

    /// Passes the limits, in order.
    /// - Returns: where the packet is stopped; nil where it passes them all.
    mutating func pass(_ limits: [SizeLimit]) -> SizeStop? {
        for limit in limits {
            if let stop = pass(limit) { return stop }
        }
        return nil
    }

    private mutating func pass(_ limit: SizeLimit) -> SizeStop? {
        switch limit {
        case .route(let mtu, let node, let interface, let isSender):
            if size <= mtu { return nil }
            // A router does not break IPv6 packets, but tells the sender, who then does: here the later packets count.
            if isWhole {
                return SizeStop(mtu: mtu, node: node, interface: interface, report: isSender ? .refused : .reported)
            }
            size = largestPiece(of: mtu)
            return nil
        case .wire(let mtu, let interface):
            return size <= mtu ? nil : SizeStop(mtu: mtu, node: nil, interface: interface, report: .vanishes)
        case .bridgePort(let mtu, let interface):
            if size <= mtu { return nil }
            if isWhole || family == .ipv6 {
                return SizeStop(mtu: mtu, node: nil, interface: interface, report: .vanishes)
            }
            size = largestPiece(of: mtu)
            return nil
        case .tunnel(let tunnel): return pass(tunnel)
        }
    }

    /// A gretap's outer packets are always whole, and its sender is told nothing: a bridge has no route to tell it by.
    /// A VXLAN in a bridge answers for its own host's MTU by an ICMP message made up in the other end's name; beyond that
    /// its outer IPv4 packets may be broken, and are put together at the far end. IPv6's are as whole as the inner packet.
    private func pass(_ tunnel: TunnelLimit) -> SizeStop? {
        let outerSize = size + tunnel.overhead
        if tunnel.keepsWhole {
            var outer = SizeWalk(tunnel.family, size: outerSize, isWhole: true)
            return outer.pass(tunnel.outer).map { stop(tunnel, $0.mtu, .vanishes) }
        }
        if isWhole, case .route(let mtu, _, _, _) = tunnel.outer.first, outerSize > mtu {
            let inner = mtu - tunnel.overhead
            // Below these the kernel does not report: what every host must take (RFC 791; RFC 8200, 5).
            let least = family == .ipv4 ? 576 : 1280
            if inner >= least { return stop(tunnel, mtu, .reported) }
        }
        var outer = SizeWalk(tunnel.family, size: outerSize, isWhole: isWhole && tunnel.family == .ipv6)
        return outer.pass(tunnel.outer).map { found in
            stop(tunnel, found.mtu, found.report == .vanishes ? .vanishes : .reported)
        }
    }

    private func stop(_ tunnel: TunnelLimit, _ outer: Int, _ report: SizeStop.Report) -> SizeStop {
        SizeStop(mtu: outer - tunnel.overhead, node: tunnel.node, interface: tunnel.interface, report: report)
    }

    /// The largest fragment that an MTU allows: a header, and a payload in units of 8 bytes (RFC 791; RFC 8200, 4.5).
    private func largestPiece(of mtu: Int) -> Int {
        let header = family == .ipv4 ? 20 : 48
        return header + max(8, (mtu - header) / 8 * 8)
    }
}

extension [SizeLimit] {
    /// The sizes at which one of the limits begins to matter, in bytes of the packet that meets them.
    var thresholds: [Int] {
        flatMap { limit in
            switch limit {
            case .route(let mtu, _, _, _), .wire(let mtu, _), .bridgePort(let mtu, _): [mtu]
            case .tunnel(let tunnel): tunnel.outer.thresholds.map { $0 - tunnel.overhead }
            }
        }
    }
}
