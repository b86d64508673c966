import TopoDiagnostics
import TopoModel
import TopoNetwork

extension TunnelComparison {
    /// What a host tells its VXLANs apart by.
    private struct Identity: Hashable {
        let host: String
        let vni: UInt32
        let port: UInt16
    }

    /// What two ends of a VXLAN that floods through a group have in common; nil for what does not matter.
    private struct GroupPart: Hashable {
        var group: IPAddress?
        var vni: UInt32?
        var port: UInt16?
        var underlay: Int?
    }

    private static let vxlanNote =
        "Linux takes a VXLAN packet only with the VNI, and to the UDP port, of one of its own: others are dropped"

    /// Says which unicast VXLANs have no counterpart at a far end that they list.
    mutating func compareUnicastVXLANs() {
        var known: [Identity: [Int]] = [:]
        for (number, tunnel) in tunnels.enumerated() {
            if let key = identity(of: tunnel, on: tunnel.owner) { known[key, default: []].append(number) }
        }
        for (number, tunnel) in tunnels.enumerated() where !faulty.contains(number) {
            guard tunnel.vxlan != nil else { continue }
            for end in tunnel.tunnel.farEnds {
                guard let far = end.host, let key = identity(of: tunnel, on: far) else { continue }
                // The kernel has a socket for each family, and takes no packet of the other.
                let sent = tunnel.addresses.remotes.first { $0.end == end }?.address.family
                let family = sent ?? tunnel.tunnel.underlayFamily(tunnel.addresses)
                let alike = known[key, default: []]
                if let other = alike.first(where: { self.family(of: $0) == family }) {
                    compareFloods(number, end, with: other)
                } else {
                    addWithoutMatch(number, end, far, likely: alike.first)
                }
            }
        }
    }

    /// The family of a tunnel's outer packets.
    private func family(of number: Int) -> AddressFamily {
        tunnels[number].tunnel.underlayFamily(tunnels[number].addresses)
    }

    private func identity(of tunnel: OwnedTunnel, on host: String) -> Identity? {
        tunnel.vxlan.map { Identity(host: host, vni: $0.vni.value, port: $0.port?.value ?? Tunnel.vxlanPort) }
    }

    /// Two VXLANs that take each other's packets: each must flood to the other.
    private mutating func compareFloods(_ number: Int, _ end: TunnelEnd, with other: Int) {
        let (near, far) = (tunnels[number], tunnels[other])
        if faulty.contains(other) || far.end(at: near.owner) != nil { return }
        let isGroup = far.hasGroup
        addDifference(
            (number, end.span, "sends to \(far.owner)"),
            (
                other, far.floodSpan,
                isGroup ? "floods through a group" : "does not list \(near.owner)"
            ),
            note: "a broadcast from \(far.owner), such as an ARP request, does not reach \(near.owner)",
            help: isGroup
                ? "write \"group\" and \"dev\" at both ends, or \"remotes\" at both"
                : "add \(near.owner) to \"remotes\" of \(far.title)")
    }

    /// A VXLAN whose far host has none with its identifier and port, over the same family.
    /// - Parameter likely: the one that has both, over the other family.
    private mutating func addWithoutMatch(_ number: Int, _ end: TunnelEnd, _ far: String, likely: Int?) {
        let near = tunnels[number]
        let others = byHost[far, default: []]
        let other =
            likely ?? others.first { tunnels[$0].vxlan != nil && tunnels[$0].end(at: near.owner) != nil }
            ?? others.first { tunnels[$0].vxlan?.vni.value == near.vxlan?.vni.value }
            ?? others.first { tunnels[$0].gretap?.remote.host == near.owner }
        guard let other else {
            let vni = near.vxlan?.vni.value ?? 0
            let port = near.vxlan?.port.map { ", port: \($0.value)" } ?? ""
            return addMissing(
                number, end, counterpart: "VXLAN \(vni)",
                back: "type: vxlan, vni: \(vni)\(port), remotes: [\(near.owner)]")
        }
        if !faulty.contains(other) { addIdentityDifference(number, other) }
    }

