import TopoDiagnostics
import TopoLower
import TopoModel
import TopoSyntax
import TopoText

/// Writes networks out as bridges, tunnels and ports of their hosts, in a tree whose addresses are all written.
struct NetworkWriter {
    /// A host with an interface in a network.
    struct Member {
        let host: String
        /// Where its first container names the network; nil where the network names the host.
        let place: Span?
    }

    /// What is wrong.
    private(set) var diagnostics: [Diagnostic] = []
    private let networks: [WrittenNetwork]
    private let tree: Node
    private var hosts: [String: Node] = [:]
    /// The networks that any container names, also one that names something besides.
    private var named: Set<String> = []
    /// The hosts of each network, in the order of the file.
    private var members: [String: [Member]] = [:]

    /// Takes the sound networks of a tree, and the tree.
    init(_ networks: [WrittenNetwork], of tree: Node) {
        self.networks = networks
        self.tree = tree
        for host in tree["hosts"]?.entries ?? [] {
            hosts[host.key] = host.value
            let used = host.value.networksUsed
            named.formUnion(host.value.networksNamed)
            for network in networks {
                let isNamed = network.hosts.contains { $0.isSame(as: host.key) }
                let isHub = network.kind == .gretap && network.hub.map { $0.isSame(as: host.key) } ?? false
                guard used[network.name] != nil || isNamed || isHub else { continue }
                members[network.name, default: []].append(Member(host: host.key, place: used[network.name]))
            }
        }
    }

    /// The tree with bridges in the place of networks; those that cannot be made stay as they are.
    mutating func written() -> Node {
        var made = tree
        for network in networks {
            let members = members[network.name] ?? []
            guard !members.isEmpty else {
                guard !named.contains(network.name) else { continue }
                diagnostics.append(
                    Diagnostic(
                        .unusedName, "no container is in network \"\(network.name)\"", at: .init(network.entry.keySpan),
                        help: ["write network: \(network.name) at a container, or leave the network out"]))
                continue
            }
            guard let parts = parts(of: network, members) else { continue }
            made = made.changing("hosts") { hosts in
                hosts.changingEach { host, node in
                    parts[host].map { node.with($0, of: network) } ?? node
                }
            }
            if network.kind == .bridged { made = made.adding(network.subnets, toLAN: network.over ?? "") }
        }
        return made
    }
}

/// What a network is on one host.
struct NetworkParts {
    /// The ports of its bridge.
    var ports: [String] = []
    /// Its tunnels.
    var tunnels: [Node.Entry] = []
    /// The NIC whose addresses become the bridge's.
    var nic: String?
}

extension NetworkWriter {
    /// The parts on each host; nil, with a finding, where a host has no way to the others.
    private mutating func parts(of network: WrittenNetwork, _ members: [Member]) -> [String: NetworkParts]? {
        guard members.count > 1 || network.kind == .bridged else { return [members[0].host: NetworkParts()] }
        guard network.kind != .vxlan || network.group != nil || fits(members.count, network) else { return nil }
        let needsNIC = network.kind == .bridged || network.namesLAN || network.group != nil
        guard needsNIC else { return tunnels(of: network, members, ends: nil) }
        guard let over = network.over else {
            addNoLAN(network)
            return nil
        }
        var nics: [String: Node.Entry] = [:]
        for member in members {
            let all = (hosts[member.host]?["nics"]?.entries ?? []) + (hosts[member.host]?["interfaces"]?.entries ?? [])
            guard let nic = all.first(where: { $0.value["lan"]?.word?.isSame(as: over) ?? false }) else {
                addNoNIC(member, over, network)
                return nil
            }
            nics[member.host] = nic
        }
        guard network.kind != .bridged else { return nics.mapValues { NetworkParts(ports: [$0.key], nic: $0.key) } }
        return tunnels(of: network, members, ends: nics)
    }

