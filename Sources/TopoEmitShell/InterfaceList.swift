internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoTemplates
internal import TopoText

/// What a host and its containers must have, for a script that looks for what is missing.
struct InterfaceList {
    private let host: HostPlan

    init(of host: HostPlan) { self.host = host }

    /// For each node with interfaces, the shell pattern of its name and a word for each interface: its name, its end on the
    /// host, the bridge that it is on and its addresses, `-` for what it has not, `?` for an end whose name is Docker's choice.
    var nodes: [[String: Filling]] {
        let containers = host.containers.map { container in
            (
                container.name,
                loopback(of: .container(container.name))
                    + host.veths(of: container.name).map { veth in
                        line(
                            veth.interface,
                            near: container.network == nil && veth.macvlanParent == nil ? veth.hostInterface : "?",
                            on: veth.bridge,
                            in: .container(container.name))
                    }
                    + vlans(of: .container(container.name))
            )
        }
        return (containers + [(host.name, own)]).filter { !$0.1.isEmpty }.map { name, lines in
            ["pattern": .text(shellWord(name)), "lines": .texts(lines.map(shellWord))]
        }
    }

    private var own: [String] {
        loopback(of: .host) + host.nics.map { line($0.name, on: $0.bridge, in: .host) }
            + host.tunnels.map { line($0.name, on: $0.bridge, in: .host) }
            + host.bridges.map { line($0.name, on: nil, in: .host) } + vlans(of: .host)
            + host.veths.filter { $0.bridge == nil }.map { line($0.hostInterface, on: nil, in: .host) }
    }

    private func vlans(of namespace: Namespace) -> [String] {
        host.vlans(of: namespace).map { line($0.name, on: $0.bridge, in: namespace) }
    }

    /// The loopback interface's word, where it is to have addresses.
    private func loopback(of namespace: Namespace) -> [String] {
        host.loopback(of: namespace).isEmpty ? [] : [line(InterfaceName.loopback, on: nil, in: namespace)]
    }

    private func line(_ name: String, near: String? = nil, on bridge: String?, in namespace: Namespace) -> String {
        let addresses = host.addresses(of: name, in: namespace).map(\.description)
        return ([name, near ?? "-", bridge ?? "-"] + addresses).joined(separator: " ")
    }
}
