import TopoDiagnostics
import TopoModel

extension Lowering {
    /// Says what is wrong with a network as it is written. What it stands for has been written out already.
    mutating func checkNetwork(_ element: NamedNode) {
        let subject = Subject(kind: .network, name: element.name.value)
        findings.checkLANName(element.name, calling: subject.kind.rawValue)
        guard let fields = Fields(element.value, of: subject, at: element.name.span, &findings) else { return }
        let kind = fields.read(NetworkKeys.kind, &findings)
        let subnets = fields.read(NetworkKeys.subnet, &findings)
        if let subnets, subnets.isEmpty, let place = fields.keySpan(NetworkKeys.subnet) {
            findings.add(
                .invalidValue, "\(subject) has an empty list of subnets", at: place, "it provides no address",
                help: ["write a subnet, as in subnet: 10.0.0.0/24"])
        }
        if let over = fields.read(NetworkKeys.over, &findings) { _ = isLAN(over) }
        for host in fields.read(NetworkKeys.hosts, &findings) ?? [] { _ = self.host(host) }
        if let gateway = fields.read(NetworkKeys.gateway, &findings), gateway.value != "none" { _ = host(gateway) }
        checkSlices(fields, of: subnets ?? [])
        if let hub = fields.read(NetworkKeys.hub, &findings) { _ = self.host(hub) }
        _ = fields.read(NetworkKeys.vni, &findings)
        if fields.contains(NetworkKeys.group) { _ = multicastGroup(fields, NetworkKeys.group) }
        _ = fields.read(NetworkKeys.port, &findings)
        _ = fields.read(NetworkKeys.description, &findings)
        guard let kind else { return }
        for (key, other) in NetworkKeys.ofOneKind where other != kind.value {
            guard let place = fields.keySpan(key) else { continue }
            addConflict(
                "\(subject) is \(kind.value.rawValue), which has no \"\(key.name)\"", at: place,
                "belongs to \(other.rawValue)", and: kind.span, "the kind is here",
                help: "remove \(key.name):, or write kind: \(other.rawValue)")
        }
    }

    /// Says which slices are no part of their subnet.
    private mutating func checkSlices(_ fields: Fields, of subnets: [Located<Prefix>]) {
        let lengths = fields.read(NetworkKeys.slice, &findings) ?? []
        var families: [Located<Prefix>] = []
        for subnet in subnets where !families.contains(where: { $0.value.family == subnet.value.family }) {
            families.append(subnet)
        }
        for (length, subnet) in zip(lengths, families) {
            let allowed = subnet.value.length...max(subnet.value.length, subnet.value.family.width - 2)
            guard !allowed.contains(Int(length.value)) else { continue }
            findings.add(
                .invalidValue, "\"slice\" is \(length.value), which is no part of \(subnet.value) with room for two",
                at: length.span, "from \(allowed.lowerBound) to \(allowed.upperBound)",
                and: [.init(subnet.span, "parts of this")],
                help: ["write the prefix length of each host's part, or leave it out"])
        }
    }

    /// Whether there is a network of this name; a finding says so where not.
    mutating func isNetwork(_ name: Located<String>) -> Bool {
        if networks.contains(where: { NameKey($0.value) == NameKey(name.value) }) { return true }
        guard !directory.isBroken else { return false }
        let known = networks.map(\.value)
        addUnknown(name, [.network], among: { _ in known }, of: known.count, in: nil)
        return false
    }
}
