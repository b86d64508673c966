import TopoDiagnostics
import TopoModel
import TopoSyntax
import TopoText

/// Gives each `address: auto` the lowest free address of its subnet, or the one that the lock keeps for it.
///
/// The hosts' own interfaces come first and then the containers', each in the order of the file, so that a router has the
/// first address of its subnet. An address that is written anywhere in the file is nobody else's.
struct AutomaticAddresses {
    /// What is wrong.
    private(set) var diagnostics: [Diagnostic] = []
    private let lock: AddressLock
    private let networks: [WrittenNetwork]
    private let lans: [String: [Prefix]]
    /// The addresses that are written in the file.
    private let written: Set<IPAddress>
    /// The owners of those that are given.
    private var owners: [Scoped<IPAddress>: AddressLock.Interface] = [:]
    /// For each subnet, the address from which on none has been looked at.
    private var next: [Scoped<Prefix>: UInt128] = [:]
    private let slices: [(slice: AddressLock.Slice, prefix: Prefix)]
    private var wanted: [WantedAddress] = []

    /// Takes a plain tree with its sound networks and their slices, and the lock as it is.
    init(
        _ tree: Node, networks: [WrittenNetwork], slices: [(slice: AddressLock.Slice, prefix: Prefix)],
        lock: AddressLock
    ) {
        (self.slices, self.lock, self.networks) = (slices, lock, networks)
        var lans: [String: [Prefix]] = [:]
        for lan in tree["lans"]?.entries ?? [] { lans[lan.key] = lan.value["subnet"]?.prefixes ?? [] }
        self.lans = lans
        let gateways = (tree["lans"]?.entries ?? []).compactMap { $0.value["gateway"]?.addresses }
        written = gateways.reduce(tree["hosts"]?.addresses ?? []) { $0.union($1) }
    }

    /// The tree with an address in the place of each `auto`; those that can have none are taken out.
    mutating func given(to tree: Node) -> Node {
        var looking = AddressWalk(networks)
        _ = looking.changed(tree)
        wanted = looking.sites.map { site in
            let subnets = subnets(of: site)
            return WantedAddress(site: site, subnets: subnets, given: subnets.map { _ in nil })
        }
        let order = wanted.indices.filter { !wanted[$0].isContainer } + wanted.indices.filter { wanted[$0].isContainer }
        for index in order { takeLocked(index) }
        for index in order { takeFree(index) }
        tell()
        var changing = AddressWalk(networks, changes: wanted.map(change))
        return changing.changed(tree)
    }

    /// The lock with what is given now, besides the numbers of networks; nil where nothing is automatic.
    func newLock(_ numbers: NetworkNumbers) -> AddressLock? {
        guard !wanted.isEmpty || !numbers.given.isEmpty else { return nil }
        var lock = AddressLock.empty
        for (network, number) in numbers.given { lock.add(number, of: network) }
        for one in wanted { for address in one.given.compactMap({ $0 }) { lock.add(address, of: one.site.interface) } }
        for (slice, prefix) in slices { lock.add(prefix, of: slice) }
        return lock
    }

    private func change(_ one: WantedAddress) -> AddressChange {
        let addresses = one.given.compactMap { $0 }
        guard addresses.count >= max(1, one.subnets.count) else { return .drop }
        return one.isLink ? .link(addresses.map(\.prefix.description)) : .write(addresses.map(\.description))
    }
}

// MARK: - Subnets

extension AutomaticAddresses {
    /// The subnets that an interface has an address of, at most one of each family.
    private func subnets(of site: AddressSite) -> [Prefix] {
        switch site.subject {
        case .nic(let lan): (lan.flatMap { lans[$0] } ?? []).firstOfEach(\.family)
        case .network(let part, _), .link(let part): part.subnets
        case .bridge(let names): names.flatMap { lans[$0] ?? [] }.firstOfEach(\.family)
        case .container(let bridge):
            (bridge.addresses.compactMap { try? InterfaceAddress($0) }.map(\.prefix)
                + bridge.lans.flatMap { lans[$0] ?? [] }).firstOfEach(\.family)
        }
    }
}

// MARK: - Addresses

extension AutomaticAddresses {
    /// Gives an interface what the lock keeps for it, as far as it fits.
    private mutating func takeLocked(_ index: Int) {
        for (place, subnet) in wanted[index].subnets.enumerated() {
            let interface = wanted[index].site.interface
            guard let locked = lock[interface].first(where: { $0.address.family == subnet.family }) else { continue }
            if let address = kept(locked, of: wanted[index], in: subnet), isFree(address, wanted[index]) {
                give(address, to: index, place)
            } else {
                wanted[index].lost.append(locked)
            }
        }
    }

