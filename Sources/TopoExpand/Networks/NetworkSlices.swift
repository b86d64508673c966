import TopoDiagnostics
import TopoLower
import TopoModel
import TopoSyntax
import TopoText

/// What a host has of a routed network's subnets, at most one slice of each family for either use.
struct HostSlices: Sendable {
    /// The subnets of its bridge.
    var bridge: [Prefix] = []
    /// What the subnets of its containers' links are taken from.
    var links: [Prefix] = []

    /// All of them.
    var all: [Prefix] { bridge + links }
}

/// Gives each host of a routed network a slice of its subnets.
///
/// A host keeps the slice that the lock has for it. One that has none takes the slice in which most of its containers' locked
/// addresses are, so that they stay where the network was of another kind before; else the lowest that is free.
struct NetworkSlices {
    /// One slice that is wanted.
    private struct Part {
        let slice: AddressLock.Slice
        /// Where its host is told of.
        let place: Span
        let interfaces: [AddressLock.Interface]
        /// The subnets that its bridge's written addresses are in.
        let written: [Prefix]

        /// How many addresses the slice is to have for hosts so that the containers fit a number of times.
        func addresses(times: Int) -> Int {
            switch slice.use {
            case .bridge: times * interfaces.count + 1
            // All addresses are theirs, the first and the last of the slice too.
            case .links: times * interfaces.count * 4 - 2
            }
        }
    }

    /// What is wrong.
    private(set) var diagnostics: [Diagnostic] = []
    /// The slices that were given, for the lock.
    private(set) var given: [(slice: AddressLock.Slice, prefix: Prefix)] = []
    private let lock: AddressLock

    /// Takes the lock as it is.
    init(lock: AddressLock) { self.lock = lock }

    /// A routed network with the slices of its hosts; without any where its subnets have not enough of them.
    mutating func sliced(_ network: WrittenNetwork, _ members: [NetworkMembers.Member], in tree: Node) -> WrittenNetwork
    {
        guard network.kind == .routed else { return network }
        let parts = parts(of: network, members, tree)
        var sliced = network
        for (index, subnet) in network.subnetsOfFamilies.enumerated() {
            guard let slices = slices(parts, of: subnet, index, network) else { return network }
            for (part, prefix) in zip(parts, slices) {
                switch part.slice.use {
                case .bridge: sliced.slices[part.slice.host, default: HostSlices()].bridge.append(prefix)
                case .links: sliced.slices[part.slice.host, default: HostSlices()].links.append(prefix)
                }
            }
        }
        return sliced
    }

    private func parts(of network: WrittenNetwork, _ members: [NetworkMembers.Member], _ tree: Node) -> [Part] {
        var bridges: [String: Node] = [:]
        for host in tree["hosts"]?.entries ?? [] { bridges[host.key] = host.value["bridges"]?[network.bridge] }
        return members.flatMap { member -> [Part] in
            let place = member.place ?? network.entry.keySpan
            func part(_ use: AddressLock.Slice.Use, _ interfaces: [AddressLock.Interface], _ written: [Prefix]) -> Part
            {
                Part(
                    slice: .init(host: member.host, network: network.name, use: use), place: place,
                    interfaces: interfaces, written: written)
            }
            let written = bridges[member.host]?.writtenAddresses.compactMap { try? InterfaceAddress($0).prefix } ?? []
            // A host without containers has a bridge for others to be put on.
            let hasBridge = !member.onBridge.isEmpty || member.onLinks.isEmpty || bridges[member.host] != nil
            return (hasBridge ? [part(.bridge, member.onBridge, written)] : [])
                + (member.onLinks.isEmpty ? [] : [part(.links, member.onLinks, [])])
        }
    }

    /// The slices of one subnet, in the order of the parts; nil, with a finding, where there are too few.
    private mutating func slices(
        _ parts: [Part], of subnet: Prefix, _ index: Int, _ network: WrittenNetwork
    ) -> [Prefix]? {
        let length = length(parts, of: subnet, index, network)
        guard length >= subnet.length, length - subnet.length >= 64 || 1 << (length - subnet.length) >= parts.count
        else {
            addTooSmall(subnet, parts, length, network)
            return nil
        }
        var found: [Prefix?] = parts.map { part in part.written.first { subnet.contains($0) } }
        let ofOtherLength = found.compactMap { $0 }
        var taken: Set<Prefix> = []
        func isFree(_ slice: Prefix) -> Bool {
            !taken.contains(slice) && !ofOtherLength.contains { $0.overlaps(slice) }
        }
        for (index, part) in parts.enumerated() where found[index] == nil {
            guard let locked = lock[part.slice, subnet.family] else { continue }
            guard locked.length == length, subnet.contains(locked), isFree(locked) else { continue }
            found[index] = locked
            taken.insert(locked)
        }
        for (index, part) in parts.enumerated() where found[index] == nil {
            guard let liked = liked(by: part, in: subnet, length, isFree) else { continue }
            found[index] = liked
            taken.insert(liked)
        }
        var next: Prefix? = Prefix(containing: subnet.network, length: length)
        for index in parts.indices where found[index] == nil {
            while let slice = next, subnet.contains(slice), !isFree(slice) { next = slice.next }
            guard let slice = next, subnet.contains(slice) else {
                addTooSmall(subnet, parts, length, network)
                return nil
            }
            found[index] = slice
            taken.insert(slice)
        }
        for (index, part) in parts.enumerated() { note(part, found[index], among: parts, found, of: subnet) }
        return found.compactMap { $0 }
    }

