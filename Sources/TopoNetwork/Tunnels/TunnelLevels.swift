public import TopoModel

/// How many tunnels one node can send a packet through at once, each inside the next one's packets.
///
/// Each sends within the other's call. The kernel ends that after so many calls: `XMIT_RECURSION_LIMIT`, 8, where a tunnel
/// and the bridge below it are two. From Linux 7.0, and in the stable kernels of 2026, tunnels are counted by
/// `IP_TUNNEL_RECURSION_LIMIT`, and twice.
public enum TunnelLevels {
    /// What every kernel carries.
    public static let everywhere = 2
    /// What kernels without a limit for tunnels carry, as Linux 6.1.
    public static let most = 4

    /// What a kernel carries: Linux 6.18 was seen to drop the third level, and 6.1 to carry it.
    /// - Parameter release: its version, as `uname -r` says it; what is no version is taken for a new one.
    public static func carried(byKernel release: String) -> Int {
        let numbers = release.utf8.split(separator: UInt8(ascii: ".")).prefix(2).map { part in
            Int(Substring(part.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })) ?? 99
        }
        return numbers.lexicographicallyPrecedes([6, 18]) ? most : everywhere
    }
}

extension Underlay {
    /// The tunnels of a host that a tunnel's outer packets are put into there, the innermost first, the tunnel itself
    /// included: more than one where the way to its far end leaves by a bridge that a tunnel alone leads on from.
    public func levels(of tunnel: Tunnel, on host: Host) -> [Tunnel] { levels(of: tunnel, on: host, inside: []) }

    private func levels(of tunnel: Tunnel, on host: Host, inside: Set<String>) -> [Tunnel] {
        let seen = inside.union([tunnel.name.value])
        let exits =
            tunnel.dev.map { [$0.value] }
            ?? addresses(of: tunnel, on: host).remotes.flatMap { far in
                ways(from: host.name.value, to: far.address).prefix { $0.host == host.name.value }.map(\.interface)
            }
        // Most leave by a NIC: a host may have thousands of tunnels, and of bridges.
        guard !exits.allSatisfy({ exit in host.nics.contains { $0.name.value == exit } }) else { return [tunnel] }
        let ports = Set(
            host.bridges.filter { bridge in
                exits.contains(bridge.name.value)
                    && !host.nics.contains { nic in
                        nic.lan != nil && bridge.ports.contains { $0.value == nic.name.value }
                    }
            }.flatMap { $0.ports.map(\.value) })
        let below = host.tunnels.filter { ports.contains($0.name.value) && !seen.contains($0.name.value) }
            .map { levels(of: $0, on: host, inside: seen) }
        return [tunnel] + (below.max { $0.count < $1.count } ?? [])
    }
}
