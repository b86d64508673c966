internal import TopoModel
internal import TopoPlan

/// What joins tunnel interfaces over the underlay: an Ethernet over GRE tunnel, or a VXLAN.
struct Overlay {
    /// A tunnel interface, by its host's number and its own in it.
    struct End: Hashable {
        let host: Int
        let tunnel: Int
    }

    /// Its ends in the plan, in its order; one where the far end is elsewhere.
    let ends: [End]
    let title: String
    /// What is to be known of it, a line each.
    let lines: [String]
    /// The networks that its ends are parts of, in their order.
    let networks: [String]

    /// The overlay with those of its ends whose hosts are among `hosts`; nil where none is.
    func between(_ hosts: [HostFacts], of all: [HostFacts]) -> Overlay? {
        let ends = ends.compactMap { end -> End? in
            guard let host = hosts.firstIndex(where: { $0.name == all[end.host].name }) else { return nil }
            return End(host: host, tunnel: end.tunnel)
        }
        return ends.isEmpty ? nil : Overlay(ends: ends, title: title, lines: lines, networks: networks)
    }

    /// All overlays of the hosts, in the order of their first ends.
    static func all(_ hosts: [HostFacts], _ words: Words, mtus: Details) -> [Overlay] {
        OverlayFinder(hosts: hosts, words: words, mtus: mtus).folded()
    }
}

/// Finds which tunnel interfaces belong together.
private struct OverlayFinder {
    let hosts: [HostFacts]
    let words: Words
    /// Which MTUs are told.
    let mtus: Details

    private struct Group: Hashable {
        let vni: UInt32
        let group: IPAddress
        let port: UInt16
    }

    /// How many tunnels of one network are drawn each for itself.
    private static let apart = 3

    /// The overlays; where a network has many tunnels between two ends, as a star of them has, one in their place.
    func folded() -> [Overlay] {
        let overlays = overlays()
        let stars = Dictionary(grouping: overlays, by: star).filter { $1.count > OverlayFinder.apart }
        return overlays.compactMap { overlay in
            guard let network = star(overlay), let all = stars[network] else { return overlay }
            guard overlay.ends == all[0].ends else { return nil }
            // What is true of each of them.
            let lines = overlay.lines.filter { line in all.allSatisfy { $0.lines.contains(line) } }
            return Overlay(
                ends: all.flatMap(\.ends), title: overlay.title, lines: [words.tunnels(all.count)] + lines,
                networks: overlay.networks)
        }
    }

    /// The network of which an overlay is one tunnel between two ends; nil for a VXLAN, and where it is of no network.
    private func star(_ overlay: Overlay) -> String? {
        guard case .gretap = tunnel(overlay.ends[0]).kind, overlay.networks.count == 1 else { return nil }
        return overlay.networks[0]
    }

    private func overlays() -> [Overlay] {
        let ends = hosts.indices.flatMap { host in
            hosts[host].tunnels.indices.map { Overlay.End(host: host, tunnel: $0) }
        }
        var found: [Overlay] = []
        var done: Set<Overlay.End> = []
        for end in ends where !done.contains(end) {
            switch tunnel(end).kind {
            case .gretap(let remote, _):
                let far = ends.first { !done.contains($0) && $0 != end && isPair(end, $0) }
                let members = [end] + (far.map { [$0] } ?? [])
                done.formUnion(members)
                found.append(overlay(members, elsewhere: far == nil ? [remote.value] : []))
            case .vxlan(let vni, .group(let group), let port):
                let key = Group(vni: vni, group: group, port: port)
                let members = ends.filter { self.group(of: $0) == key }
                done.formUnion(members)
                found.append(overlay(members, elsewhere: []))
            case .vxlan(_, .remotes, _):
                let members = reach(end, ends)
                done.formUnion(members)
                found += unicast(members)
            }
        }
        return found
    }

