import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds bridges on LANs that pass to a NIC nothing but what is for its own MAC address, where others on the LAN share a subnet
/// with what is on the bridge: T0413.
func findFilteringLANs(in network: Network, _ findings: inout Findings) {
    let kept = KeptApart(network)
    for lan in network.topology.lans {
        guard let setting = lan.promiscuous, !setting.value else { continue }
        let plugs = network.topology.hosts.flatMap { host in
            host.nics.filter { $0.lan?.value == lan.name.value }.map { Plug($0, of: host, in: network) }
        }
        for (number, plug) in plugs.enumerated() {
            guard let port = plug.port, let (lost, other) = plug.firstLost(to: plugs, but: number, kept, network)
            else { continue }
            findings.add(dropped(lost, other, behind: port, on: lan, setting.span, in: network))
        }
    }
}

/// A NIC on a LAN, with the addresses that are reached through it.
private struct Plug {
    /// Where it is made a port of a bridge; nil where it is none.
    let port: Span?
    /// The addresses, as indices: the NIC's own, or those of its bridge and of the bridge's containers.
    private let addresses: [Int]
    /// Those that frames do not get to.
    private let cutOff: [Int]

    init(_ nic: NIC, of host: Host, in network: Network) {
        let name = host.name.value
        func all(_ interface: String, of container: String? = nil) -> Range<Int> {
            network.addresses(of: .init(host: name, container: container, interface: interface))
        }
        let found = host.bridges.lazy.compactMap { bridge in
            bridge.ports.first { $0.value == nic.name.value }.map { (bridge: bridge, port: $0.span) }
        }.first
        guard let (bridge, port) = found else {
            (self.port, addresses, cutOff) = (nil, Array(all(nic.name.value)), [])
            return
        }
        var members = [(all(bridge.name.value), bridge.mac)]
        for container in host.containers {
            for interface in container.interfaces {
                guard case .bridge(let own) = interface.attachment, own.value == bridge.name.value else { continue }
                members.append((all(interface.name.value, of: container.name.value), interface.mac))
            }
        }
        for vlan in host.vlans where vlan.link.value == bridge.name.value {
            members.append((all(vlan.name.value), vlan.mac ?? bridge.mac))
        }
        self.port = port
        addresses = members.flatMap(\.0)
        cutOff = members.filter { !FrameFilter.passes(to: $0.1?.value, behind: nic.mac?.value) }.flatMap(\.0)
    }

    /// An address behind this NIC that frames do not get to, and one of another NIC's in a subnet of both.
    func firstLost(to plugs: [Plug], but own: Int, _ kept: KeptApart, _ network: Network) -> (lost: Int, other: Int)? {
        for lost in cutOff {
            let one = network.addresses[lost]
            for (number, plug) in plugs.enumerated() where number != own {
                let other = plug.addresses.first { index in
                    let other = network.addresses[index]
                    return one.value.prefix.contains(other.value.address)
                        && other.value.prefix.contains(one.value.address) && !kept.areApart(one.node, other.node)
                }
                if let other { return (lost, other) }
            }
        }
        return nil
    }
}

private func dropped(
    _ lost: Int, _ other: Int, behind port: Span, on lan: LAN, _ setting: Span, in network: Network
) -> Diagnostic {
    let (lost, other) = (network.addresses[lost], network.addresses[other])
    let (near, far) = (network.interface(of: lost), network.interface(of: other))
    return Diagnostic(
        .framesDropped, "LAN \"\(lan.name.value)\" drops frames for \(near), which is bridged to it",
        at: .init(setting, "only frames for a NIC's own MAC address reach it"),
        and: [
            .init(port, "the NIC is a port of a bridge"), .init(lost.span, "\(near) is behind it"),
            .init(other.span, "\(far) cannot reach \(lost.value.address)"),
        ],
        notes: ["broadcasts get through, so ARP requests arrive; answers and all other packets do not"],
        help: [
            "leave out \"promiscuous: false\", and let the hypervisor pass all frames (VirtualBox: \"Allow All\")",
            "or give the NIC an address, the bridge a subnet of its own, and let the host forward",
        ])
}