    /// The length of every slice: as it is written, as the lock has it, or so that the containers fit twice.
    private func length(_ parts: [Part], of subnet: Prefix, _ index: Int, _ network: WrittenNetwork) -> Int {
        if index < network.sliceLengths.count { return network.sliceLengths[index] }
        for part in parts {
            if let locked = lock[part.slice, subnet.family], subnet.contains(locked) { return locked.length }
        }
        let length = fitting(parts, subnet.family, times: 2)
        // A /64 is what IPv6 has for a LAN (RFC 4291, 2.5.4), where the subnet has enough of them.
        guard subnet.family == .ipv6, length > 64, subnet.length < 64 else { return length }
        let slices = 64 - subnet.length >= 32 ? Int.max : 1 << (64 - subnet.length)
        return slices >= parts.count ? 64 : length
    }

    /// The longest length of slices that each part fits into a number of times.
    private func fitting(_ parts: [Part], _ family: AddressFamily, times: Int) -> Int {
        let wanted = UInt128(parts.map { $0.addresses(times: times) }.max() ?? 1)
        let lengths = (1...family.width - 2).reversed()
        return lengths.first { Prefix(containing: IPAddress(family, bits: 0), length: $0).hostCount >= wanted } ?? 1
    }

    /// The free slice that most of a part's locked addresses are in; the lower of two.
    private func liked(
        by part: Part, in subnet: Prefix, _ length: Int, _ isFree: (Prefix) -> Bool
    ) -> Prefix? {
        var votes: [Prefix: Int] = [:]
        for interface in part.interfaces {
            for locked in lock[interface] where subnet.contains(locked.address) {
                votes[Prefix(containing: locked.address, length: length), default: 0] += 1
            }
        }
        return votes.filter { isFree($0.key) }.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// Keeps a slice for the lock, and says where it is another than before.
    private mutating func note(
        _ part: Part, _ slice: Prefix?, among parts: [Part], _ all: [Prefix?], of subnet: Prefix
    ) {
        guard let slice, part.written.isEmpty else { return }
        given.append((part.slice, slice))
        guard let locked = lock[part.slice, subnet.family], locked != slice else { return }
        let owner = zip(parts, all).first { $1 == locked }?.0.slice.host
        let reason =
            owner.map { "the lock has \(locked) for \($0) too" }
            ?? (subnet.contains(locked)
                ? "the lock has \(locked), and a slice is a /\(slice.length)"
                : "the lock has \(locked), which is not in \(subnet)")
        diagnostics.append(
            Diagnostic(
                .addressRenumbered,
                "\(part.slice.host)'s slice of network \"\(part.slice.network)\" is another than before, \(slice)",
                at: .init(part.place), notes: [reason]))
    }

    private mutating func addTooSmall(_ subnet: Prefix, _ parts: [Part], _ length: Int, _ network: WrittenNetwork) {
        let fit = length < subnet.length ? 0 : 1 << min(length - subnet.length, 62)
        let once = fitting(parts, subnet.family, times: 1)
        let wouldFit = once > subnet.length && 1 << min(once - subnet.length, 62) >= parts.count
        let room = Prefix(containing: subnet.network, length: once).hostCount
        let ofOne = fit == 1 ? "1 slice" : "\(fit == 0 ? "no" : String(fit)) slices"
        let other = once == length || !wouldFit ? "" : ", or write slice: \(once), which has room for \(room) addresses"
        diagnostics.append(
            Diagnostic(
                .networkTooSmall,
                "\(subnet) has room for \(fit == 0 ? "no slice" : ofOne) of /\(length), and network \"\(network.name)\" needs \(parts.count)",
                at: .init(network.subnetPlace, "too small"),
                notes: [
                    "each of its hosts has a slice for its bridge, and one for its links where it has any"
                        + (network.sliceLengths.isEmpty
                            ? ": without slice:, one into which the containers fit twice" : "")
                ],
                help: ["take a larger subnet\(other)"]))
    }
}
