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
            gateways: oneOfEachFamily(fields.read(LANKeys.gateway, &findings) ?? [], of: fields, help: "keep one") {
                $0
            },
            mtu: fields.read(LANKeys.mtu, &findings), promiscuous: fields.read(LANKeys.promiscuous, &findings),
            virtualBoxNetwork: virtualBoxNetwork(of: fields, lan: element.name.value),
            description: fields.read(LANKeys.description, &findings))
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
