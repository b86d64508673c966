public import TopoNetwork
import TopoModel
import TopoText

/// A host's table of nftables.
public struct NATTable {
    /// The table's name: letters, digits, `-`, `_` and `.`, as names of topologies are.
    let name: String
    private let nat: NAT

    /// Describes a host's rules in the table of this name.
    public init(name: String, _ nat: NAT) {
        self.name = name
        self.nat = nat
    }

    /// The words of the commands that make it, in order, each command after `nft`.
    public var commands: [[String]] {
        let chain = ["inet", name]
        var lines = [["add", "table"] + chain]
        // Before those of Docker and LXD, which are at the usual places: what the file says counts.
        if !nat.ports.isEmpty {
            lines.append(
                ["add", "chain"] + chain + ["prerouting", "{ type nat hook prerouting priority dstnat - 5; }"])
            lines += nat.ports.flatMap(words).map { ["add", "rule"] + chain + ["prerouting"] + $0 }
        }
        if !nat.rules.isEmpty {
            lines.append(
                ["add", "chain"] + chain + ["postrouting", "{ type nat hook postrouting priority srcnat - 5; }"])
            lines += (spared + nat.rules.map(words)).map { ["add", "rule"] + chain + ["postrouting"] + $0 }
        }
        return lines
    }

    /// What no rule is for: the host's own packets, such as those of its tunnels; those of an interface's own neighbours; and
    /// those that others on a bridge send each other across it.
    private var spared: [[String]] {
        var seen: Set<[String]> = []
        let neighbours = nat.rules.filter { !$0.neighbours.isEmpty }.map { rule in
            out(rule) + [rule.family.keyword, "saddr", set(rule.neighbours.merged), "return"]
        }
        let crossing = nat.rules.flatMap { rule in
            rule.crossing.map { subnet in
                let (keyword, words) = (rule.family.keyword, "\(subnet)")
                return out(rule) + [keyword, "saddr", words, keyword, "daddr", words, "return"]
            }
        }
        return [["fib", "saddr", "type", "local", "return"]]
            + (neighbours + crossing).filter { seen.insert($0).inserted }
    }

    /// What nft(8) reads to make it anew, in one transaction, whatever was there.
    public var replacement: String {
        (["add table inet \(name)", "delete table inet \(name)"] + commands.map { $0.joined(separator: " ") })
            .map { $0 + "\n" }.joined()
    }

    /// A rule for the interface, and one for the bridge below it, whose packets have the interface as their way back.
    private func words(of port: NAT.Port) -> [[String]] {
        let keyword = port.target.family.keyword
        let target = port.target.family == .ipv6 ? "[\(port.target)]" : "\(port.target)"
        let rest =
            [keyword, "daddr", set(port.own.map { "\($0)" }), port.transport.rawValue, "dport", "\(port.port)"]
            + ["dnat", keyword, "to", "\(target):\(port.targetPort)"]
        let ways =
            [["iifname", quoted(port.in)]]
            + (port.bridge.map { [["iifname", quoted($0), "fib", "saddr", "oifname", quoted(port.in)]] } ?? [])
        return ways.map { $0 + rest }
    }

    private func words(of rule: NAT.Rule) -> [String] {
        let keyword = rule.family.keyword
        let isSaid = !rule.from.isEmpty || !rule.except.isEmpty || rule.address != nil
        let family = isSaid ? [] : ["meta", "nfproto", rule.family.rawValue]
        let from = rule.from.isEmpty ? [] : [keyword, "saddr", set(rule.from.merged)]
        let except = rule.except.isEmpty ? [] : [keyword, "daddr", "!=", set(rule.except.merged)]
        let action = rule.address.map { ["snat", keyword, "to", "\($0)"] } ?? ["masquerade"]
        return out(rule) + family + from + except + action
    }

    private func out(_ rule: NAT.Rule) -> [String] { ["oifname", quoted(rule.out)] }

    /// An interface's name, in which there is no quotation mark, as a string of nft(8): some names are words of its language.
    private func quoted(_ interface: String) -> String { "\"\(interface)\"" }

    private func set(_ members: [String]) -> String {
        members.count == 1 ? members[0] : "{ \(members.joined(separator: ", ")) }"
    }
}

extension [Prefix] {
    /// Their words without those that are within others: nft(8) refuses a set whose parts overlap.
    fileprivate var merged: [String] {
        var kept: [Prefix] = []
        for prefix in sorted(by: { ($0.length, $0) < ($1.length, $1) })
        where !kept.contains(where: { $0.contains(prefix) }) {
            kept.append(prefix)
        }
        return kept.sorted().map { "\($0)" }
    }
}

extension AddressFamily {
    /// What nft(8) calls the family.
    fileprivate var keyword: String {
        switch self {
        case .ipv4: "ip"
        case .ipv6: "ip6"
        }
    }
}