    /// What an interface keeps of a locked address in a subnet. In a network it is the address itself, whose subnet is a
    /// longer or shorter one where the network is of another kind than before.
    private func kept(_ locked: InterfaceAddress, of one: WantedAddress, in subnet: Prefix) -> InterfaceAddress? {
        switch one.site.subject {
        case .link:
            return subnet.contains(locked.prefix) && locked == .onLink(in: locked.prefix) ? locked : nil
        case .network:
            return subnet.hosts(contain: locked.address)
                ? InterfaceAddress(locked.address, length: subnet.length) : nil
        case .nic, .bridge, .container:
            return locked.prefix == subnet && subnet.hosts(contain: locked.address) ? locked : nil
        }
    }

    /// Gives an interface the lowest free address of each subnet of which it has none.
    private mutating func takeFree(_ index: Int) {
        let one = wanted[index]
        for (place, subnet) in one.subnets.enumerated() where one.given[place] == nil {
            let key = Scoped(value: subnet, network: one.isLink ? nil : one.scope)
            let step: UInt128 = one.isLink ? 4 : 1
            var bits = next[key] ?? (one.isLink ? subnet.network.bits : subnet.firstHost.bits)
            let last = one.isLink ? subnet.last.bits : subnet.lastHost.bits
            var found: InterfaceAddress?
            while found == nil, bits <= last {
                let address = IPAddress(subnet.family, bits: bits)
                let free =
                    one.isLink
                    ? .onLink(in: Prefix(containing: address, length: subnet.family.width - 2))
                    : InterfaceAddress(address, length: subnet.length)
                if isFree(free, one) { found = free } else { bits += step }
            }
            next[key] = bits
            if let found { give(found, to: index, place) }
        }
    }

    /// The addresses that nobody else may have: both ends' of a link, with those of its subnet.
    private func addresses(of address: InterfaceAddress, _ one: WantedAddress) -> [IPAddress] {
        guard one.isLink else { return [address.address] }
        let first = address.prefix.network
        return (0...3).map { IPAddress(first.family, bits: first.bits + $0) }
    }

    private func isFree(_ address: InterfaceAddress, _ one: WantedAddress) -> Bool {
        addresses(of: address, one).allSatisfy {
            !written.contains($0) && owners[Scoped(value: $0, network: one.scope)] == nil
        }
    }

    private mutating func give(_ address: InterfaceAddress, to index: Int, _ place: Int) {
        let one = wanted[index]
        wanted[index].given[place] = address
        for taken in addresses(of: address, one) {
            owners[Scoped(value: taken, network: one.scope)] = one.site.interface
        }
    }
}

extension Prefix {
    /// True for an address that an interface can have.
    fileprivate func hosts(contain address: IPAddress) -> Bool {
        address.family == family && (firstHost.bits...lastHost.bits).contains(address.bits)
    }
}

extension InterfaceAddress {
    /// The container's end of a link with a subnet.
    fileprivate static func onLink(in subnet: Prefix) -> InterfaceAddress {
        InterfaceAddress(IPAddress(subnet.family, bits: subnet.network.bits + 2), length: subnet.length)
    }
}

// MARK: - Messages

extension AutomaticAddresses {
    /// Says, once for each place, which interfaces have none, and which have another one than the lock has.
    private mutating func tell() {
        var told: [Span: Int] = [:]
        for one in wanted {
            guard let finding = finding(of: one) else { continue }
            told[one.site.span, default: 0] += 1
            if told[one.site.span] == 1 { diagnostics.append(finding) }
        }
        diagnostics = diagnostics.map { finding in
            let others = (told[finding.primary.span] ?? 1) - 1
            return others == 0
                ? finding : finding.noting("the same applies to \(others) more that this line stands for")
        }
        addNotLocked()
    }

