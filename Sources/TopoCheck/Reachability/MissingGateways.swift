import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds hosts that forward and have no address on the bridge of their containers, which then have no gateway: T0508, a warning.
///
/// Only where the host has nothing else to forward for, and nothing else is on the bridge: a segment of containers alone, or one that
/// a tunnel extends, may be meant to have no router.
func findBridgesWithoutAddress(in network: Network, _ findings: inout Findings) {
    for host in network.topology.hosts where host.forwarding?.value == true {
        guard let node = network.node(host: host.name.value, container: nil) else { continue }
        let subnets = Set(network.nodes[node].addresses.map { network.addresses[$0].value.prefix })
        guard subnets.count == 1 else { continue }
        for bridge in host.bridges where bridge.addresses.isEmpty && bridge.ports.isEmpty {
            let name = InterfaceName(host: host.name.value, interface: bridge.name.value)
            guard let segment = network.segments.index(of: name), network.segments.routers(in: segment).count == 1,
                let container = lonely(on: segment, in: network), let forwarding = host.forwarding
            else { continue }
            let prefix = container.value.prefix
            let free = [prefix.firstHost, prefix.lastHost].first { network.index(of: $0, on: segment) == nil }
            let example = free.map { ", for example \(InterfaceAddress($0, length: prefix.length))" } ?? ""
            findings.add(
                Diagnostic(
                    .noAddressOnBridge,
                    "\(host.name.value) forwards, but has no address on bridge \"\(bridge.name.value)\"",
                    at: .init(bridge.name.span, "no address: its containers have no gateway"),
                    and: [
                        .init(forwarding.span, "forwards, but has only one subnet"),
                        .init(container.span, "\(network.interface(of: container)) reaches only \(prefix)"),
                    ],
                    notes: ["\(host.name.value) needs an address in its containers' subnet to be their router"],
                    help: ["give \"\(bridge.name.value)\" an address of \(prefix)\(example)"]))
        }
    }
}

/// The first container's address on a segment, where its gateway would be derived.
private func lonely(on segment: Int, in network: Network) -> Network.AssignedAddress? {
    network.addresses(on: segment).lazy.map { network.addresses[$0] }.first { address in
        switch network.nodes[address.node].container?.gateway {
        case .derived?: !address.value.address.isIPv6LinkLocal
        case .none?, .routers?, nil: false
        }
    }
}
