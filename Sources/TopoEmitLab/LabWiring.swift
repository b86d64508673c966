internal import TopoModel
internal import TopoPlan

/// The lab's LANs and NICs, as words of `lab.sh`, with a name for every interface in the namespace of the LANs.
struct LabWiring {
    /// A LAN's bridge, its MTU and its name, in the order of the file.
    private(set) var lans: [[String]] = []
    /// A NIC's host and name, its port and MTU; if it is plugged to a LAN, its bridge, who gets frames, and the NIC's MAC.
    private(set) var plugs: [[String]] = []
    /// What is outside behind a LAN's gateway: its node, its port, MTU, bridge and who gets frames; then a list for each of the router's
    /// addresses, the LAN's subnets, and the topology's others.
    private(set) var outsides: [[String]] = []

    init(_ plan: Plan) {
        var names = InterfaceNames()
        var bridges: [String: String] = [:]
        for lan in plan.lans {
            let bridge = names.take(lan.name, or: "lan")
            bridges[lan.name] = bridge
            lans.append([bridge, String(lan.mtu.value), lan.name])
        }
        for host in plan.hosts {
            for nic in host.nics {
                let lan = plan.lans.first { $0.name == nic.lan }
                let port = names.take("\(host.name).\(nic.name)", or: "port")
                var words = [host.name, nic.name, port, String((lan?.mtu ?? nic.mtu).value)]
                if let lan, let bridge = bridges[lan.name] {
                    words += [bridge, lan.isPromiscuous ? "all" : "own"]
                    words += nic.mac.map { ["\($0.value)"] } ?? []
                }
                plugs.append(words)
            }
        }
        for lan in plan.lans {
            guard let outside = lan.outside, let bridge = bridges[lan.name] else { continue }
            let port = names.take("outside.\(lan.name)", or: "outside")
            let lists = [
                outside.addresses.map(\.description), outside.subnets.map(\.description),
                outside.unknown.map(\.description),
            ]
            outsides.append(
                [
                    NodeName(outsideOf: lan.name).host, port, String(lan.mtu.value), bridge,
                    lan.isPromiscuous ? "all" : "own",
                ]
                    + lists.map { $0.joined(separator: " ") })
        }
    }
}

/// Gives out names of interfaces of one namespace.
private struct InterfaceNames {
    private var taken: Set<String> = ["lo", "all", "default"]
    private var counts: [String: Int] = [:]

    /// The wanted name where it is plain, short enough and free, else the kind with a number, as in `lan-1`.
    mutating func take(_ wanted: String, or kind: String) -> String {
        var name = wanted
        while !isPlain(name) || !taken.insert(name).inserted {
            counts[kind, default: 0] += 1
            name = "\(kind)-\(counts[kind, default: 0])"
        }
        return name
    }

    /// True for a letter and up to 14 letters, digits, hyphens, underscores and dots: no interface may be named more.
    private func isPlain(_ name: String) -> Bool {
        guard name.utf8.count <= 15, let first = name.utf8.first, isLetter(first) else { return false }
        return name.utf8.allSatisfy { isLetter($0) || "0123456789-_.".utf8.contains($0) }
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }
}
