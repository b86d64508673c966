import TopoDiagnostics
import TopoModel
import TopoNetwork

extension TunnelComparison {
    /// What the kernel of one host tells tunnels apart by.
    private enum KernelIdentity: Hashable {
        /// The ends' addresses and the key; over IPv6 no key is the same as key 0.
        case gretap(host: String, local: IPAddress, remote: IPAddress, key: UInt32?)
        /// Neither the group nor the underlay's interface tells VXLANs apart.
        case vxlan(host: String, vni: UInt32, port: UInt16, family: AddressFamily)
    }

    /// Says which tunnels the kernel rejects, since it has one like them already: T0404.
    mutating func compareTunnelsOfSameHosts() {
        var first: [KernelIdentity: Int] = [:]
        var mirrored: Set<KernelIdentity> = []
        for number in tunnels.indices {
            guard let identity = kernelIdentity(of: number) else { continue }
            guard let other = first[identity] else {
                first[identity] = number
                continue
            }
            // What either was meant to be joined to is not known.
            for tunnel in [other, number] {
                faulty.insert(tunnel)
                settled.insert(tunnel)
            }
            doubled.formUnion([other, number])
            if !mirrored.contains(identity) { diagnostics.append(doubled(number, of: other)) }
            if let back = mirror(of: identity, at: number) { mirrored.insert(back) }
        }
    }

    private func kernelIdentity(of number: Int) -> KernelIdentity? {
        let tunnel = tunnels[number]
        switch tunnel.tunnel.kind {
        case .gretap(_, let key):
            guard let local = tunnel.addresses.local, let remote = tunnel.addresses.remotes.first?.address else {
                return nil
            }
            let told = remote.family == .ipv6 ? key?.value ?? 0 : key?.value
            return .gretap(host: tunnel.owner, local: local, remote: remote, key: told)
        case .vxlan(let vni, let flood, let port):
            let family: AddressFamily? =
                switch flood {
                case .group(let group): group.value.family
                case .remotes: tunnel.addresses.remotes.first?.address.family ?? tunnel.addresses.local?.family
                }
            return .vxlan(
                host: tunnel.owner, vni: vni.value, port: port?.value ?? Tunnel.vxlanPort, family: family ?? .ipv4)
        }
    }

    /// What the far host sees of a gretap, which is the same mistake once more; nil for a VXLAN.
    private func mirror(of identity: KernelIdentity, at number: Int) -> KernelIdentity? {
        switch identity {
        case .gretap(_, let local, let remote, let key):
            tunnels[number].gretap?.remote.host.map { .gretap(host: $0, local: remote, remote: local, key: key) }
        case .vxlan: nil
        }
    }

    private func doubled(_ number: Int, of other: Int) -> Diagnostic {
        let (tunnel, first) = (tunnels[number], tunnels[other])
        let names = "\"\(first.tunnel.name.value)\" and \"\(tunnel.tunnel.name.value)\""
        switch tunnel.tunnel.kind {
        case .gretap(let remote, let key):
            let ends = "\(tunnel.written(remote))" + (key.map { " with key \($0.value)" } ?? "")
            let place = key?.span ?? remote.span
            let firstPlace = first.gretap?.key?.span ?? first.gretap?.remote.span ?? first.tunnel.name.span
            return Diagnostic(
                .tunnelNotUnique, "\(tunnel.owner)'s tunnels \(names) are the same to the kernel: both lead to \(ends)",
                at: .init(place, "the second"), and: [.init(firstPlace, "the first")],
                notes: [
                    "it tells gretap tunnels apart by local, remote and key, and rejects the second: \"File exists\""
                ],
                help: [
                    "give one of them a different key, at both ends: "
                        + "\"key: \((first.gretap?.key?.value ?? 0) &+ 1)\"", "or leave one out",
                ])
        case .vxlan(let vni, _, let port):
            return Diagnostic(
                .tunnelNotUnique,
                "\(tunnel.owner)'s tunnels \(names) have the same VNI, \(vni.value), and the same UDP port",
                at: .init(vni.span, "the second"),
                and: [.init(first.vxlan?.vni.span ?? first.tunnel.name.span, "the first")],
                notes: [
                    "the kernel cannot tell their packets to port \(port?.value ?? Tunnel.vxlanPort) apart, and rejects the "
                        + "second, \"A VXLAN device with the specified VNI already exists\""
                ],
                help: [
                    "give each network a \"vni\" of its own",
                    "or list all far ends in the \"remotes\" of one tunnel, if it is one network",
                ])
        }
    }
}
