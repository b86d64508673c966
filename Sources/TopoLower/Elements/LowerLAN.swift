import TopoDiagnostics
import TopoModel

extension Lowering {
    /// A LAN; nil where it is no mapping.
    mutating func lan(_ element: NamedNode) -> LAN? {
        let subject = Subject(kind: .lan, name: element.name.value)
        findings.checkLANName(element.name)
        guard let fields = Fields(element.value, of: subject, at: element.name.span, &findings) else { return nil }
        return LAN(
            name: element.name, subnets: fields.read(LANKeys.subnet, &findings) ?? [],
            gateways: gateways(of: fields),
            mtu: fields.read(LANKeys.mtu, &findings), promiscuous: fields.read(LANKeys.promiscuous, &findings),
            virtualBoxNetwork: virtualBoxNetwork(of: fields, lan: element.name.value),
            description: fields.read(LANKeys.description, &findings))
    }

    /// The router of each family to what is not in the topology.
    private mutating func gateways(of lan: Fields) -> [Located<IPAddress>] {
        var kept: [Located<IPAddress>] = []
        for gateway in lan.read(LANKeys.gateway, &findings) ?? [] {
            if let other = kept.first(where: { $0.value.family == gateway.value.family }) {
                addConflict(
                    "\(lan.subject) has two \(gateway.value.family.title) gateways", at: gateway.span, "the second",
                    and: other.span, "the first", help: "keep one")
            } else {
                kept.append(gateway)
            }
        }
        return kept
    }

    /// The VirtualBox network that a LAN is.
    private mutating func virtualBoxNetwork(of lan: Fields, lan name: String) -> Located<String>? {
        guard let node = lan.read(LANKeys.virtualBox, &findings), let place = lan.keySpan(LANKeys.virtualBox) else {
            return nil
        }
        let subject = Subject(kind: .virtualBox, owner: name)
        guard let fields = Fields(node, of: subject, at: place, &findings) else { return nil }
        return fields.read(VirtualBoxKeys.network, &findings)
    }
}
