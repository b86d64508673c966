import TopoForwarding
package import TopoModel
import TopoNetwork
package import TopoPlan

/// Who in a topology is meant to reach whom, as `docs/prediction.md` has it, and what the prediction makes of it.
struct Meaning {
    /// A host or container.
    private struct Node {
        let name: NodeName
        /// Its addresses, each with its segment.
        var addresses: [(value: InterfaceAddress, segment: Int)] = []
        var segments: Set<Int> = []
        /// The segments that its routes lead to by a device.
        var devices: [(family: AddressFamily, segment: Int)] = []
        var forwards = false
        /// Whether it says `forwarding: false`.
        var staysOut = false
        /// Whether it says `gateway: none`, and has no routes.
        var staysAlone = false
        /// Whether its host has tunnels.
        var hasTunnels = false
        /// Its rules for other sources, each with the segment that it is about.
        var hiding: [(rule: NAT.Rule, segment: Int)] = []
    }

    private var nodes: [Node] = []
    private var numbers: [NodeName: Int] = [:]
    /// For each segment, a number that those have in common between which packets of a family can be routed.
    private var parts: [AddressFamily: [Int]] = [:]
    private var keptApart: [(Int, Int)] = []

    init(_ topology: Topology, nodes names: [NodeName]) {
        let segments = Segments(of: topology)
        for name in names {
            numbers[name] = nodes.count
            nodes.append(Node(name: name))
        }
        for host in topology.hosts {
            note(host.forwarding, nil, host, as: NodeName(host: host.name.value))
            note(host.routes, of: NodeName(host: host.name.value), segments)
            note(NAT(of: host).rules, of: NodeName(host: host.name.value), segments)
            for container in host.containers {
                note(
                    container.routes, of: NodeName(host: host.name.value, container: container.name.value), segments)
                note(
                    container.forwarding, container, host,
                    as: NodeName(host: host.name.value, container: container.name.value))
            }
        }
        for (number, segment) in segments.all.enumerated() {
            for member in segment.members {
                let name = NodeName(host: member.interface.host, container: member.interface.container)
                guard let node = numbers[name] else { continue }
                nodes[node].segments.insert(number)
                nodes[node].addresses += member.addresses.map { ($0.value, number) }
            }
        }
        for family in AddressFamily.allCases { parts[family] = routed(family, count: segments.all.count) }
        for check in topology.checks {
            guard case .noPing(let one, let other) = check.kind, let host = one.host, let otherHost = other.host,
                let first = numbers[NodeName(host: host, container: one.container)],
                let second = numbers[NodeName(host: otherHost, container: other.container)]
            else { continue }
            keptApart.append((first, second))
        }
    }

    /// Joins the segments on which a node that forwards has addresses of a family, or to which its routes lead by a device.
    private func routed(_ family: AddressFamily, count: Int) -> [Int] {
        var parts = Array(0..<count)
        for node in nodes where node.forwards {
            let own = node.addresses.filter { $0.value.address.family == family }.map { $0.segment }
            let joined = Set((own + node.devices.filter { $0.family == family }.map(\.segment)).map { parts[$0] })
            guard let least = joined.min() else { continue }
            for segment in parts.indices where joined.contains(parts[segment]) { parts[segment] = least }
        }
        return parts
    }

    private mutating func note(_ forwarding: Located<Bool>?, _ container: Container?, _ host: Host, as name: NodeName) {
        guard let number = numbers[name] else { return }
        nodes[number].forwards = forwarding?.value == true
        nodes[number].staysOut = forwarding?.value == false
        nodes[number].hasTunnels = !host.tunnels.isEmpty
        if let container, case .none = container.gateway { nodes[number].staysAlone = container.routes.isEmpty }
    }

    private mutating func note(_ routes: [Route], of name: NodeName, _ segments: Segments) {
        guard let number = numbers[name] else { return }
        for route in routes {
            guard case .dev(let device) = route.action,
                let segment = segments.index(
                    of: .init(host: name.host, container: name.container, interface: device.value))
            else { continue }
            nodes[number].devices.append((route.to.value.family, segment))
        }
    }

