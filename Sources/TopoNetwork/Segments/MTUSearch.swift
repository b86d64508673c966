import TopoModel

/// The segments' bounds, and the search through the underlays.
struct MTUSearch {
    let segments: Segments
    let underlay: Underlay
    private var bounds: [[SegmentMTUs.Bound]]
    private var tunnels: [[(tunnel: Tunnel, host: Host, isTagged: Bool)]]
    private var tunnelBounds: [[SegmentMTUs.Bound]]
    private var known: [SegmentMTUs.Bound?]
    private var isOpen: [Bool]

    init(topology: Topology, segments: Segments, underlay: Underlay) {
        self.segments = segments
        self.underlay = underlay
        let count = segments.all.count
        bounds = Array(repeating: [], count: count)
        tunnels = Array(repeating: [], count: count)
        tunnelBounds = Array(repeating: [], count: count)
        known = Array(repeating: nil, count: count)
        isOpen = Array(repeating: false, count: count)
        for lan in topology.lans {
            let carried = segments.segments(carriedBy: .lan(lan.name.value))
            for index in (segments.index(ofLAN: lan.name.value).map { [$0] } ?? []) + carried {
                bounds[index].append(.init(value: lan.mtu?.value ?? 1500, source: .lan(lan.name.value, lan.mtu?.span)))
            }
        }
        for host in topology.hosts { add(host) }
    }

    private mutating func add(_ host: Host) {
        let name = host.name.value
        func written(_ value: Located<Int>?, on interface: String, of container: String? = nil) {
            guard let value,
                let index = segments.index(of: .init(host: name, container: container, interface: interface))
            else { return }
            let owner = container.map { "\($0)'s" } ?? "\(name)'s"
            bounds[index].append(.init(value: value.value, source: .written("\(owner) \"\(interface)\"", value.span)))
            let carrier = InterfaceName(host: name, container: container, interface: interface)
            for carried in segments.segments(carriedBy: .interface(carrier)) {
                bounds[carried].append(
                    .init(value: value.value, source: .carrier("\(owner) \"\(interface)\"", value.span)))
            }
        }
        for nic in host.nics { written(nic.mtu, on: nic.name.value) }
        for bridge in host.bridges { written(bridge.mtu, on: bridge.name.value) }
        for vlan in host.vlans { written(vlan.mtu, on: vlan.name.value) }
        for container in host.containers {
            for vlan in container.vlans { written(vlan.mtu, on: vlan.name.value, of: container.name.value) }
            for interface in container.interfaces {
                written(interface.mtu, on: interface.name.value, of: container.name.value)
            }
        }
        for tunnel in host.tunnels {
            let interface = InterfaceName(host: name, interface: tunnel.name.value)
            guard let index = segments.index(of: interface) else { continue }
            written(tunnel.mtu, on: tunnel.name.value)
            tunnels[index].append((tunnel, host, isTagged: false))
            for carried in segments.segments(carriedBy: .interface(interface)) {
                tunnels[carried].append((tunnel, host, isTagged: true))
            }
        }
    }

    /// The least of a segment's bounds, Ethernet's 1500 where only tunnels bound it; tunnels that run over themselves are
    /// left out of it.
    mutating func mtu(of index: Int) -> SegmentMTUs.Bound {
        if let value = known[index] { return value }
        isOpen[index] = true
        var least = bounds[index].min { $0.value < $1.value }
        for (tunnel, host, isTagged) in tunnels[index] {
            guard let bound = bound(of: tunnel, on: host, isTagged) else { continue }
            tunnelBounds[index].append(bound)
            // Where its MTU is written, that counts; it says nothing of tags.
            if tunnel.mtu == nil || isTagged, bound.value < least?.value ?? .max { least = bound }
        }
        isOpen[index] = false
        let usual = usual(of: index)
        // People raise an underlay to keep Ethernet's 1500 inside of a tunnel: more than that must be asked for, by a
        // LAN of the segment or an MTU written on it.
        let isAskedFor = !bounds[index].isEmpty
        let value = least.map { isAskedFor || $0.value <= usual.value ? $0 : usual } ?? usual
        known[index] = value
        return value
    }

    /// What a segment carries where nothing says otherwise.
    private func usual(of index: Int) -> SegmentMTUs.Bound {
        let members = segments.all[index].members
        return !members.isEmpty && members.allSatisfy { $0.kind == .loopback }
            ? .loopback : .init(value: 1500, source: .ethernet)
    }

    /// All bounds of a segment whose MTU was asked for, the tunnels' last.
    func bounds(of index: Int) -> [SegmentMTUs.Bound] { bounds[index] + tunnelBounds[index] }

    private mutating func bound(of tunnel: Tunnel, on host: Host, _ isTagged: Bool) -> SegmentMTUs.Bound? {
        let ends = underlay.addresses(of: tunnel, on: host)
        var under: SegmentMTUs.Bound?
        var interfaces = ends.remotes.flatMap { underlay.ways(from: host.name.value, to: $0.address) }
        if let dev = underlay.device(of: tunnel, on: host) {
            interfaces.append(.init(host: host.name.value, interface: dev.name))
        }
        for interface in interfaces {
            guard let index = segments.index(of: interface), !isOpen[index] else { continue }
            let candidate = mtu(of: index)
            if candidate.value < under?.value ?? .max { under = candidate }
        }
        guard let under else { return nil }
        let tag = isTagged ? VLAN.tagSize : 0
        let overhead = tunnel.overhead(over: tunnel.underlayFamily(ends)) + tag
        return .init(
            value: under.value - overhead,
            source: .tunnel(
                tunnel, host: host.name.value, overhead: overhead, isTagged: isTagged, underlay: under))
    }
}
