import TopoDiagnostics
import TopoModel
import TopoSyntax
import TopoText

extension Lowering {
    /// An interface of a container, from the keys of the interface or of a container in the short form.
    /// - Returns: nil, with a finding unless one says it already, where it is not connected to anything.
    mutating func interface(
        _ name: Located<String>, _ fields: Fields, description: String?, of host: HostOutline
    ) -> ContainerInterface? {
        guard let attachment = attachment(fields, of: host) else { return nil }
        let addresses: [Located<InterfaceAddress>]
        switch attachment {
        case .bridge:
            addresses = self.addresses(fields, InterfaceKeys.address, InterfaceKeys.addresses)
        case .pointToPoint:
            addresses = []
            addConflictingAddresses(fields)
            addPortlessVLANs(fields)
        }
        let vlans = portVLANs(fields, InterfaceKeys.vlan, InterfaceKeys.tagged)
        return ContainerInterface(
            name: name, attachment: attachment, addresses: addresses, vlans: vlans,
            mac: fields.read(InterfaceKeys.mac, &findings),
            mtu: fields.read(InterfaceKeys.mtu, &findings), description: description)
    }

    /// What an interface is joined to.
    private mutating func attachment(_ fields: Fields, of host: HostOutline) -> ContainerInterface.Attachment? {
        if let place = fields.keySpan(InterfaceKeys.network) {
            addUnwritten(fields, place)
            return nil
        }
        switch (fields.keySpan(InterfaceKeys.bridge), fields.keySpan(InterfaceKeys.pointToPoint)) {
        case (nil, nil):
            let isHidden =
                fields.mayHide(InterfaceKeys.bridge) || fields.mayHide(InterfaceKeys.pointToPoint)
                || fields.mayHide(ContainerKeys.interfaces)
            if !isHidden { addUnattached(fields, of: host) }
            return nil
        case (let bridge?, let link?):
            addConflict(
                "\(fields.subject) has both \"bridge\" and \"p2p\"", at: max(bridge, link), "excludes the other",
                and: min(bridge, link), "first here",
                help: "keep one; for two interfaces, write interfaces: {eth0: {bridge: …}, eth1: {p2p: …}}")
            return nil
        case (_?, nil):
            guard let name = fields.read(InterfaceKeys.bridge, &findings), isDevice(name, [.bridge], of: host.names)
            else { return nil }
            return .bridge(name)
        case (nil, let place?):
            guard let node = fields.read(InterfaceKeys.pointToPoint, &findings) else { return nil }
            let links = links(node, of: fields, at: place, on: host)
            return links.isEmpty ? nil : .pointToPoint(links)
        }
    }

    /// Says why a `network` has not been written out as a bridge, unless that has been said.
    private mutating func addUnwritten(_ fields: Fields, _ place: Span) {
        let others = [
            (InterfaceKeys.bridge.name, fields.keySpan(InterfaceKeys.bridge)),
            (InterfaceKeys.pointToPoint.name, fields.keySpan(InterfaceKeys.pointToPoint)),
        ]
        if fields.keySpan(InterfaceKeys.bridge) == nil, let link = fields.keySpan(InterfaceKeys.pointToPoint),
            fields.read(InterfaceKeys.pointToPoint, &findings)?.scalarText?.isSame(as: "auto") ?? false
        {
            addUnroutedLink(fields, link)
            return
        }
        for case (let name, let other?) in others {
            addConflict(
                "\(fields.subject) has both \"network\" and \"\(name)\"", at: max(place, other), "excludes the other",
                and: min(place, other), "first here", help: "keep one of them")
            return
        }
        guard let name = fields.read(InterfaceKeys.network, &findings) else { return }
        _ = isNetwork(name)
    }

    /// Says that only a routed network has subnets for links.
    private mutating func addUnroutedLink(_ fields: Fields, _ place: Span) {
        guard let name = fields.read(InterfaceKeys.network, &findings), isNetwork(name),
            let index = networks.firstIndex(where: { NameKey($0.value) == NameKey(name.value) }),
            let kind = networkKinds[index], kind != .routed
        else { return }
        addConflict(
            "\(fields.subject) has \"p2p: auto\" in a network that is not routed", at: place,
            "needs a subnet of the network", and: networks[index].span, "is \(kind.rawValue)",
            help: "take p2p: out, or write kind: routed at the network")
    }

    /// Says that nothing tells what an interface, or a container as a whole, is joined to.
    private mutating func addUnattached(_ fields: Fields, of host: HostOutline) {
        let isContainer = fields.subject.kind == .container
        let bridge = host.names.devices.first { $0.kind == .bridge }?.name.value ?? "br0"
        findings.add(
            .missingKey,
            "\(fields.subject) has neither \"bridge\", \"network\" nor \"p2p\"\(isContainer ? ", and no \"interfaces\"" : "")",
            at: fields.place, "is not connected to anything",
            help: ["add bridge: \(bridge) with an address, or p2p: with a /30 subnet of its own"])
    }

    /// Says that a point-to-point link's addresses stand in the link.
    private mutating func addConflictingAddresses(_ fields: Fields) {
        let keys = [fields.keySpan(InterfaceKeys.address), fields.keySpan(InterfaceKeys.addresses)]
        guard let place = keys.compactMap({ $0 }).first else { return }
        addConflict(
            "\(fields.subject) has an address besides \"p2p\"", at: place, "the link already has the address",
            and: fields.keySpan(InterfaceKeys.pointToPoint), "both ends' addresses are here",
            help: "to choose the addresses, write p2p: {host: 10.2.0.1/30, container: 10.2.0.2/30} and no address")
    }
}