    private mutating func note(_ rules: [NAT.Rule], of name: NodeName, _ segments: Segments) {
        guard let number = numbers[name] else { return }
        nodes[number].hiding = rules.compactMap { rule in
            segments.index(of: .init(host: name.host, container: nil, interface: rule.out)).map { (rule, $0) }
        }
    }

    /// Whether every router of a segment gives what comes from an address there another source on its way to a node: nobody there is
    /// meant to know the address.
    private func isHidden(_ address: IPAddress, on segment: Int, from other: Int) -> Bool {
        let routers = nodes.filter { host in
            host.forwards && Set(host.addresses.map(\.segment)).count > 1
                && host.addresses.contains { $0.segment == segment }
        }
        return !routers.isEmpty
            && routers.allSatisfy { host in
                let routed = Set(host.addresses.map(\.segment))
                return host.hiding.contains { rule, out in
                    out != segment && nodes[other].segments.isDisjoint(with: routed.subtracting([out]))
                        && nodes[other].addresses.contains {
                            $0.value.address.family == address.family
                                && rule.applies(from: address, to: $0.value.address)
                        }
                }
            }
    }

    /// Whether one of a node's addresses is hidden from another node.
    private func isHidden(_ node: Int, _ family: AddressFamily, from other: Int) -> Bool {
        nodes[node].addresses.contains { address, segment in
            address.address.family == family && isHidden(address.address, on: segment, from: other)
        }
    }

    /// Whether a `no-ping` check names two nodes, or nodes on their segments: what would join one pair would join the other.
    private func areKeptApart(_ one: Int, _ other: Int) -> Bool {
        func isWith(_ node: Int, _ named: Int) -> Bool {
            node == named || !nodes[node].segments.isDisjoint(with: nodes[named].segments)
        }
        return keptApart.contains { first, second in
            isWith(one, first) && isWith(other, second) || isWith(one, second) && isWith(other, first)
        }
    }

    /// Whether two nodes are in a subnet on one segment, by this address of the second.
    private func areNeighbours(_ source: Int, _ address: InterfaceAddress, _ segment: Int) -> Bool {
        nodes[source].addresses.contains {
            $0.segment == segment && $0.value.prefix.contains(address.address)
                && address.prefix.contains($0.value.address)
        }
    }

    /// Whether routers join one of a node's own subnets to an address's segment, and none of them hides the address from it.
    private func isRouted(_ source: Int, _ address: IPAddress, _ segment: Int) -> Bool {
        guard let parts = parts[address.family] else { return false }
        return !isHidden(address, on: segment, from: source)
            && nodes[source].addresses.contains {
                $0.value.address.family == address.family && parts[$0.segment] == parts[segment]
            }
    }

    /// Walks every pair that is meant to reach each other.
    /// - Returns: how many these are, and what is lost of them that something is to be said of.
    func losses(_ finder: inout Pathfinder) -> (pairs: Int, losses: [Loss]) {
        var pairs = 0
        var losses: [Loss] = []
        for source in nodes.indices where nodes[source].name.container != nil {
            for target in nodes.indices where target != source {
                // A host is to be reached by its own containers, where they are neighbours.
                let isHost = nodes[target].name.container == nil
                if isHost, nodes[target].name.host != nodes[source].name.host { continue }
                for (address, segment) in nodes[target].addresses {
                    guard nodes[source].addresses.contains(where: { $0.value.address.family == address.address.family })
                    else { continue }
                    let isNear = areNeighbours(source, address, segment)
                    if isHost, !isNear { continue }
                    let isRouted = isRouted(source, address.address, segment)
                    pairs += isNear || isRouted ? 1 : 0
                    let path = finder.path(from: source, to: address.address, size: 68)
                    guard
                        let why = demand(path, from: source, to: target, isNear: isNear, isRouted: isRouted, &finder)
                    else { continue }
                    losses.append(loss(path, why, source, target))
                }
            }
        }
        return (pairs, losses)
    }

