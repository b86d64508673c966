import TopoModel
import TopoNetwork
import TopoPlan

/// Finds the far ends of tunnels: which tunnel, at the address named, takes what this one sends.
struct TunnelMatching {
    /// What a gretap takes: packets to and from these addresses, with this key.
    private struct GREKey: Hashable {
        let node: Int
        let remote: IPAddress
        let local: IPAddress?
        let key: UInt32?
    }

    /// What a VXLAN takes: packets of this family for this identifier at this UDP port, from anyone: the kernel has a socket
    /// for each family (`vxlan_sock_add`).
    private struct VXLANKey: Hashable {
        let node: Int
        let vni: UInt32
        let port: UInt16
        let family: AddressFamily
    }

    /// A multicast group as its members see it.
    private struct GroupKey: Hashable {
        let vni: UInt32
        let port: UInt16
        let group: IPAddress
        let domain: Int
    }

    /// The tunnels, with their far ends.
    private(set) var tunnels: [NetworkTunnel]
    /// The members of each multicast group.
    private(set) var groups: [[Int]] = []
    private let interfaces: [NetworkInterface]
    private let owners: [IPAddress: [Network.Owner]]
    private var greTunnels: [GREKey: Int] = [:]
    private var vxlans: [VXLANKey: Int] = [:]

    init(
        nodes: [NetworkNode], interfaces: [NetworkInterface], owners: [IPAddress: [Network.Owner]],
        tunnels: [NetworkTunnel]
    ) {
        self.interfaces = interfaces
        self.owners = owners
        self.tunnels = tunnels.map { tunnel in
            let node = nodes[interfaces[tunnel.interface].node]
            let device = tunnel.plan.dev.flatMap { dev in
                node.interfaces.first { interfaces[$0].name == dev.value }
            }
            var local = tunnel.local
            if local == nil, case .gretap(let remote, _) = tunnel.plan.kind {
                local = node.source(
                    for: remote.value, by: node.routes.route(to: remote.value)?.ways.first, interfaces: interfaces)
            }
            return NetworkTunnel(interface: tunnel.interface, device: device, plan: tunnel.plan, local: local)
        }
        for (number, tunnel) in self.tunnels.enumerated() {
            let node = interfaces[tunnel.interface].node
            switch tunnel.plan.kind {
            case .gretap(let remote, let key):
                greTunnels[GREKey(node: node, remote: remote.value, local: tunnel.local, key: key)] = number
            case .vxlan(let vni, _, let port):
                vxlans[VXLANKey(node: node, vni: vni, port: port, family: Self.family(of: tunnel))] = number
            }
        }
        for number in self.tunnels.indices { self.tunnels[number].farEnds = farEnds(of: self.tunnels[number]) }
    }

    /// The family of the outer packets.
    private static func family(of tunnel: NetworkTunnel) -> AddressFamily {
        switch tunnel.plan.kind {
        case .gretap(let remote, _): remote.value.family
        case .vxlan(_, .group(let group), _): group.family
        case .vxlan(_, .remotes(let remotes), _): (remotes.first?.value ?? tunnel.local)?.family ?? .ipv4
        }
    }

    private func farEnds(of tunnel: NetworkTunnel) -> [NetworkTunnel.FarEnd] {
        switch tunnel.plan.kind {
        case .gretap(let remote, let key):
            let match = owners[remote.value]?.lazy.compactMap { owner -> Int? in
                guard let local = tunnel.local else { return nil }
                return greTunnels[GREKey(node: owner.node, remote: local, local: remote.value, key: key)]
            }.first
            return [.init(address: remote.value, tunnel: match)]
        case .vxlan(let vni, .remotes(let remotes), let port):
            return remotes.map { remote in
                let match = owners[remote.value]?.lazy.compactMap { owner in
                    vxlans[VXLANKey(node: owner.node, vni: vni, port: port, family: remote.value.family)]
                }.first
                return .init(address: remote.value, tunnel: match)
            }
        case .vxlan(_, .group, _): return []
        }
    }

    /// Joins the tunnels' ends, and finds the members of multicast groups. A VXLAN's device may itself be joined by
    /// tunnels, so the groups are looked for again until nothing more is joined.
    mutating func join(_ joins: inout LinkJoins) {
        for (number, tunnel) in tunnels.enumerated() {
            guard case .gretap = tunnel.plan.kind else { continue }
            for end in tunnel.farEnds {
                guard let far = end.tunnel else { continue }
                // The far tunnel's way here is the same link.
                let isMutual = tunnels[far].farEnds.contains { $0.tunnel == number }
                if isMutual && far < number { continue }
                joins.join(tunnel.interface, tunnels[far].interface)
            }
        }
        for mesh in meshes() { joins.joinMesh(mesh.map { tunnels[$0].interface }) }
        var joined: Set<[Int]> = []
        repeat {
            groups = members(joins)
            let new = groups.filter { joined.insert($0).inserted }
            for group in new { joins.joinMesh(group.map { tunnels[$0].interface }) }
            if new.isEmpty { break }
        } while true
        for (number, group) in groups.enumerated() {
            for member in group { tunnels[member].group = number }
        }
    }

    /// The VXLANs that name each other, as sets, each in the order of the plan.
    private func meshes() -> [[Int]] {
        var sets = BroadcastDomains(interfaces: tunnels.count, lans: 0)
        for (number, tunnel) in tunnels.enumerated() {
            guard case .vxlan = tunnel.plan.kind else { continue }
            for end in tunnel.farEnds {
                if let far = end.tunnel { sets.join(number, far) }
            }
        }
        return collect(tunnels.indices.filter { !tunnels[$0].farEnds.isEmpty }) { sets.domain(ofInterface: $0) }
            .filter { $0.count > 1 }
    }

    private func members(_ joins: LinkJoins) -> [[Int]] {
        let domain = joins.domainsSoFar()
        return collect(Array(tunnels.indices)) { number -> GroupKey? in
            let tunnel = tunnels[number]
            guard case .vxlan(let vni, .group(let group), let port) = tunnel.plan.kind, let device = tunnel.device
            else {
                return nil
            }
            return GroupKey(vni: vni, port: port, group: group, domain: domain(device))
        }
    }

    /// Puts numbers with the same key together, in the order in which the keys come first.
    private func collect<Key: Hashable>(_ numbers: [Int], by key: (Int) -> Key?) -> [[Int]] {
        var places: [Key: Int] = [:]
        var result: [[Int]] = []
        for number in numbers {
            guard let key = key(number) else { continue }
            if let place = places[key] {
                result[place].append(number)
            } else {
                places[key] = result.count
                result.append([number])
            }
        }
        return result
    }
}
