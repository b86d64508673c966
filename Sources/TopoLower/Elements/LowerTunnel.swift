import TopoDiagnostics
import TopoModel

/// A tunnel whose own addresses are read, and whose ends wait until all addresses are known.
struct TunnelDraft {
    let name: Located<String>
    let fields: Fields
    let addresses: [Located<InterfaceAddress>]
}

extension Lowering {
    /// A tunnel's own addresses; nil where it is no mapping.
    mutating func draft(tunnel element: NamedNode, of host: HostOutline) -> TunnelDraft? {
        let subject = Subject(kind: .tunnel, name: element.name.value, owner: host.name)
        guard let fields = Fields(element.value, of: subject, at: element.name.span, &findings) else { return nil }
        return TunnelDraft(
            name: element.name, fields: fields, addresses: addresses(fields, TunnelKeys.address, TunnelKeys.addresses))
    }

    /// A tunnel; nil, with findings, where its type or its far ends cannot be made out.
    mutating func tunnel(_ draft: TunnelDraft, of host: HostOutline) -> Tunnel? {
        let fields = draft.fields
        let type = fields.read(TunnelKeys.type, &findings)
        let local = local(of: fields)
        let dev = dev(of: fields, draft.name, host)
        let ttl = fields.read(TunnelKeys.ttl, &findings)
        let mac = fields.read(TunnelKeys.mac, &findings)
        let mtu = fields.read(TunnelKeys.mtu, &findings)
        let partOf = partOf(fields, TunnelKeys.partOf)
        let description = fields.read(TunnelKeys.description, &findings)
        guard let type else { return nil }
        addForeignKeys(fields, type)
        let kind: Tunnel.Kind?
        switch type.value {
        case .gretap: kind = gretap(fields, host, local: local)
        case .vxlan: kind = vxlan(fields, host, local: local)
        }
        guard let kind else { return nil }
        addMixedFamilies(local, kind, fields)
        return Tunnel(
            name: draft.name, kind: kind, local: local, dev: dev, addresses: draft.addresses, ttl: ttl, mac: mac,
            mtu: mtu, partOf: partOf, description: description)
    }

    /// The address of this end, which must be one that the tunnel can have.
    private mutating func local(of fields: Fields) -> Located<IPAddress>? {
        guard let local = fields.read(TunnelKeys.local, &findings) else { return nil }
        return isUnicast(local.value, at: local.span, key: TunnelKeys.local.name) ? local : nil
    }

    /// The underlay interface of a tunnel: another interface of the host.
    private mutating func dev(of fields: Fields, _ tunnel: Located<String>, _ host: HostOutline) -> Located<String>? {
        guard let dev = fields.read(TunnelKeys.dev, &findings) else { return nil }
        if dev.value == tunnel.value {
            findings.add(
                .invalidValue, "\"dev\" of \(fields.subject) is the tunnel itself", at: dev.span,
                help: ["name the interface that the other ends are reached by"])
            return nil
        }
        return isDevice(dev, ElementKind.hostDevices, of: host.names) ? dev : nil
    }

    /// Says which keys are the other type's.
    private mutating func addForeignKeys(_ fields: Fields, _ type: Located<TunnelType>) {
        let foreign: [(name: String, span: Span?)]
        let other: TunnelType
        switch type.value {
        case .gretap:
            other = .vxlan
            foreign = [
                (TunnelKeys.remotes.name, fields.keySpan(TunnelKeys.remotes)),
                (TunnelKeys.vni.name, fields.keySpan(TunnelKeys.vni)),
                (TunnelKeys.group.name, fields.keySpan(TunnelKeys.group)),
                (TunnelKeys.port.name, fields.keySpan(TunnelKeys.port)),
            ]
        case .vxlan:
            other = .gretap
            foreign = [(TunnelKeys.key.name, fields.keySpan(TunnelKeys.key))]
        }
        for (name, span) in foreign {
            guard let span else { continue }
            let hint = name == TunnelKeys.remotes.name ? "write remote: with the one far end" : "remove \(name):"
            addConflict(
                "\(fields.subject) is \(type.value.rawValue), which has no \"\(name)\"", at: span,
                "belongs to \(other.rawValue)", and: type.span, "the type is here",
                help: "\(hint), or write type: \(other.rawValue)")
        }
    }

    private mutating func gretap(_ fields: Fields, _ host: HostOutline, local: Located<IPAddress>?) -> Tunnel.Kind? {
        let key = fields.read(TunnelKeys.key, &findings)
        guard let written = fields.read(TunnelKeys.remote, &findings) else {
            let isSaid = fields.contains(TunnelKeys.remote) || fields.contains(TunnelKeys.remotes)
            if !isSaid, !fields.mayHide(TunnelKeys.remote) {
                findings.add(
                    .missingKey, "\(fields.subject) has no \"remote\"", at: fields.place, "needs its far end",
                    help: ["add remote: with the other host's name, or its address"])
            }
            return nil
        }
        return end(written, key: TunnelKeys.remote.name, host, local: local).map { .gretap(remote: $0, key: key) }
    }

    private mutating func vxlan(_ fields: Fields, _ host: HostOutline, local: Located<IPAddress>?) -> Tunnel.Kind? {
        let vni = fields.read(TunnelKeys.vni, &findings)
        let port = fields.read(TunnelKeys.port, &findings)
        let flood = flood(fields, host, local: local)
        if !fields.contains(TunnelKeys.vni), !fields.mayHide(TunnelKeys.vni) {
            findings.add(
                .missingKey, "\(fields.subject) has no \"vni\"", at: fields.place, "needs a VXLAN network identifier",
                help: ["add vni: with a number from 1 to 16777215, the same at every end"])
        }
        guard let vni, let flood else { return nil }
        return .vxlan(vni: vni, flood: flood, port: port)
    }

    /// How a VXLAN reaches its other ends.
    private mutating func flood(_ fields: Fields, _ host: HostOutline, local: Located<IPAddress>?) -> VXLANFlood? {
        let ways = [
            (TunnelKeys.group.name, fields.keySpan(TunnelKeys.group)),
            (TunnelKeys.remote.name, fields.keySpan(TunnelKeys.remote)),
            (TunnelKeys.remotes.name, fields.keySpan(TunnelKeys.remotes)),
        ].compactMap { name, span in span.map { (name: name, span: $0) } }.sorted { $0.span < $1.span }
        guard let way = ways.first else {
            let isHidden =
                fields.mayHide(TunnelKeys.group) || fields.mayHide(TunnelKeys.remotes)
                || fields.mayHide(TunnelKeys.remote)
            if !isHidden {
                findings.add(
                    .missingKey, "\(fields.subject) has neither \"group\" nor \"remotes\"", at: fields.place,
                    "would reach nobody",
                    help: ["add group: with a multicast address and dev:, or remotes: with the other hosts"])
            }
            return nil
        }
        if ways.count > 1 {
            addConflict(
                "\(fields.subject) has both \"\(way.name)\" and \"\(ways[1].name)\"", at: ways[1].span,
                "a second way to flood", and: way.span, "the first", help: "keep one of them")
            return nil
        }
        if fields.contains(TunnelKeys.group) { return group(fields) }
        return remotes(fields, host, local: local)
    }
}
