internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// How scripts make tunnels: with `ip-link(8)`, and `bridge(8)` for the peers of a VXLAN.
struct TunnelVerbs {
    /// Makes a tunnel, up, with all its far ends.
    func make(_ tunnel: PlannedTunnel) -> [Command] {
        let name = tunnel.name
        let common = ["name", name, "address", "\(tunnel.mac.value)", "mtu", String(tunnel.mtu.value)]
        return [Command(["ip", "link", "add"] + common + ["type"] + kind(of: tunnel))] + peers(of: tunnel)
            + [Command(["ip", "link", "set", "dev", name, "up"])]
    }

    /// The words after `type`.
    private func kind(of tunnel: PlannedTunnel) -> [String] {
        let ttl = tunnel.ttl.map { ["ttl", String($0)] } ?? []
        let local = tunnel.local.map { ["local", "\($0.value)"] } ?? []
        switch tunnel.kind {
        case .gretap(let remote, let key):
            let keyed = key.map { ["key", String($0)] } ?? []
            switch remote.value.family {
            case .ipv4:
                return ["gretap", "remote", "\(remote.value)"] + local + keyed + ttl
            case .ipv6:
                // Without `encaplimit none` each packet is 8 bytes larger, for a limit that nobody needs (RFC 2473, 4.1.1).
                return ["ip6gretap", "remote", "\(remote.value)"] + local + keyed + ttl + ["encaplimit", "none"]
            }
        case .vxlan(let vni, let flood, let port):
            let dev = tunnel.dev.map { ["dev", $0.value] } ?? []
            let group: [String] =
                switch flood {
                case .group(let address): ["group", "\(address)"]
                case .remotes: []
                }
            return ["vxlan", "id", String(vni)] + group + local + dev + ["dstport", String(port)] + ttl
        }
    }

    private func peers(of tunnel: PlannedTunnel) -> [Command] {
        guard case .vxlan(_, .remotes(let remotes), _) = tunnel.kind else { return [] }
        let words = ["bridge", "fdb", "append", "00:00:00:00:00:00", "dev", tunnel.name, "dst"]
        return remotes.map { Command(words + ["\($0.value)"]) }
    }

    /// What must hold before.
    func checks(_ tunnel: PlannedTunnel) -> [[String]] {
        [["need_type"] + tunnel.kind.probe, ["free_link", tunnel.name]]
    }
}
