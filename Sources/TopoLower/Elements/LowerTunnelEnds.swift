import TopoDiagnostics
import TopoModel

extension Lowering {
    /// A VXLAN's multicast group, which the kernel takes only with the interface to join it on.
    mutating func group(_ fields: Fields) -> VXLANFlood? {
        if !fields.contains(TunnelKeys.dev), !fields.mayHide(TunnelKeys.dev) {
            findings.add(
                .missingKey, "\(fields.subject) has \"group\" without \"dev\"",
                at: fields.keySpan(TunnelKeys.group) ?? fields.place,
                "joined on which interface?", notes: ["the kernel rejects a multicast group without an interface"],
                help: ["add dev: with the NIC that reaches the other hosts"])
        }
        return multicastGroup(fields, TunnelKeys.group).map { .group($0) }
    }

    /// A multicast group's address; nil, with a finding, where it is none.
    mutating func multicastGroup(_ fields: Fields, _ key: Key<Located<IPAddress>>) -> Located<IPAddress>? {
        guard let group = fields.read(key, &findings) else { return nil }
        guard group.value.isMulticast else {
            findings.add(
                .invalidValue, "\"group\" is \(group.value), which is not a multicast address", at: group.span,
                "must be in 224.0.0.0/4 or ff00::/8",
                help: ["take one of 239.0.0.0/8, which is for private use (RFC 2365), or remotes: for unicast"])
            return nil
        }
        return group
    }

    /// A VXLAN's far ends, each once.
    mutating func remotes(_ fields: Fields, _ host: HostOutline, local: Located<IPAddress>?) -> VXLANFlood? {
        let single = fields.read(TunnelKeys.remote, &findings).map { [$0] }
        guard let written = single ?? fields.read(TunnelKeys.remotes, &findings) else { return nil }
        if written.isEmpty, let place = fields.keySpan(TunnelKeys.remotes) {
            findings.add(
                .invalidValue, "\(fields.subject) has no far ends: \"remotes\" lists none", at: place,
                "would reach nobody",
                help: ["list the other hosts"])
        }
        let key = single == nil ? TunnelKeys.remotes.name : TunnelKeys.remote.name
        var ends: [TunnelEnd] = []
        for remote in written {
            guard let end = end(remote, key: key, host, local: local) else { continue }
            if let other = ends.first(where: { $0.isSame(as: end) }) {
                findings.add(
                    .duplicateName, "\(fields.subject) has a far end twice", at: end.span, "again",
                    and: [.init(other.span, "first here")], notes: ["every flooded frame would arrive there twice"],
                    help: ["list each far end once"])
            } else {
                ends.append(end)
            }
        }
        return ends.isEmpty ? nil : .remotes(ends)
    }

    /// A far end: another host, by name or by an address. One that is the tunnel's own host, while `local` is another's,
    /// is let through: the two are swapped, which is said where the tunnel's ends are compared.
    mutating func end(
        _ written: Located<AddressOrName>, key: String, _ host: HostOutline, local: Located<IPAddress>?
    ) -> TunnelEnd? {
        let end: TunnelEnd
        switch written.value {
        case .address(let address):
            guard isUnicast(address, at: written.span, key: key) else { return nil }
            end = TunnelEnd(span: written.span, host: addresses.host(with: address), address: address)
        case .name(let name):
            guard let other = self.host(Located(name, at: written.span)) else { return nil }
            end = TunnelEnd(span: written.span, host: other.host.value, address: nil)
        }
        let near = local.flatMap { addresses.host(with: $0.value) } ?? host.name
        if end.host == host.name, end.address == nil || near == host.name {
            findings.add(
                .invalidValue, "\"\(key)\" is \(host.name) itself, whose tunnel it is", at: written.span,
                "must be another host", help: ["name the host at the far end"])
            return nil
        }
        return end
    }

    /// Whether an address can be the end of a tunnel; a finding says so where not.
    mutating func isUnicast(_ address: IPAddress, at span: Span, key: String) -> Bool {
        if address.isMulticast {
            findings.add(
                .invalidValue, "\"\(key)\" is \(address), a multicast address", at: span, "must be one host's address",
                help: ["write group: for a VXLAN that floods through a multicast group"])
            return false
        }
        return true
    }

    /// Says where the addresses of a tunnel's ends are of two families.
    mutating func addMixedFamilies(_ local: Located<IPAddress>?, _ kind: Tunnel.Kind, _ fields: Fields) {
        var written = local.map { [$0] } ?? []
        switch kind {
        case .gretap(let remote, _): written += remote.located
        case .vxlan(_, .group(let group), _): written.append(group)
        case .vxlan(_, .remotes(let ends), _): written += ends.flatMap(\.located)
        }
        guard let first = written.first, let other = written.first(where: { $0.value.family != first.value.family })
        else { return }
        addConflict(
            "\(fields.subject) has an \(first.value.family.title) and an \(other.value.family.title) end",
            at: other.span,
            other.value.family.title, and: first.span, first.value.family.title,
            help: "give all ends' addresses in one family")
    }
}

extension TunnelEnd {
    /// Its address with its place, where it was written as one.
    fileprivate var located: [Located<IPAddress>] { address.map { [Located($0, at: span)] } ?? [] }

    /// True where both are the same host or the same address.
    fileprivate func isSame(as other: TunnelEnd) -> Bool {
        if let address, let theirs = other.address { return address == theirs }
        return host != nil && host == other.host
    }
}

extension IPAddress {
    /// True for 224.0.0.0/4 (RFC 5771) and ff00::/8 (RFC 4291, 2.7).
    fileprivate var isMulticast: Bool {
        switch self {
        case .v4(let address): address.bits >> 28 == 0xE
        case .v6(let address): address.bits >> 120 == 0xFF
        }
    }
}