    /// The tunnels between hosts.
    /// - Parameter nics: the NIC of each on the LAN that the network goes over; nil where names say enough.
    private func tunnels(
        of network: WrittenNetwork, _ members: [Member], ends nics: [String: Node.Entry]?
    ) -> [String: NetworkParts] {
        switch network.kind {
        case .bridged: return [:]
        case .vxlan:
            return parts(members.map(\.host)) { host in
                let others = members.map(\.host).filter { !$0.isSame(as: host) }
                return [tunnel(network.deviceName("vx-"), of: network, on: host, to: others, nics)]
            }
        case .gretap:
            let hub = network.hub ?? members[0].host
            let spokes = members.map(\.host).filter { !$0.isSame(as: hub) }
            return parts(members.map(\.host)) { host in
                guard host.isSame(as: hub) else {
                    return [tunnel(network.deviceName("gre-"), of: network, on: host, to: [hub], nics)]
                }
                return spokes.enumerated().map { index, spoke in
                    tunnel(network.deviceName("g\(index + 1)-"), of: network, on: host, to: [spoke], nics)
                }
            }
        }
    }

    private func parts(_ hosts: [String], _ tunnels: (String) -> [Node.Entry]) -> [String: NetworkParts] {
        var parts: [String: NetworkParts] = [:]
        for host in hosts {
            let tunnels = tunnels(host)
            parts[host] = NetworkParts(ports: tunnels.map(\.key), tunnels: tunnels)
        }
        return parts
    }

    private func tunnel(
        _ name: String, of network: WrittenNetwork, on host: String, to others: [String], _ nics: [String: Node.Entry]?
    ) -> Node.Entry {
        var keys = [network.entry("type", network.word(network.kind.rawValue))]
        keys.append(network.entry(network.kind == .vxlan ? "vni" : "key", network.word(String(network.number))))
        let local = network.namesLAN ? nics?[host]?.value.firstAddress : nil
        if let local { keys.append(network.entry("local", network.word("\(local)"))) }
        let ends = others.map { other -> Node in
            let far = nics?[other]?.value.firstAddress(of: local?.family)
            return network.word(local == nil ? other : far.map { "\($0)" } ?? other)
        }
        if let group = network.group, let nic = nics?[host]?.key {
            keys += [network.entry("group", group), network.entry("dev", network.word(nic))]
        } else if network.kind == .vxlan {
            keys.append(network.entry("remotes", Node(.sequence(ends), at: network.entry.keySpan)))
        } else if let end = ends.first {
            keys.append(network.entry("remote", end))
        }
        if let port = network.port { keys.append(network.entry("port", port)) }
        return network.entry(name, Node(.mapping(keys), at: network.entry.keySpan))
    }
}

// MARK: - Messages

extension NetworkWriter {
    /// Whether each host can list all others; a finding says so where not.
    private mutating func fits(_ hosts: Int, _ network: WrittenNetwork) -> Bool {
        guard hosts * (hosts - 1) > ExpansionLimits.nodes else { return true }
        diagnostics.append(
            Diagnostic(
                .expansionTooLarge,
                "the \(hosts) hosts of network \"\(network.name)\" would list \(hosts * (hosts - 1)) far ends",
                at: .init(network.entry.keySpan), notes: ["at most \(ExpansionLimits.nodes) are written out"],
                help: ["add group: with a multicast address, through which the network floods"]))
        return false
    }

    private mutating func addNoLAN(_ network: WrittenNetwork) {
        diagnostics.append(
            Diagnostic(
                .networkWithoutLAN, "network \"\(network.name)\" does not say which LAN it goes over",
                at: .init(network.entry.keySpan), notes: ["the topology has no LAN, or several"],
                help: ["add over: with the LAN that joins its hosts"]))
    }

    private mutating func addNoNIC(_ member: Member, _ lan: String, _ network: WrittenNetwork) {
        let labels: [Diagnostic.Label] =
            member.place == nil ? [] : [.init(network.entry.keySpan, "goes over \"\(lan)\"")]
        diagnostics.append(
            Diagnostic(
                .networkWithoutLAN,
                "\(member.host) has no NIC on LAN \"\(lan)\", over which network \"\(network.name)\" goes",
                at: .init(member.place ?? network.entry.keySpan), and: labels,
                help: ["give \(member.host) a NIC with lan: \(lan), or name another LAN with over:"]))
    }
}

extension WrittenNetwork {
    /// A word at the network's place.
    func word(_ text: String) -> Node { Node(.scalar(text, isQuoted: text.utf8.contains(0x3A)), at: entry.keySpan) }

    /// A key at the network's place.
    func entry(_ key: String, _ value: Node) -> Node.Entry {
        Node.Entry(key: key, keySpan: entry.keySpan, value: value)
    }
}