    private func tunnel(_ end: Overlay.End) -> PlannedTunnel { hosts[end.host].tunnels[end.tunnel] }

    private func group(of end: Overlay.End) -> Group? {
        guard case .vxlan(let vni, .group(let group), let port) = tunnel(end).kind else { return nil }
        return Group(vni: vni, group: group, port: port)
    }

    /// Whether two gretap interfaces are the ends of one tunnel: each sends to where the other is, with the same key.
    private func isPair(_ left: Overlay.End, _ right: Overlay.End) -> Bool {
        guard case .gretap(let there, let key) = tunnel(left).kind, case .gretap(let back, key) = tunnel(right).kind
        else { return false }
        return isAt(there.value, right) && isAt(back.value, left)
    }

    /// Whether a tunnel's packets are received at an address.
    private func isAt(_ address: IPAddress, _ end: Overlay.End) -> Bool {
        tunnel(end).local.map { $0.value == address } ?? hosts[end.host].ownAddresses.contains(address)
    }

    /// Whether a VXLAN that floods to single addresses floods to another's.
    private func floods(_ from: Overlay.End, to end: Overlay.End) -> Bool {
        guard case .vxlan(let vni, .remotes(let remotes), let port) = tunnel(from).kind,
            case .vxlan(vni, .remotes, port) = tunnel(end).kind, from != end
        else { return false }
        return remotes.contains { isAt($0.value, end) }
    }

    private func reach(_ start: Overlay.End, _ ends: [Overlay.End]) -> [Overlay.End] {
        var members = [start]
        var next = 0
        while next < members.count {
            let end = members[next]
            next += 1
            members += ends.filter { !members.contains($0) && (floods(end, to: $0) || floods($0, to: end)) }
        }
        return ends.filter(members.contains)
    }

    /// One overlay where each end floods to every other, else one for each pair that does.
    private func unicast(_ members: [Overlay.End]) -> [Overlay] {
        let pairs = members.indices.flatMap { left in members[(left + 1)...].map { (members[left], $0) } }
        let joined = pairs.filter { floods($0.0, to: $0.1) || floods($0.1, to: $0.0) }
        let elsewhere = members.flatMap { end in
            remotes(end).filter { remote in !members.contains { isAt(remote, $0) } }
        }
        if joined.count == pairs.count { return [overlay(members, elsewhere: elsewhere)] }
        return joined.enumerated().map { overlay([$1.0, $1.1], elsewhere: $0 == 0 ? elsewhere : []) }
    }

    private func remotes(_ end: Overlay.End) -> [IPAddress] {
        guard case .vxlan(_, .remotes(let remotes), _) = tunnel(end).kind else { return [] }
        return remotes.map(\.value)
    }

    private func overlay(_ ends: [Overlay.End], elsewhere: [IPAddress]) -> Overlay {
        let first = tunnel(ends[0])
        var (title, lines): (String, [String])
        switch first.kind {
        case .gretap(let remote, let key):
            (title, lines) = ("Ethernet over GRE", key.map { ["\(words.key) \($0)"] } ?? [])
            if let local = first.local { lines.append("\(local.value) – \(remote.value)") }
        case .vxlan(let vni, .group(let group), let port):
            (title, lines) = ("VXLAN \(vni)", ["\(words.group) \(group)", "\(words.udpPort) \(port)"])
        case .vxlan(let vni, .remotes, let port):
            (title, lines) = ("VXLAN \(vni)", [words.unicast, "\(words.udpPort) \(port)"])
        }
        lines += elsewhere.map(words.elsewhere)
        let sizes = ends.map { tunnel($0).mtu.value }.distinct
        if sizes.contains(where: mtus.shows) {
            lines.append("MTU \(sizes.map(String.init).joined(separator: ", "))")
        }
        return Overlay(
            ends: ends, title: title, lines: lines, networks: ends.compactMap { tunnel($0).partOf }.distinct)
    }
}
