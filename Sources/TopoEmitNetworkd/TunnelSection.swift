internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// What a tunnel's files say of its kind.
struct TunnelSection {
    /// The word for its kind.
    let kind: StaticString
    /// The section of its `.netdev`.
    let section: UnitSection
    /// The sections of its `.network` for its far ends.
    let peers: [UnitSection]

    init(_ tunnel: PlannedTunnel) {
        switch tunnel.kind {
        case .gretap(let remote, let key):
            var section = UnitSection("Tunnel")
            section.add("Local", tunnel.local.map { .address($0.value) })
            section.add("Remote", .address(remote.value))
            section.add("Key", key.map(UnitValue.number))
            section.add("TTL", tunnel.ttl.map(UnitValue.number))
            switch remote.value.family {
            case .ipv4: kind = "gretap"
            case .ipv6:
                kind = "ip6gretap"
                // Else each packet is 8 bytes larger, for a limit that nobody needs (RFC 2473, 4.1.1).
                section.add("EncapsulationLimit", .word("none"))
            }
            // It goes by its addresses, and by whichever interface leads there.
            section.add("Independent", .flag(true))
            self.section = section
            peers = []
        case .vxlan(let vni, let flood, let port):
            kind = "vxlan"
            var section = UnitSection("VXLAN")
            section.add("VNI", .number(vni))
            var peers: [UnitSection] = []
            switch flood {
            case .group(let group): section.add("Group", .address(group))
            case .remotes(let remotes):
                peers = remotes.map { remote in
                    // The address of all zeros stands for all that is not known: a copy goes to each of these.
                    UnitSection(
                        "BridgeFDB",
                        [("MACAddress", .mac(MACAddress(bits: 0))), ("Destination", .address(remote.value))])
                }
            }
            section.add("Local", tunnel.local.map { .address($0.value) })
            section.add("DestinationPort", .number(port))
            section.add("TTL", tunnel.ttl.map(UnitValue.number))
            // Else systemd-networkd waits for the interface that it goes over, and here the routes say which.
            if tunnel.dev == nil { section.add("Independent", .flag(true)) }
            // As the kernel does unless told otherwise; systemd-networkd tells it.
            section.add("UDPChecksum", .flag(true))
            self.section = section
            self.peers = peers
        }
    }
}
