internal import TopoModel

/// The MTU of every segment: the least that any part of it can carry, so that nothing on it is lost silently.
///
/// A bridge drops what is larger than its port's MTU and has no way to tell the sender, so all interfaces of a segment
/// get one MTU, those in containers too.
struct SegmentMTUs {
    private let segments: Segments
    private let byIndex: [Setting<Int>]

    /// The MTU of the segment that an interface is in, in bytes.
    func mtu(of interface: InterfaceName) -> Setting<Int> {
        segments.index(of: interface).map { byIndex[$0] } ?? Setting(1500, .derived("Ethernet's own"))
    }

    /// Derives all of them, the underlays' before those of what runs over them.
    init(of topology: Topology, segments: Segments, underlay: Underlay) {
        self.segments = segments
        var search = Search(topology: topology, segments: segments, underlay: underlay)
        byIndex = segments.all.indices.map { search.mtu(of: $0) }
    }

    /// One segment's bounds, and the search through the underlays.
    private struct Search {
        let segments: Segments
        let underlay: Underlay
        private var bounds: [[Setting<Int>]]
        private var tunnels: [[(tunnel: Tunnel, host: Host)]]
        private var known: [Setting<Int>?]
        private var isOpen: [Bool]

        init(topology: Topology, segments: Segments, underlay: Underlay) {
            self.segments = segments
            self.underlay = underlay
            let count = segments.all.count
            bounds = Array(repeating: [], count: count)
            tunnels = Array(repeating: [], count: count)
            known = Array(repeating: nil, count: count)
            isOpen = Array(repeating: false, count: count)
            for lan in topology.lans {
                if let index = segments.index(ofLAN: lan.name.value) {
                    bounds[index].append(
                        Setting(
                            lan.plannedMTU.value,
                            .derived(lan.mtu == nil ? "Ethernet's own" : "LAN \"\(lan.name.value)\"'s")))
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
                bounds[index].append(Setting(value.value, .derived("written for \(owner) \"\(interface)\"")))
            }
            for nic in host.nics { written(nic.mtu, on: nic.name.value) }
            for bridge in host.bridges { written(bridge.mtu, on: bridge.name.value) }
            for container in host.containers {
                for interface in container.interfaces {
                    written(interface.mtu, on: interface.name.value, of: container.name.value)
                }
            }
            for tunnel in host.tunnels {
                guard let index = segments.index(of: .init(host: name, interface: tunnel.name.value)) else { continue }
                written(tunnel.mtu, on: tunnel.name.value)
                tunnels[index].append((tunnel, host))
            }
        }

        /// The least of a segment's bounds; tunnels that run over themselves are left out of it.
        mutating func mtu(of index: Int) -> Setting<Int> {
            if let value = known[index] { return value }
            isOpen[index] = true
            var least = bounds[index].min { $0.value < $1.value }
            for (tunnel, host) in tunnels[index] where tunnel.mtu == nil {
                guard let bound = bound(of: tunnel, on: host) else { continue }
                if bound.value < least?.value ?? .max { least = bound }
            }
            isOpen[index] = false
            let value = least ?? Setting(1500, .derived("Ethernet's own"))
            known[index] = value
            return value
        }

        private mutating func bound(of tunnel: Tunnel, on host: Host) -> Setting<Int>? {
            let ends = underlay.ends(of: tunnel, on: host)
            var under: Setting<Int>?
            var interfaces = ends.remotes.flatMap { underlay.way(from: host.name.value, to: $0.value) }
                .map { InterfaceName(host: $0.host, interface: $0.interface) }
            if let dev = ends.dev { interfaces.append(.init(host: host.name.value, interface: dev.value)) }
            for interface in interfaces {
                guard let index = segments.index(of: interface), !isOpen[index] else { continue }
                let candidate = mtu(of: index)
                if candidate.value < under?.value ?? .max { under = candidate }
            }
            guard let under else { return nil }
            let overhead = tunnel.overhead(over: tunnel.underlayFamily(ends))
            return Setting(under.value - overhead, .derived("\(under.value) less \(overhead) for \(tunnel.carrier)"))
        }
    }
}
