internal import TopoNetwork
import TopoPlan
import TopoText

/// Which interfaces are in one broadcast domain: joined by LANs, bridges, veth pairs and tunnels, in one VLAN where there are several.
struct Segments {
    private enum Member: Hashable {
        case lan(String)
        case interface(host: String, Namespace, String)

        var isLAN: Bool { if case .lan = self { true } else { false } }

        /// What messages call it, where it can give a VLAN's segment its name.
        var name: String? {
            switch self {
            case .lan(let name): "LAN \(name)"
            case .interface(let host, .host, let name): "\(host) \(name)"
            case .interface: nil
            }
        }
    }

    private var numbers: [Member: Int] = [:]
    private var parents: [Int] = []
    /// Where VLANs' tags are put on and taken off.
    private var crossings: [TaggedDomains.Crossing] = []
    private var filtering: Set<Int> = []
    private var tagged: TaggedDomains?
    /// How many members there were as VLANs divided them; later ones are alone.
    private var vertices = 0
    private var captions: [Int: String] = [:]
    /// The networks that have interfaces in a segment, in the order of the plan.
    private var networks: [Int: [String]] = [:]

    init(lans: [PlannedLAN], hosts: [HostFacts], overlays: [Overlay]) {
        for host in hosts { join(host) }
        for overlay in overlays {
            let ends = overlay.ends.map { end in
                Member.interface(host: hosts[end.host].name, .host, hosts[end.host].tunnels[end.tunnel].name)
            }
            for end in ends.dropFirst() { join(ends[0], end) }
        }
        divide()
        // What a segment is called: by its LAN, else its tunnel, else its bridge, with its VLAN.
        for lan in lans { name(.lan(lan.name), "LAN \(lan.name)") }
        for overlay in overlays {
            let host = hosts[overlay.ends[0].host]
            name(.interface(host: host.name, .host, host.tunnels[overlay.ends[0].tunnel].name), overlay.title)
        }
        for host in hosts {
            for bridge in host.bridges {
                name(.interface(host: host.name, .host, bridge.name), "\(host.name) \(bridge.name)")
            }
            for (interface, network) in host.parts {
                let segment = domain(of: number(.interface(host: host.name, .host, interface)))
                if !networks[segment, default: []].contains(network) { networks[segment, default: []].append(network) }
            }
        }
    }

    /// The number of a LAN's segment.
    mutating func number(ofLAN name: String) -> Int { domain(of: number(.lan(name))) }

    /// The number of an interface's segment.
    mutating func number(of interface: String, in namespace: Namespace, on host: String) -> Int {
        domain(of: number(.interface(host: host, namespace, interface)))
    }

    /// What a segment is called; a point-to-point link where it has neither LAN, tunnel nor bridge.
    func caption(of number: Int) -> String? { captions[number] }

    /// The networks that a segment is of.
    func networks(of number: Int) -> [String] { networks[number] ?? [] }

    private mutating func join(_ host: HostFacts) {
        func own(_ name: String) -> Member { .interface(host: host.name, .host, name) }
        for nic in host.nics {
            if let lan = nic.lan { join(.lan(lan), own(nic.name)) }
        }
        for bridge in host.bridges {
            if bridge.filtersVLANs {
                filtering.insert(number(own(bridge.name)))
                cross(own(bridge.name), bridge.ownUntagged, into: own(bridge.name))
            }
            for port in bridge.ports { plug(own(port), host.vlans(ofPort: port), into: bridge, of: host) }
        }
        for vlan in host.vlans(of: .host) { tag(own(vlan.name), vlan.id, on: own(vlan.link)) }
        let bridges = Dictionary(host.bridges.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for veth in host.veths {
            join(.interface(host: host.name, .container(veth.container), veth.interface), own(veth.hostInterface))
            guard let bridge = veth.bridge.flatMap({ bridges[$0] }) else { continue }
            plug(own(veth.hostInterface), veth.vlans, into: bridge, of: host)
        }
        for container in host.containers {
            func inner(_ name: String) -> Member { .interface(host: host.name, .container(container.name), name) }
            for vlan in host.vlans(of: .container(container.name)) {
                tag(inner(vlan.name), vlan.id, on: inner(vlan.link))
            }
        }
    }

    private mutating func plug(
        _ port: Member, _ vlans: PlannedPortVLANs, into bridge: PlannedBridge, of host: HostFacts
    ) {
        let own = Member.interface(host: host.name, .host, bridge.name)
        if bridge.filtersVLANs { cross(port, vlans, into: own) } else { join(own, port) }
    }

    /// Joins what passes a port of a bridge that tells VLANs apart.
    private mutating func cross(_ port: Member, _ vlans: PlannedPortVLANs, into bridge: Member) {
        let (port, bridge) = (number(port), number(bridge))
        if let own = vlans.untagged { crossings.append(.init(.init(port), .init(bridge, own))) }
        for tag in vlans.tags { crossings.append(.init(.init(port, tag), .init(bridge, tag))) }
    }

    /// Joins a VLAN interface to its link.
    private mutating func tag(_ interface: Member, _ id: Int, on link: Member) {
        crossings.append(.init(.init(number(interface)), .init(number(link), id)))
    }

    /// Divides what is joined by VLANs, once all of it is, and names the domains of VLANs: by a LAN or bridge that they cross.
    private mutating func divide() {
        guard !crossings.isEmpty else { return }
        let wires = parents.indices.map { root($0) }
        let found = TaggedDomains(count: parents.count, crossings: crossings, filtering: filtering) { wires[$0] }
        tagged = found
        vertices = parents.count
        for (member, number) in numbers.sorted(by: { $0.value < $1.value }) {
            for tag in found.inner[number] ?? found.tags[wires[number]] ?? [] {
                guard let name = member.name, let domain = found.domain(of: number, tag, wire: { wires[$0] }),
                    captions[domain] == nil || captions[domain]?.begins(with: "LAN ") == false && member.isLAN
                else { continue }
                captions[domain] = "\(name), VLAN \(tag)"
            }
        }
    }

    private mutating func domain(of number: Int) -> Int {
        guard let tagged, number < vertices else { return root(number) }
        let wires = self
        return tagged.domain(of: number) { wires.wire(of: $0) } ?? root(number)
    }

    private func wire(of number: Int) -> Int {
        var number = number
        while parents[number] != number { number = parents[number] }
        return number
    }

    private mutating func name(_ member: Member, _ caption: String) {
        let segment = domain(of: number(member))
        if captions[segment] == nil { captions[segment] = caption }
    }

    private mutating func number(_ member: Member) -> Int {
        if let number = numbers[member] { return number }
        numbers[member] = parents.count
        parents.append(parents.count)
        return parents.count - 1
    }

    private mutating func root(_ number: Int) -> Int {
        var number = number
        while parents[number] != number {
            parents[number] = parents[parents[number]]
            number = parents[number]
        }
        return number
    }

    private mutating func join(_ left: Member, _ right: Member) {
        let (left, right) = (root(number(left)), root(number(right)))
        parents[max(left, right)] = min(left, right)
    }
}
