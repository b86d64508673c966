internal import TopoModel
internal import TopoPlan

/// The ports of a bridge, in the order in which they are added to it.
struct BridgePorts {
    /// A port, or those of containers drawn as one.
    struct Port {
        /// What edges call it.
        let name: String
        /// The interface's name.
        let interface: String
        /// Its number, counted from 1; the first of several.
        let numbers: ClosedRange<Int>
        /// The MAC of a veth pair's end in the host; nil where the interface is a box of its own, and where it is not shown.
        let mac: String?
        /// Its VLANs, a line each.
        let vlans: [String]
        /// Whether it is drawn at the host's outer side.
        let isOutward: Bool

        /// The cell that shows it.
        func cell(_ words: Words) -> Cell {
            Cell(
                lines: [.small(words.ports(numbers)), .text(interface)]
                    + (vlans + (mac.map { [$0] } ?? [])).map(Markup.small), port: name)
        }
    }

    let ports: [Port]

    /// - Parameter isOutward: whether a NIC or tunnel is drawn at the host's outer side.
    init(
        _ bridge: PlannedBridge, of host: HostFacts, groups: [ContainerGroup], style: Style, isOutward: (String) -> Bool
    ) {
        var ports: [Port] = []
        var count = 0
        func add(
            _ name: String, _ interface: String, _ number: Int, mac: String?, _ vlans: PlannedPortVLANs, isOutward: Bool
        ) {
            ports.append(
                Port(
                    name: name, interface: interface, numbers: (count + 1)...(count + number), mac: mac,
                    vlans: style.words.vlans(vlans), isOutward: isOutward))
            count += number
        }
        for port in bridge.ports {
            add(
                BridgePorts.name(of: count), port, 1, mac: nil, host.vlans(ofPort: port),
                isOutward: isOutward(host.box(ofPort: port)))
        }
        for group in groups {
            for veth in host.veths(of: group.name) where veth.bridge == bridge.name {
                let name = BridgePorts.name(of: veth)
                // What Docker makes has a name in the host that Docker chooses, or none.
                let isNamed = group.containers[0].network == nil
                guard group.isFolded else {
                    add(
                        name, isNamed ? veth.hostInterface : group.name, 1,
                        mac: isNamed ? style.mac(veth.hostMAC).first : nil, veth.vlans, isOutward: true)
                    continue
                }
                let ends = group.containers.flatMap { container in
                    isNamed ? host.veths(of: container.name).map(\.hostInterface) : [container.name]
                }
                add(name, ContainerGroup.range(ends), ends.count, mac: nil, veth.vlans, isOutward: true)
            }
        }
        self.ports = ports
    }

    /// What edges call the NIC or tunnel at this place of a bridge's ports, from 0.
    static func name(of port: Int) -> String { "p\(port)" }

    /// What edges call a veth pair's port: its name in the host, in hexadecimal, since it may hold anything.
    static func name(of veth: PlannedVeth) -> String {
        "v" + veth.hostInterface.utf8.map { String($0, radix: 16) }.joined()
    }
}
