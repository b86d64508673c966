import TopoDiagnostics
import TopoModel

/// How many ports a Linux bridge can have (`BR_MAX_PORTS` of net/bridge/br_private.h, less the number that is none).
private let mostPorts = 1023

/// Finds bridges with more ports than the kernel gives one: T0407.
func findOverfullBridges(in network: Network, _ findings: inout Findings) {
    for host in network.topology.hosts {
        var ports: [String: [Span]] = [:]
        for bridge in host.bridges { ports[bridge.name.value] = bridge.ports.map(\.span) }
        for interface in host.containers.flatMap(\.interfaces) {
            guard case .bridge(let bridge) = interface.attachment else { continue }
            ports[bridge.value, default: []].append(interface.name.span)
        }
        for bridge in host.bridges {
            guard let spans = ports[bridge.name.value], spans.count > mostPorts else { continue }
            findings.add(
                Diagnostic(
                    .tooManyPorts,
                    "\(host.name.value)'s bridge \"\(bridge.name.value)\" has \(spans.count) ports, but can have at most \(mostPorts)",
                    at: .init(bridge.name.span, "has \(spans.count) ports"),
                    and: [.init(spans[mostPorts], "the first that does not fit")],
                    notes: ["the kernel rejects each further one: \"Exchange full\""],
                    help: ["split them over two bridges with different subnets, and let the host route"]))
        }
    }
}
