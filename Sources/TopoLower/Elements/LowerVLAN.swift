import TopoDiagnostics
import TopoModel
import TopoSyntax

extension Lowering {
    /// A host's VLAN interface; nil where it is no mapping, or its link or identifier cannot be made out.
    mutating func vlan(_ element: NamedNode, of host: HostOutline) -> VLANInterface? {
        vlan(element, owner: host.name) { lowering, link in
            lowering.isDevice(link, [.nic, .bridge, .tunnel], of: host.names)
        }
    }

    /// A container's VLAN interfaces.
    /// - Parameter isBroken: whether some of its interfaces could not be read.
    mutating func vlans(
        of fields: Fields, _ container: Located<String>, interfaces: [ContainerInterface], isBroken: Bool
    ) -> [VLANInterface] {
        let elements = fields.read(ContainerKeys.vlans, &findings) ?? []
        return elements.compactMap { element in
            let subject = Subject(kind: .vlan, name: element.name.value, owner: container.value)
            findings.checkDeviceName(element.name, of: subject)
            if let other = interfaces.first(where: { NameKey($0.name.value) == NameKey(element.name.value) }) {
                findings.add(
                    .duplicateName,
                    "\(container.value) has an interface and a VLAN interface named \"\(element.name.value)\"",
                    at: element.name.span, "the VLAN interface",
                    and: [.init(other.name.span, "the interface already has this name")],
                    help: ["rename one of them"])
                return nil
            }
            return vlan(element, owner: container.value) { lowering, link in
                if interfaces.contains(where: { NameKey($0.name.value) == NameKey(link.value) }) { return true }
                if !isBroken {
                    lowering.addUnknown(
                        link, [.interface], among: { _ in interfaces.map(\.name.value) }, of: interfaces.count,
                        in: container.value)
                }
                return false
            }
        }
    }

    private mutating func vlan(
        _ element: NamedNode, owner: String, isLink: (inout Lowering, Located<String>) -> Bool
    ) -> VLANInterface? {
        let subject = Subject(kind: .vlan, name: element.name.value, owner: owner)
        guard let fields = Fields(element.value, of: subject, at: element.name.span, &findings) else { return nil }
        let link = fields.read(VLANKeys.link, &findings)
        let id = id(of: fields, element.name)
        let isFine = link.map { isLink(&self, $0) } ?? false
        let addresses = addresses(fields, VLANKeys.address, VLANKeys.addresses)
        let mac = fields.read(VLANKeys.mac, &findings)
        let mtu = fields.read(VLANKeys.mtu, &findings)
        let partOf = partOf(fields, VLANKeys.partOf)
        let description = fields.read(VLANKeys.description, &findings)
        guard let link, let id, isFine else { return nil }
        return VLANInterface(
            name: element.name, link: link, id: id, addresses: addresses, mac: mac, mtu: mtu, partOf: partOf,
            description: description)
    }

    /// The identifier that is written, or that the name ends in; nil, with a finding, where neither is there.
    private mutating func id(of fields: Fields, _ name: Located<String>) -> Located<Int>? {
        if fields.contains(VLANKeys.id) { return fields.read(VLANKeys.id, &findings) }
        let digits = name.value.utf8.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if let id = Int(String(decoding: digits.reversed(), as: UTF8.self)), VLAN.identifiers.contains(id) {
            return Located(id, at: name.span)
        }
        if !fields.mayHide(VLANKeys.id) {
            findings.add(
                .missingKey, "\(fields.subject) has no \"id\", and its name ends in no number of a VLAN",
                at: fields.place, "needs the VLAN's identifier",
                help: ["add id: with a number from 1 to 4094, or let the name end in it, as in eth1.30"])
        }
        return nil
    }

    /// The VLANs of a port, by the two keys.
    mutating func portVLANs(
        _ fields: Fields, _ vlan: Key<Located<Int>>, _ tagged: Key<[Located<ClosedRange<Int>>]>
    ) -> PortVLANs {
        let untagged = fields.read(vlan, &findings)
        let ranges = fields.read(tagged, &findings) ?? []
        if let untagged, let same = ranges.first(where: { $0.value.contains(untagged.value) }) {
            addConflict(
                "\(fields.subject) has VLAN \(untagged.value) both with and without a tag", at: same.span,
                "with a tag", and: untagged.span, "without",
                help: "frames of a VLAN leave a port in one of the two ways: take it out of one")
        }
        return PortVLANs(untagged: untagged, tagged: ranges)
    }

    /// Says that an interface without a bridge has no port whose VLANs could be told.
    mutating func addPortlessVLANs(_ fields: Fields) {
        let keys = [fields.keySpan(InterfaceKeys.vlan), fields.keySpan(InterfaceKeys.tagged)]
        guard let place = keys.compactMap({ $0 }).min() else { return }
        addConflict(
            "\(fields.subject) has VLANs of a bridge's port besides \"p2p\"", at: place, "is for a port of a bridge",
            and: fields.keySpan(InterfaceKeys.pointToPoint), "has no bridge",
            help: "take it out; a tag on the link itself is a VLAN interface's: write vlans:")
    }
}