    private func loss(_ path: Path, _ why: String, _ source: Int, _ target: Int) -> Loss {
        Loss(
            source: nodes[source].name, target: nodes[target].name, address: path.destination, why: why,
            reason: path.reaches ? "another one answers" : path.ending.reason.kind, node: path.ending.node)
    }

    /// Why something is to be said of a path; nil where it arrives, or is not meant to.
    private func demand(
        _ path: Path, from source: Int, to target: Int, isNear: Bool, isRouted: Bool, _ finder: inout Pathfinder
    ) -> String? {
        let arrives = path.there.isDelivered && path.there.ending.node == nodes[target].name
        if path.reaches, arrives { return nil }
        if areKeptApart(source, target) { return nil }
        guard let stop = numbers[path.ending.node] else { return nil }
        switch path.ending.reason {
        case .unreachableRoute, .blackholeRoute, .underlayFails(_, .unreachableRoute, _),
            .underlayFails(_, .blackholeRoute, _):
            return nil
        case .forwardingLoop: return "routers hand it round"
        case .notForwarding:
            // It would arrive if that node forwarded: else nobody says that it should.
            guard !nodes[stop].staysOut, let goal = path.there.isDelivered ? path.sourceAddress : path.destination,
                finder.path(from: stop, to: goal, size: 68).there.isDelivered
            else { return nil }
            return "whom a route leads to does not forward"
        case .noRoute where !isNear && isRouted:
            if nodes[stop].staysAlone, stop == source || stop == target { return nil }
            if path.there.isDelivered { return arrives ? "the request arrives, and its answer is lost" : nil }
            let family = path.destination.family
            // Where one is behind NAT, the other needs no route to it.
            if isHidden(source, family, from: target) || isHidden(target, family, from: source) { return nil }
            return lacksBoth(path, stop, source, target, &finder)
                ? "two routers know no way to what is behind the other" : nil
        default: break
        }
        if isNear { return "they share a subnet on one segment" }
        return isRouted ? "routers join their segments" : nil
    }

    /// Whether a request and the one in the other direction end at two neighbours that forward, for want of a route.
    private func lacksBoth(_ path: Path, _ stop: Int, _ source: Int, _ target: Int, _ finder: inout Pathfinder) -> Bool
    {
        guard let back = path.sourceAddress, !nodes[stop].hasTunnels, nodes[stop].forwards else { return false }
        let other = finder.path(from: target, to: back, size: 68)
        guard !other.there.isDelivered, case .noRoute = other.ending.reason, let far = numbers[other.ending.node],
            far != stop
        else { return false }
        return nodes[far].forwards && !nodes[far].hasTunnels
            && !nodes[far].segments.isDisjoint(with: nodes[stop].segments)
    }

    /// Whether anything is lost that would be told of if hosts were containers: an error may be about that.
    func losesAnything(_ finder: inout Pathfinder) -> Bool {
        for source in nodes.indices {
            for target in nodes.indices where target != source {
                for (address, segment) in nodes[target].addresses
                where nodes[source].addresses.contains(where: { $0.value.address.family == address.address.family }) {
                    let path = finder.path(from: source, to: address.address, size: 68)
                    let isNear = areNeighbours(source, address, segment)
                    let isRouted = isRouted(source, address.address, segment)
                    if demand(path, from: source, to: target, isNear: isNear, isRouted: isRouted, &finder) != nil {
                        return true
                    }
                }
            }
        }
        return false
    }
}

/// A pair that is meant to reach each other and does not, where something is to be said of it.
package struct Loss: Sendable, Hashable {
    package let source: NodeName
    package let target: NodeName
    /// The target's address that is asked for.
    package let address: IPAddress
    /// Why something is to be said.
    package let why: String
    /// Why the request or the answer is lost, and where.
    package let reason: String
    package let node: NodeName

    package var words: String { "\(source) to \(target) (\(address)): \(reason), at \(node); \(why)" }
}
