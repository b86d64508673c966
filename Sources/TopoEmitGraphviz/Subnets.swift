internal import TopoModel
internal import TopoPlan

/// What the layer 3 figure shows: subnets, and the hosts and containers that are on them.
struct Subnets {
    /// A subnet of one segment; where the segment has IPv4 and IPv6, one of each.
    struct Subnet {
        let segment: Int
        var prefixes: [Prefix]
    }

    /// An interface's addresses in one subnet.
    struct Attachment {
        let device: Int
        let subnet: Int
        let interface: String
        let label: String
    }

    /// A host, or a container or several alike.
    struct Device {
        let host: HostFacts
        let group: ContainerGroup?

        /// The namespace; of several containers the first's.
        var namespace: Namespace { group.map { .container($0.name) } ?? .host }

        /// The interface of this name; of several containers each one's only interface.
        func interfaces(alike name: String) -> [InterfaceName] {
            guard let group else { return [InterfaceName(host: host.name, interface: name)] }
            return group.containers.map { container in
                let own = group.isFolded ? host.veths(of: container.name)[0].interface : name
                return InterfaceName(host: host.name, container: container.name, interface: own)
            }
        }
    }

    private(set) var subnets: [Subnet] = []
    private(set) var captions: [String?] = []
    private(set) var devices: [Device] = []
    private(set) var attachments: [Attachment] = []
    private var subnetsOfSegment: [Int: [Int]] = [:]
    private var segments: Segments

    init(lans: [PlannedLAN], hosts: [HostFacts], overlays: [Overlay], most: Int) {
        segments = Segments(lans: lans, hosts: hosts, overlays: overlays)
        for lan in lans {
            let segment = segments.number(ofLAN: lan.name)
            for prefix in lan.subnets { _ = number(prefix, of: segment) }
        }
        for host in hosts {
            let own = host.nics.map(\.name) + host.bridges.map(\.name) + host.tunnels.map(\.name)
            let ends = host.veths.filter { $0.bridge == nil }.map(\.hostInterface)
            add(Device(host: host, group: nil), own + ends)
            for group in ContainerGroup.groups(of: host, most: most) {
                add(Device(host: host, group: group), host.veths(of: group.name).map(\.interface))
            }
        }
        captions = subnets.map { segments.caption(of: $0.segment) }
    }

    /// The subnet of a prefix on a segment: a prefix joins the first subnet that has none of its family yet.
    private mutating func number(_ prefix: Prefix, of segment: Int) -> Int {
        let here = subnetsOfSegment[segment] ?? []
        if let known = here.first(where: { subnets[$0].prefixes.contains(prefix) }) { return known }
        if let open = here.first(where: { subnets[$0].prefixes.allSatisfy { $0.family != prefix.family } }) {
            subnets[open].prefixes.append(prefix)
            return open
        }
        subnetsOfSegment[segment, default: []].append(subnets.count)
        subnets.append(Subnet(segment: segment, prefixes: [prefix]))
        return subnets.count - 1
    }

    /// Adds a device with its interfaces; one without addresses is not of layer 3.
    private mutating func add(_ device: Device, _ interfaces: [String]) {
        var isShown = false
        for interface in interfaces {
            let segment = segments.number(of: interface, in: device.namespace, on: device.host.name)
            var labels: [(subnet: Int, texts: [String])] = []
            for address in addresses(of: interface, on: device) {
                let subnet = number(address.prefix, of: segment)
                if let index = labels.firstIndex(where: { $0.subnet == subnet }) {
                    labels[index].texts.append(address.hostPart)
                } else {
                    labels.append((subnet, [address.hostPart]))
                }
            }
            for (subnet, texts) in labels {
                let isFolded = device.group?.isFolded ?? false
                attachments.append(
                    Attachment(
                        device: devices.count, subnet: subnet, interface: interface,
                        label: isFolded ? ContainerGroup.range(texts) : texts.joined(separator: "\n")))
                isShown = true
            }
        }
        if isShown { devices.append(device) }
    }

    private func addresses(of interface: String, on device: Device) -> [InterfaceAddress] {
        guard let group = device.group else { return device.host.addresses(of: interface) }
        return group.containers.flatMap { container in
            // Containers alike may call their one interface differently.
            let name = group.isFolded ? device.host.veths(of: container.name)[0].interface : interface
            return device.host.addresses(of: name, in: .container(container.name))
        }
    }
}

extension InterfaceAddress {
    /// What the subnet does not say of the address: `.11` in 10.1.0.0/24, `.0.11` in 10.1.0.0/16, `::11` in
    /// 2001:db8::/64; all of it where the subnet is the address alone, or says nothing.
    var hostPart: String {
        guard (1..<address.family.width).contains(length) else { return "\(address)" }
        switch address.family {
        case .ipv4:
            let octets = "\(address)".split(separator: ".")
            return octets.dropFirst(length / 8).map { ".\($0)" }.joined()
        case .ipv6:
            let mask = (UInt128(1) << UInt128(128 - length)) - 1
            return "\(IPAddress(.ipv6, bits: address.bits & mask))"
        }
    }
}
