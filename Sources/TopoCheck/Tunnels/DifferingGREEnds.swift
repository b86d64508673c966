import TopoDiagnostics
import TopoModel
import TopoNetwork

extension TunnelComparison {
    /// What tells a gretap tunnel's packets from others, as one end sees them.
    private struct Identity: Hashable {
        let from: String
        let to: String?
        let local: IPAddress?
        let remote: IPAddress?
        let key: UInt32?

        /// The same as the far end must see them.
        func mirrored(by far: String) -> Identity {
            Identity(from: to ?? "", to: far, local: remote, remote: local, key: key)
        }
    }

    private static let greNote =
        "Linux accepts a GRE packet only from the tunnel's remote address, to its local one, with its key, and drops others"

    /// Says which gretap tunnels have no counterpart at their far end.
    mutating func compareGRE() {
        let gre = tunnels.indices.filter { tunnels[$0].gretap != nil }
        let known = Set(gre.compactMap { identity(of: $0) })
        for number in gre where !settled.contains(number) {
            guard let own = identity(of: number) else { continue }
            if known.contains(own.mirrored(by: own.from)) { settled.insert(number) }
        }
        // Those that name each other first, so that one that names nobody's host is left for whom it may be meant.
        let open = gre.filter { !settled.contains($0) || faulty.contains($0) }
        var byEnds = Dictionary(grouping: open.reversed()) { ends(of: $0) }
        for number in gre where !settled.contains(number) {
            let back = ends(of: number).reversed
            while let other = byEnds[back]?.popLast() {
                guard !settled.contains(other) || faulty.contains(other) else { continue }
                pair(number, with: other)
                break
            }
        }
        for number in gre where !settled.contains(number) {
            guard let end = tunnels[number].gretap?.remote, let far = end.host else { continue }
            if let other = likelyCounterpart(of: number, at: far) {
                pair(number, with: other)
            } else {
                let key = tunnels[number].gretap?.key.map { ", key: \($0.value)" } ?? ""
                addMissing(
                    number, end, counterpart: "tunnel to \(tunnels[number].owner)",
                    back: "type: gretap, remote: \(tunnels[number].owner)\(key)")
            }
        }
    }

    /// The hosts of a tunnel's ends.
    private struct Ends: Hashable {
        let from: String
        let to: String?
        var reversed: Ends { Ends(from: to ?? "", to: from) }
    }

    private func ends(of number: Int) -> Ends {
        Ends(from: tunnels[number].owner, to: tunnels[number].gretap?.remote.host)
    }

    private func identity(of number: Int) -> Identity? {
        let tunnel = tunnels[number]
        return tunnel.gretap.map { gretap in
            Identity(
                from: tunnel.owner, to: gretap.remote.host, local: tunnel.addresses.local,
                remote: tunnel.addresses.remotes.first?.address, key: gretap.key?.value)
        }
    }

    /// The tunnel of the far host that is likely meant to be the other end, though it leads elsewhere; one of the first few
    /// that have no other end themselves.
    private func likelyCounterpart(of number: Int, at far: String) -> Int? {
        let own = tunnels[number].owner
        let free = byHost[far, default: []].lazy.filter { !settled.contains($0) || faulty.contains($0) }.prefix(16)
        let other = free.first { faulty.contains($0) || tunnels[$0].gretap?.remote.host == nil } ?? free.first
        return other.flatMap { tunnels[$0].gretap == nil && tunnels[$0].end(at: own) == nil ? nil : $0 }
    }

    private mutating func pair(_ number: Int, with other: Int) {
        settled.insert(number)
        if faulty.remove(other) != nil { return }
        let (near, far) = (tunnels[number], tunnels[other])
        guard let ours = near.gretap, let theirs = far.gretap else {
            return addDifference(
                (number, near.tunnel.name.span, "is gretap"), (other, far.tunnel.name.span, "is vxlan"),
                note: "both ends of a tunnel have the same type", help: "write the same \"type\" at both ends")
        }
        if theirs.remote.host != near.owner {
            return addDifference(
                (number, ours.remote.span, "leads to \(near.written(ours.remote))"),
                (other, theirs.remote.span, "leads to \(far.written(theirs.remote))"), note: Self.greNote,
                help: "write \"remote: \(near.owner)\" at \(far.title)")
        }
        let (nearKey, farKey) = (ours.key, theirs.key)
        if nearKey?.value != farKey?.value {
            let key = nearKey?.value ?? farKey?.value ?? 0
            return addDifference(
                (number, nearKey?.span ?? near.tunnel.name.span, Self.keyWords(nearKey?.value)),
                (other, farKey?.span ?? far.tunnel.name.span, Self.keyWords(farKey?.value)), note: Self.greNote,
                help: "write \"key: \(key)\" at both ends, or at neither")
        }
        let back = theirs.remote
        let isHere = far.addresses.local == near.addresses.remotes.first?.address
        let sent = isHere ? (far, back, near) : (near, ours.remote, far)
        let (sender, place, receiver) = sent
        let (senderNumber, receiverNumber) = isHere ? (other, number) : (number, other)
        addDifference(
            (senderNumber, place.span, "sends to \(Self.words(sender.addresses.remotes.first?.address))"),
            (receiverNumber, receiver.localSpan, "is at \(Self.words(receiver.addresses.local))"), note: Self.greNote,
            help: "write \"local\" and \"remote\" with their addresses at both ends, each the other's mirror image")
    }

    private static func keyWords(_ key: UInt32?) -> String { key.map { "has key \($0)" } ?? "has no key" }

    private static func words(_ address: IPAddress?) -> String { address.map { "\($0)" } ?? "no address" }
}
