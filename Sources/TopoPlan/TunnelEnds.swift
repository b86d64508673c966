internal import TopoDiagnostics
internal import TopoModel
import TopoNetwork

/// The ends of a tunnel, all known.
struct TunnelEnds {
    /// This end's underlay address; nil where the topology's hosts have none that fits.
    let local: Setting<IPAddress>?
    /// The far ends, in the order of the file; none for a multicast group.
    let remotes: [Setting<IPAddress>]
    /// The underlay interface of this end.
    let dev: Setting<String>?
}

extension Underlay {
    /// Works out a tunnel's ends: what is written, else what the hosts' addresses and the other end imply.
    func ends(of tunnel: Tunnel, on host: Host) -> TunnelEnds {
        let name = host.name.value
        let known = addresses(of: tunnel, on: host)
        let remotes = known.remotes.map { remote in
            let towards = tunnel.local.map { "\($0.value)" } ?? name
            return Setting(
                remote.address,
                remote.end.address == nil
                    ? .derived("\(remote.end.host ?? "")'s address towards \(towards)") : .written(remote.end.span))
        }
        let towards = tunnel.farEnds.first.flatMap { $0.address == nil ? $0.host : nil }
        let peer = towards ?? remotes.first.map { "\($0.value)" } ?? "the others of its group"
        let local = known.local.map { address in
            Setting(address, tunnel.local.map { .written($0.span) } ?? .derived("\(name)'s address towards \(peer)"))
        }
        return TunnelEnds(local: local, remotes: remotes, dev: dev(of: tunnel, on: host))
    }

    private func dev(of tunnel: Tunnel, on host: Host) -> Setting<String>? {
        device(of: tunnel, on: host).map { device in
            Setting(
                device.name, device.reason.map { .derived($0) } ?? tunnel.dev.map { .written($0.span) } ?? .derived(""))
        }
    }
}