    private func finding(of one: WantedAddress) -> Diagnostic? {
        let interface = "\"\(one.site.interface.name)\" of \(one.site.interface.node)"
        guard !one.subnets.isEmpty else { return missingSubnet(of: one.site, called: interface) }
        if let place = one.given.firstIndex(where: { $0 == nil }) {
            let subnet = one.subnets[place]
            return Diagnostic(
                .noAutomaticAddress, "\(subnet) has no free address for \(interface)",
                at: .init(one.site.span, "none is left"),
                notes: [room(of: subnet, for: one)],
                help: [
                    isSlice(one)
                        ? "write slice: with a shorter length at the network, or take something out of it"
                        : "make the subnet larger, or take something out of it"
                ])
        }
        guard let lost = one.lost.first,
            let new = one.given.compactMap({ $0 }).first(where: { $0.address.family == lost.address.family })
        else { return nil }
        let reason: String =
            if !new.prefix.contains(lost.address) {
                "the lock has \(lost), which is none of \(new.prefix)"
            } else if let owner = owners[Scoped(value: lost.address, network: one.scope)], owner != one.site.interface {
                "the lock has \(lost) for \"\(owner.name)\" of \(owner.node) too"
            } else if written.contains(lost.address) {
                "the lock has \(lost), which is written elsewhere in the file"
            } else {
                "the lock has \(lost), which is none of \(new.prefix)"
            }
        return Diagnostic(
            .addressRenumbered, "\(interface) gets another address than before, \(new)", at: .init(one.site.span),
            notes: [reason])
    }

    private func isSlice(_ one: WantedAddress) -> Bool {
        switch one.site.subject {
        case .nic, .bridge, .container: false
        case .network(let part, _), .link(let part): slices.contains { $0.slice.network.isSame(as: part.network) }
        }
    }

    /// How many interfaces fit into a subnet, and how many are to.
    private func room(of subnet: Prefix, for one: WantedAddress) -> String {
        let others = wanted.count { $0.subnets.contains(subnet) && $0.scope == one.scope && $0.isLink == one.isLink }
        let writtenThere = written.count { subnet.hosts(contain: $0) }
        let fit = one.isLink ? (subnet.last.bits - subnet.network.bits) / 4 + 1 : subnet.hostCount
        let what = one.isLink ? "links" : "addresses"
        let besides = writtenThere == 0 ? "" : ", and \(writtenThere) are written in the file"
        return "it has room for \(fit) \(what), \(others) are to be given\(besides)"
    }

    private func missingSubnet(of site: AddressSite, called interface: String) -> Diagnostic? {
        let label = "an address in which subnet?"
        switch site.subject {
        case .nic(nil):
            return Diagnostic(
                .noAutomaticAddress, "\(interface) is on no LAN, so there is no subnet for its address",
                at: .init(site.span, label), help: ["add lan: with the name of a LAN, or write the address"])
        case .nic(let lan?):
            // A LAN that is not there is an unknown name.
            guard lans[lan] != nil else { return nil }
            return Diagnostic(
                .noAutomaticAddress, "LAN \"\(lan)\" has no subnet for the address of \(interface)",
                at: .init(site.span, label), help: ["add subnet: to the LAN, or write the address"])
        case .bridge:
            return Diagnostic(
                .noAutomaticAddress, "no port of bridge \(interface) is on a LAN with a subnet",
                at: .init(site.span, label),
                help: ["make a NIC on such a LAN a port, or write the address"])
        // That it has none is told of the network.
        case .network, .link: return nil
        case .container(let bridge):
            return Diagnostic(
                .noAutomaticAddress, "bridge \"\(bridge.name)\" has no subnet for the address of \(interface)",
                at: .init(site.span, label),
                help: [
                    "give the bridge an address, or a port that is a NIC on a LAN with a subnet; or write the address"
                ])
        }
    }

    /// Says, once, that addresses are not in the lock, but for those that have just been told of.
    private mutating func addNotLocked() {
        let lacking = wanted.filter { one in
            let kept = lock[one.site.interface]
            return one.lost.isEmpty && one.given.contains { $0.map { !kept.contains($0) } ?? false }
        }
        guard let first = lacking.first else { return }
        let count = lacking.count
        diagnostics.append(
            Diagnostic(
                .notLocked,
                count == 1
                    ? "the automatic address of \"\(first.site.interface.name)\" of \(first.site.interface.node) is not locked"
                    : "the automatic addresses of \(count) interfaces are not locked",
                at: .init(first.site.span, count == 1 ? "" : "the first"),
                notes: ["they could change when you add something above"],
                help: ["\"topoc build\" writes them to the lock beside the file: keep it with the topology"]))
    }
}

extension Diagnostic {
    fileprivate func noting(_ note: String) -> Diagnostic {
        Diagnostic(
            code, message, at: primary, and: secondary, notes: notes + [note], help: help, edits: edits,
            severity: severity)
    }
}
