import TopoDiagnostics
import TopoLower
import TopoModel
import TopoSyntax
import TopoText

/// Writes networks out as bridges, tunnels and ports of their hosts, in a tree whose addresses are all written.
struct NetworkWriter {
    typealias Member = NetworkMembers.Member

    /// What is wrong.
    private(set) var diagnostics: [Diagnostic] = []
    private let networks: [WrittenNetwork]
    private let tree: Node
    private var hosts: [String: Node] = [:]
    private let members: NetworkMembers

    /// Takes the sound networks of a tree with their hosts, and the tree.
    init(_ networks: [WrittenNetwork], _ members: NetworkMembers, of tree: Node) {
        self.networks = networks
        self.members = members
        self.tree = tree
        for host in tree["hosts"]?.entries ?? [] { hosts[host.key] = host.value }
    }

    /// The tree with bridges in the place of networks; those that cannot be made stay as they are.
    mutating func written() -> Node {
        var made = tree
        for network in networks {
            let members = members[network]
            guard !members.isEmpty else {
                guard !self.members.named.contains(network.name) else { continue }
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
    /// Its routes to the network's other hosts, where those route.
    var routes: [Node] = []
    /// True where it routes.
    var isRouter = false
    /// True where it has a bridge of the network.
    var hasBridge = true
    /// The default gateways of its containers in the network.
    var gateways: [String] = []
}

extension NetworkWriter {
    /// The parts on each host; nil, with a finding, where a host has no way to the others.
    private mutating func parts(of network: WrittenNetwork, _ members: [Member]) -> [String: NetworkParts]? {
        guard network.kind != .routed || !network.slices.isEmpty, var parts = links(of: network, members) else {
            return nil
        }
        for member in members {
            let routes = network.kind == .routed || network.isGateway(member.host)
            guard routes, !isUnforwarded(member, network) else { continue }
            parts[member.host]?.isRouter = true
        }
        guard network.kind != .routed, let gateway = network.gateway else { return parts }
        let gateways = hosts[gateway]?["bridges"]?[network.bridge]?.writtenAddresses.compactMap { text in
            (try? InterfaceAddress(text).address).flatMap { address in
                network.subnetsOfFamilies.contains { $0.contains(address) } ? address : nil
            }
        }
        for member in members where !network.isGateway(member.host) {
            parts[member.host]?.gateways = (gateways ?? []).firstOfEach(\.family).map(\.description)
        }
        return parts
    }

    /// What joins each host to the others; nil, with a finding, where one has no way to them.
    private mutating func links(of network: WrittenNetwork, _ members: [Member]) -> [String: NetworkParts]? {
        guard members.count > 1 || network.kind == .bridged else {
            return network.kind == .routed
                ? routed(network, members, nics: [:]) : [members[0].host: NetworkParts()]
        }
        guard fits(members.count, network) else { return nil }
        let needsNIC = network.kind == .bridged || network.kind == .routed || network.namesLAN || network.group != nil
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
        if network.kind == .bridged { return nics.mapValues { NetworkParts(ports: [$0.key], nic: $0.key) } }
        if network.kind == .routed { return routed(network, members, nics: nics) }
        return tunnels(of: network, members, ends: nics)
    }

    /// The tunnels between hosts.
    /// - Parameter nics: the NIC of each on the LAN that the network goes over; nil where names say enough.
    private func tunnels(
        of network: WrittenNetwork, _ members: [Member], ends nics: [String: Node.Entry]?
    ) -> [String: NetworkParts] {
        switch network.kind {
        case .bridged, .routed: return [:]
        case .vxlan:
            return parts(members.map(\.host)) { host in
                // Ends that flood through a group list nobody.
                let others = network.group == nil ? members.map(\.host).filter { !$0.isSame(as: host) } : []
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
        keys.append(network.part)
        return network.entry(name, Node(.mapping(keys), at: network.entry.keySpan))
    }
}

// MARK: - Routed networks

extension NetworkWriter {
    /// The parts of hosts that route: a way to each other host's slices.
    /// - Parameter nics: the NIC of each on the LAN that the network goes over; none where there is one host.
    private func routed(
        _ network: WrittenNetwork, _ members: [Member], nics: [String: Node.Entry]
    ) -> [String: NetworkParts] {
        var parts: [String: NetworkParts] = [:]
        for member in members {
            let slices = network.slices[member.host] ?? HostSlices()
            var routes = members.filter { !$0.host.isSame(as: member.host) }.flatMap { other in
                (network.slices[other.host]?.all ?? []).map { slice in
                    route(to: "\(slice)", by: next(other.host, slice.family, network, nics), of: network)
                }
            }
            // What is in none of the links would go by a default route, and come back.
            routes += slices.links.map { network.node([("to", "\($0)"), ("type", "unreachable")]) }
            if let gateway = network.gateway, !network.isGateway(member.host),
                members.contains(where: { network.isGateway($0.host) }),
                hosts[member.host]?.hasDefaultRoute == false
            {
                routes += network.subnetsOfFamilies.map { subnet in
                    let to =
                        network.subnetsOfFamilies == [subnet] && subnet.family == .ipv4
                        ? "default" : "\(Prefix.everything(subnet.family))"
                    return route(to: to, by: next(gateway, subnet.family, network, nics), of: network)
                }
            }
            parts[member.host] = NetworkParts(routes: routes, hasBridge: !slices.bridge.isEmpty)
        }
        return parts
    }

    private func route(to: String, by next: String, of network: WrittenNetwork) -> Node {
        network.node([("to", to), ("via", next)])
    }

    /// A host as the next hop: its name, or its address on the LAN that is named where there are several.
    private func next(
        _ host: String, _ family: AddressFamily, _ network: WrittenNetwork, _ nics: [String: Node.Entry]
    ) -> String {
        guard network.namesLAN else { return host }
        return nics[host]?.value.firstAddress(of: family).map { "\($0)" } ?? host
    }

    /// True, with a finding, for a host that is to route and says that it does not.
    private mutating func isUnforwarded(_ member: Member, _ network: WrittenNetwork) -> Bool {
        guard let entry = hosts[member.host]?.entries.first(where: { $0.key == "forwarding" }),
            entry.value.word?.isSame(as: "false") ?? false
        else { return false }
        diagnostics.append(
            Diagnostic(
                .conflictingKeys, "\(member.host) routes for network \"\(network.name)\", and is said not to forward",
                at: .init(entry.keySpan, "does not forward"),
                and: [.init(network.entry.keySpan, network.kind == .routed ? "is routed" : "has it for a gateway")],
                help: ["take the key out"]))
        return true
    }
}

// MARK: - Messages

extension NetworkWriter {
    /// Whether each host can list all others; a finding says so where not.
    private mutating func fits(_ hosts: Int, _ network: WrittenNetwork) -> Bool {
        let nodes: Int
        switch network.kind {
        case .bridged, .gretap: return true
        case .vxlan where network.group != nil: return true
        case .vxlan: nodes = 1
        // A route is a mapping and two words.
        case .routed: nodes = 3
        }
        let pairs = hosts * (hosts - 1)
        guard pairs * nodes > ExpansionLimits.nodes else { return true }
        let isRouted = network.kind == .routed
        diagnostics.append(
            Diagnostic(
                .expansionTooLarge,
                "the \(hosts) hosts of network \"\(network.name)\" would \(isRouted ? "have" : "list") \(pairs) \(isRouted ? "routes to each other" : "far ends")",
                at: .init(network.entry.keySpan), notes: ["at most \(ExpansionLimits.nodes / nodes) are written out"],
                help: [
                    isRouted
                        ? "make several networks of it, with routers between them"
                        : "add group: with a multicast address, through which the network floods"
                ]))
        return false
    }

    private mutating func addNoLAN(_ network: WrittenNetwork) {
        diagnostics.append(
            Diagnostic(
                .networkWithoutLAN, "network \"\(network.name)\" does not say which LAN it runs over",
                at: .init(network.entry.keySpan), notes: ["the topology has no LAN, or several"],
                help: ["add over: with the LAN that connects its hosts"]))
    }

    private mutating func addNoNIC(_ member: Member, _ lan: String, _ network: WrittenNetwork) {
        let labels: [Diagnostic.Label] =
            member.place == nil ? [] : [.init(network.entry.keySpan, "runs over \"\(lan)\"")]
        diagnostics.append(
            Diagnostic(
                .networkWithoutLAN,
                "\(member.host) has no NIC on LAN \"\(lan)\", over which network \"\(network.name)\" goes",
                at: .init(member.place ?? network.entry.keySpan), and: labels,
                help: ["give \(member.host) a NIC with lan: \(lan), or name another LAN with over:"]))
    }
}
