internal import TopoPlan

/// Which interfaces are in one broadcast domain: joined by LANs, bridges, veth pairs and tunnels.
struct Segments {
    private enum Member: Hashable {
        case lan(String)
        case interface(host: String, Namespace, String)
    }

    private var numbers: [Member: Int] = [:]
    private var parents: [Int] = []
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
        // What a segment is called: by its LAN, else its tunnel, else its bridge.
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
                let segment = root(number(.interface(host: host.name, .host, interface)))
                if !networks[segment, default: []].contains(network) { networks[segment, default: []].append(network) }
            }
        }
    }

    /// The number of a LAN's segment.
    mutating func number(ofLAN name: String) -> Int { root(number(.lan(name))) }

    /// The number of an interface's segment.
    mutating func number(of interface: String, in namespace: Namespace, on host: String) -> Int {
        root(number(.interface(host: host, namespace, interface)))
    }

    /// What a segment is called; a point-to-point link where it has neither LAN, tunnel nor bridge.
    mutating func caption(of number: Int) -> String? { captions[root(number)] }

    /// The networks that a segment is of.
    mutating func networks(of number: Int) -> [String] { networks[root(number)] ?? [] }

    private mutating func join(_ host: HostFacts) {
        func own(_ name: String) -> Member { .interface(host: host.name, .host, name) }
        for nic in host.nics {
            if let lan = nic.lan { join(.lan(lan), own(nic.name)) }
        }
        for bridge in host.bridges {
            for port in bridge.ports { join(own(bridge.name), own(port)) }
        }
        for veth in host.veths {
            join(.interface(host: host.name, .container(veth.container), veth.interface), own(veth.hostInterface))
            if let bridge = veth.bridge { join(own(veth.hostInterface), own(bridge)) }
        }
    }

    private mutating func name(_ member: Member, _ caption: String) {
        let segment = root(number(member))
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
