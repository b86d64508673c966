import TopoDiagnostics
import TopoModel
import TopoSyntax
import TopoText

extension Node {
    /// The first address of an interface, as it is written.
    var firstAddress: IPAddress? { firstAddress(of: nil) }

    /// The first address of a family.
    func firstAddress(of family: AddressFamily?) -> IPAddress? {
        writtenAddresses.compactMap { try? InterfaceAddress($0).address }.first { family == nil || $0.family == family }
    }

    /// A host with its part of a network.
    func with(_ parts: NetworkParts, of network: WrittenNetwork) -> Node {
        var host = changing("containers") { containers in
            containers.changingEach { _, container in
                container.onBridge(of: network, gateways: parts.gateways)
            }
        }
        if parts.isRouter, host["forwarding"] == nil {
            let forwards = network.entry("forwarding", network.word("true"))
            host = Node(.mapping(host.entries + [forwards]), at: host.span)
        }
        host = host.adding(parts.routes, toList: "routes", at: network.entry.keySpan)
        guard parts.hasBridge else { return host }
        var moved: [Entry] = []
        for key in ["nics", "interfaces"] {
            host = host.changing(key) { nics in
                nics.changingEach { name, nic in
                    guard let wanted = parts.nic, name.isSame(as: wanted) else { return nic }
                    moved = nic.entries.filter { $0.isAddress }
                    return Node(.mapping(nic.entries.filter { !$0.isAddress }), at: nic.span).partOf(network)
                }
            }
        }
        if !parts.tunnels.isEmpty { host = host.adding(parts.tunnels, to: "tunnels", of: network) }
        let ports = parts.ports.map(network.word)
        let isWritten = host["bridges"]?[network.bridge] != nil
        guard isWritten else {
            let list = ports.isEmpty ? [] : [network.entry("ports", Node(.sequence(ports), at: network.entry.keySpan))]
            let bridge = Node(.mapping(list + moved + [network.part]), at: network.entry.keySpan)
            return host.adding([network.entry(network.bridge, bridge)], to: "bridges", of: network)
        }
        return host.changing("bridges") { bridges in
            bridges.changing(network.bridge) {
                $0.adding(ports, toList: "ports", at: network.entry.keySpan).adding(moved).partOf(network)
            }
        }
    }

    /// The topology with more subnets of a LAN that says which it has.
    func adding(_ subnets: [Node], toLAN name: String) -> Node {
        changing("lans") { lans in
            lans.changing(name) { lan in
                lan.changing("subnet") { subnet in
                    let written = subnet.word == nil ? subnet.items : [subnet]
                    let known = written.compactMap { $0.word.flatMap { try? Prefix($0) } }
                    let more = subnets.filter { node in
                        node.word.flatMap { try? Prefix($0) }.map { !known.contains($0) } ?? false
                    }
                    return more.isEmpty ? subnet : Node(.sequence(written + more), at: subnet.span)
                }
            }
        }
    }

    /// A container with the network's bridge in the place of the network, and its gateways where it names none.
    private func onBridge(of network: WrittenNetwork, gateways: [String]) -> Node {
        let changed =
            self["interfaces"] == nil
            ? onBridge(of: network) : changing("interfaces") { $0.changingEach { $1.onBridge(of: network) } }
        guard !gateways.isEmpty, changed != self, self["gateway"] == nil, !hasDefaultRoute else { return changed }
        let nodes = gateways.map(network.word)
        let value = nodes.count == 1 ? nodes[0] : Node(.sequence(nodes), at: network.entry.keySpan)
        return Node(.mapping(changed.entries + [network.entry("gateway", value)]), at: span)
    }

    /// True where one of its written routes is for everything.
    var hasDefaultRoute: Bool {
        (self["routes"]?.items ?? []).contains { route in
            ["default", "0.0.0.0/0", "::/0"].contains { route["to"]?.word?.isSame(as: $0) ?? false }
        }
    }

    /// An interface with the network's bridge in the place of the network.
    private func onBridge(of network: WrittenNetwork) -> Node {
        guard isInNetworkAlone, self["network"]?.word?.isSame(as: network.name) == true else {
            return self
        }
        let changed = entries.map { entry in
            guard entry.key == "network" else { return entry }
            return Entry(
                key: "bridge", keySpan: entry.keySpan,
                value: .made(network.bridge, at: entry.value.span))
        }
        return Node(.mapping(changed), at: span)
    }

    /// The mapping with more elements below a key, which is made where it is not there.
    func adding(_ elements: [Entry], to key: String, of network: WrittenNetwork) -> Node {
        adding(elements, to: key, at: network.entry.keySpan)
    }

    /// The element as a part of the network, where it is said to be of none.
    private func partOf(_ network: WrittenNetwork) -> Node {
        self[network.part.key] == nil ? Node(.mapping(entries + [network.part]), at: span) : self
    }

    /// The bridge with the addresses of a NIC, beside its own.
    private func adding(_ addresses: [Entry]) -> Node {
        guard !addresses.isEmpty else { return self }
        let texts = addresses.flatMap { $0.value.word == nil ? $0.value.items : [$0.value] }
        guard let list = self["addresses"] else {
            guard self["address"] != nil else { return Node(.mapping(entries + addresses), at: span) }
            let first = addresses[0]
            let more = Entry(
                key: "addresses", keySpan: first.keySpan, value: Node(.sequence(texts), at: first.value.span))
            return Node(.mapping(entries + [more]), at: span)
        }
        return changing("addresses") { _ in Node(.sequence(list.items + texts), at: list.span) }
    }
}

extension Node.Entry {
    /// True for the keys of an interface's addresses.
    fileprivate var isAddress: Bool { key == "address" || key == "addresses" }
}
