import TopoDiagnostics
import TopoModel

extension Lowering {
    /// A NIC; nil where it is no mapping. A LAN that does not exist is left out.
    mutating func nic(_ element: NamedNode, of host: HostOutline) -> NIC? {
        let subject = Subject(kind: .nic, name: element.name.value, owner: host.name)
        guard let fields = Fields(element.value, of: subject, at: element.name.span, &findings) else { return nil }
        var lan = fields.read(NICKeys.lan, &findings)
        if let name = lan, !isLAN(name) { lan = nil }
        return NIC(
            name: element.name, lan: lan, addresses: addresses(fields, NICKeys.address, NICKeys.addresses),
            mac: fields.read(NICKeys.mac, &findings), mtu: fields.read(NICKeys.mtu, &findings),
            partOf: partOf(fields, NICKeys.partOf),
            description: fields.read(NICKeys.description, &findings))
    }

    /// A bridge; nil where it is no mapping. Ports that do not exist are left out.
    mutating func bridge(_ element: NamedNode, of host: HostOutline) -> Bridge? {
        let subject = Subject(kind: .bridge, name: element.name.value, owner: host.name)
        guard let fields = Fields(element.value, of: subject, at: element.name.span, &findings) else { return nil }
        let managedBy = fields.read(BridgeKeys.managedBy, &findings)
        let ports = ports(fields, of: host)
        if managedBy?.value == .lxd { findings.checkInstanceDeviceName(element.name, .lxd, of: subject) }
        return Bridge(
            name: element.name, addresses: addresses(fields, BridgeKeys.address, BridgeKeys.addresses),
            ports: ports.map(\.name), vlanFiltering: fields.read(BridgeKeys.vlanFiltering, &findings),
            vlans: PortVLANs(untagged: fields.read(BridgeKeys.vlan, &findings)),
            portVLANs: Dictionary(
                ports.filter { !$0.vlans.isEmpty }.map { ($0.name.value, $0.vlans) },
                uniquingKeysWith: { first, _ in first }),
            managedBy: managedBy,
            stp: fields.read(BridgeKeys.stp, &findings), mac: fields.read(BridgeKeys.mac, &findings),
            mtu: fields.read(BridgeKeys.mtu, &findings), partOf: partOf(fields, BridgeKeys.partOf),
            description: fields.read(BridgeKeys.description, &findings))
    }

    /// The network that an interface belongs to, by a name that a network may have. The file need not have the network: what
    /// `expand` prints has none.
    mutating func partOf(_ fields: Fields, _ key: Key<Located<String>>) -> Located<String>? {
        let name = fields.read(key, &findings)
        if let name { findings.checkLANName(name, calling: ElementKind.network.rawValue) }
        return name
    }

    /// A bridge's ports that exist, each once.
    private mutating func ports(
        _ fields: Fields, of host: HostOutline
    ) -> [(name: Located<String>, vlans: PortVLANs)] {
        var seen: [String: Span] = [:]
        var ports: [(name: Located<String>, vlans: PortVLANs)] = []
        for element in fields.read(BridgeKeys.ports, &findings) ?? [] {
            let port = element.name
            if let first = seen[port.value] {
                findings.add(
                    .duplicateName, "\"\(port.value)\" is twice in the ports of \(fields.subject)", at: port.span,
                    "again", and: [.init(first, "first here")], help: ["list each port once"])
                continue
            }
            seen[port.value] = port.span
            let subject = Subject(kind: .bridgePort, name: port.value, owner: host.name)
            let own = Fields(element.value, of: subject, at: port.span, &findings)
            let vlans = own.map { portVLANs($0, BridgePortKeys.vlan, BridgePortKeys.tagged) } ?? .none
            if isDevice(port, [.nic, .tunnel, .vlan], of: host.names) { ports.append((port, vlans)) }
        }
        return ports
    }

    /// Says which interfaces are ports of two bridges; `ip link set … master` would move them without a word.
    mutating func addSharedPorts(of bridges: [Bridge]) {
        var owners: [String: (bridge: String, place: Span)] = [:]
        for bridge in bridges {
            for port in bridge.ports {
                guard let owner = owners[port.value] else {
                    owners[port.value] = (bridge.name.value, port.span)
                    continue
                }
                addConflict(
                    "\"\(port.value)\" is a port of two bridges, \"\(owner.bridge)\" and \"\(bridge.name.value)\"",
                    at: port.span, "the second", and: owner.place, "the first",
                    help: "an interface is a port of one bridge: take it out of the other")
            }
        }
    }
}