    /// Two VXLANs that are meant for each other and differ in VNI or port, or a VXLAN and a gretap.
    private mutating func addIdentityDifference(_ number: Int, _ other: Int) {
        let (near, far) = (tunnels[number], tunnels[other])
        guard let ours = near.vxlan, let theirs = far.vxlan else {
            return addDifference(
                (number, near.tunnel.name.span, "is \(near.type)"), (other, far.tunnel.name.span, "is \(far.type)"),
                note: "both ends of a tunnel have the same type", help: "write the same \"type\" at both ends")
        }
        if ours.vni.value != theirs.vni.value {
            return addDifference(
                (number, ours.vni.span, "has VNI \(ours.vni.value)"),
                (other, theirs.vni.span, "has VNI \(theirs.vni.value)"), note: Self.vxlanNote,
                help: "write the same \"vni\" at both ends")
        }
        let (port, theirPort) = (ours.port?.value ?? Tunnel.vxlanPort, theirs.port?.value ?? Tunnel.vxlanPort)
        if port != theirPort {
            return addDifference(
                (number, ours.port?.span ?? near.tunnel.name.span, "uses UDP port \(port)"),
                (other, theirs.port?.span ?? far.tunnel.name.span, "uses UDP port \(theirPort)"), note: Self.vxlanNote,
                help: "write the same \"port\" at both ends: 4789 is IANA's, and what is used where none is said")
        }
        let families = (family(of: number), family(of: other))
        if families.0 != families.1 {
            return addDifference(
                (number, near.floodSpan, "sends over \(families.0.title)"),
                (other, far.floodSpan, "sends over \(families.1.title)"),
                note: "a VXLAN accepts only packets of its own family",
                help: "write addresses of one family at both ends")
        }
        addDifference(
            (number, near.floodSpan, "floods \(near.floodWords)"),
            (other, far.floodSpan, "floods \(far.floodWords)"),
            note: "a broadcast from one end does not reach the other",
            help: "write the same \"group\" at both ends, on NICs of one LAN")
    }

    /// Says which VXLANs are alone in their group.
    mutating func compareGroups() {
        var first: [GroupPart: [Int]] = [:]
        for number in tunnels.indices {
            for part in parts(of: number) where first[part, default: []].count < 2 {
                first[part, default: []].append(number)
            }
        }
        for (number, tunnel) in tunnels.enumerated() where !settled.contains(number) {
            guard let vxlan = tunnel.vxlan, case .group(let group) = vxlan.flood else { continue }
            let likely = parts(of: number).map { part in first[part, default: []].first { $0 != number } }
            if likely.first.flatMap({ $0 }) != nil { continue }
            if let other = likely.compactMap({ $0 }).first {
                addIdentityDifference(number, other)
            } else {
                addLoneGroup(number, group)
            }
        }
    }

    /// All that a VXLAN's counterpart may share with it, what fits best first; none where it floods otherwise.
    private func parts(of number: Int) -> [GroupPart] {
        let tunnel = tunnels[number]
        guard let vxlan = tunnel.vxlan, case .group(let group) = vxlan.flood, let dev = tunnel.tunnel.dev else {
            return []
        }
        let (vni, port) = (vxlan.vni.value, vxlan.port?.value ?? Tunnel.vxlanPort)
        let underlay = network.segments.index(of: .init(host: tunnel.owner, interface: dev.value))
        return [
            GroupPart(group: group.value, vni: vni, port: port, underlay: underlay),
            GroupPart(group: group.value, vni: vni, underlay: underlay),
            GroupPart(group: group.value, underlay: underlay),
            GroupPart(vni: vni, underlay: underlay),
            GroupPart(group: group.value, vni: vni, port: port),
        ]
    }

    private mutating func addLoneGroup(_ number: Int, _ group: Located<IPAddress>) {
        settled.insert(number)
        let tunnel = tunnels[number]
        diagnostics.append(
            Diagnostic(
                .tunnelEndsDiffer, "\(tunnel.title) has one end only: no other host is in its group",
                at: .init(group.span, "nobody else joins \(group.value)"),
                notes: ["what it floods is heard by no one"],
                help: [
                    "give another host a VXLAN with the same vni, group and port, and a NIC on the same LAN as its dev"
                ]))
    }
}

extension OwnedTunnel {
    /// Where it says how it floods.
    fileprivate var floodSpan: Span {
        switch vxlan?.flood {
        case .group(let group): group.span
        case .remotes(let ends): ends.first?.span ?? tunnel.name.span
        case nil: tunnel.name.span
        }
    }

    /// How it floods.
    fileprivate var floodWords: String {
        switch vxlan?.flood {
        case .group(let group): "through group \(group.value) on \"\(tunnel.dev?.value ?? "")\""
        case .remotes, nil: "by a copy to each of its remotes"
        }
    }
}
