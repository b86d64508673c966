import TopoDiagnostics
import TopoModel
import TopoNetwork

/// The message on a subnet that overlaps with others.
struct OverlapWords {
    /// Where the subnets are.
    let network: Network
    /// The subnet that the message is about.
    let subnet: SubnetList.Subnet
    /// Those that it overlaps with; at least one.
    let others: [SubnetList.Subnet]
    /// Whether all packets arrive all the same.
    let isHarmless: Bool

    /// The message; a way out takes one of the free subnets.
    func diagnostic(_ free: inout FreeSubnets) -> Diagnostic {
        let labels = others.prefix(3).map { other in
            let verb = other.span < subnet.span ? "already uses" : "uses"
            return Diagnostic.Label(other.span, "\(other.title) \(verb) \(other.prefix)")
        }
        var notes = consequences
        if others.count > 3 {
            let more = others.count == 4 ? "1 more subnet" : "\(others.count - 3) more subnets"
            notes.insert("it overlaps with \(more)", at: 0)
        }
        return Diagnostic(
            .subnetsOverlap, message, at: .init(subnet.span, "\(subnet.title) uses \(subnet.prefix)"), and: labels,
            notes: notes, help: help(&free), severity: isHarmless ? .warning : .error)
    }

    private var other: SubnetList.Subnet { others[0] }
    private var isOnOneSegment: Bool { subnet.segment == other.segment }

    private var message: String {
        if isOnOneSegment {
            return "subnets of one segment overlap: \"\(subnet.prefix)\" and \"\(other.prefix)\""
        }
        if subnet.prefix == other.prefix {
            return "subnets overlap: \"\(subnet.prefix)\" is on two segments"
        }
        return "subnets overlap: \"\(other.prefix)\" and \"\(subnet.prefix)\""
    }

    private var consequences: [String] {
        let (wide, narrow) = subnet.prefix.length < other.prefix.length ? (subnet, other) : (other, subnet)
        if isOnOneSegment {
            let more = subnet.count > 1 ? ["\(subnet.count) interfaces of the segment have \(subnet.prefix)"] : []
            if isHarmless {
                return more + [
                    "every packet arrives, but nodes that are only in \(narrow.prefix) need a router for the rest of \(wide.prefix)"
                ]
            }
            return more + [
                "one side takes \(wide.prefix) for its own segment, the other sends most of it to a router: answers get lost"
            ]
        }
        if let announcer {
            return [
                "who is on \(wide.prefix) looks for \(narrow.address) there, where \(announcer.host) does not answer for it"
            ]
        }
        let example = "a packet for \(narrow.address) has two places to go"
        if isHarmless {
            return [example, "every packet arrives, but another node with an address of \(narrow.prefix) may get none"]
        }
        guard let first = other.node.map({ network.nodes[$0].host.name.value }),
            let second = subnet.node.map({ network.nodes[$0].host.name.value }), first != second
        else {
            let choice =
                subnet.prefix == other.prefix
                ? "of two equal routes Linux uses the first" : "Linux uses the longer prefix"
            return [example, "\(choice): the other segment's nodes get no packet for such an address"]
        }
        let narrowHost = wide.span == subnet.span ? second : first
        return [
            example,
            "\(narrowHost) looks for the whole subnet on its own side, and sends no packets for it to "
                + (narrowHost == first ? second : first),
        ]
    }

    private func help(_ free: inout FreeSubnets) -> [String] {
        if isOnOneSegment {
            let write = "write /\(other.prefix.length), as \(other.title) does"
            return [isHarmless ? "\(write), unless you mean this" : write]
        }
        if let announcer {
            return ["write announce: \(announcer.device) beside \"container\": \(announcer.host) answers for it there"]
        }
        let isAlone = subnet.count <= 1 || subnet.isLink
        let proposal = free.take(like: subnet.prefix).map { ", for example \($0)" } ?? ""
        let unless = isHarmless ? ", unless you mean this" : ""
        var help = [
            isAlone
                ? "give \(subnet.title) a subnet of its own\(proposal)\(unless)"
                : "give \(subnet.title) and the others on its segment a subnet of their own\(proposal)\(unless)"
        ]
        if subnet.prefix == other.prefix, isBridge(subnet), isBridge(other) {
            help.append("or join the two bridges with a tunnel, if they are meant to be one segment")
        }
        return help
    }

    /// The host's interface that can announce a container's single address where it is looked for; nil where there is none.
    private var announcer: (host: String, device: String)? {
        let (wide, narrow) = subnet.prefix.length < other.prefix.length ? (subnet, other) : (other, subnet)
        guard narrow.isSingle, let node = narrow.node else { return nil }
        let host = network.nodes[node].host.name.value
        return network.segments.all[wide.segment].members.first { member in
            member.interface.host == host && member.interface.container == nil && !member.addresses.isEmpty
                && member.kind != .pointToPointHost
        }.map { (host, $0.interface.interface) }
    }

    private func isBridge(_ subnet: SubnetList.Subnet) -> Bool {
        network.segments.all[subnet.segment].members.contains { $0.kind == .bridge }
    }
}
