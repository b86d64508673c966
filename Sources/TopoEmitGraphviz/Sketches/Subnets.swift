internal import TopoModel
internal import TopoPlan
internal import TopoText

/// What the layer 3 figure shows: subnets, and the hosts and containers that are on them.
struct Subnets {
    /// A subnet of one segment; where the segment has IPv4 and IPv6, one of each.
    struct Subnet {
        let segment: Int
        var prefixes: [Prefix]
        /// What is written of each: itself, or for the subnets of many links alike the first and the last.
        var titles: [String]
        /// How many links it stands for, where these are drawn as one.
        var links = 1
    }

    /// An interface's addresses in one subnet.
    struct Attachment {
        let device: Int
        let subnet: Int
        let interface: String
        /// What is written of the interface: its name, or the first and the last.
        let title: String
        /// What is written of its addresses.
        let label: String
        /// All interfaces that it stands for.
        let interfaces: [InterfaceName]
        /// True for the gateway to what is outside the topology, whose interface's name is nobody's to say.
        var isGateway = false

        /// What is written below the addresses.
        func caption(_ words: Words) -> String { isGateway ? words.gateway : title }
    }

    /// A host, or a container or several alike.
    struct Device {
        let host: HostFacts
        let group: ContainerGroup?

        /// The namespace; of several containers the first's.
        var namespace: Namespace { group.map { .container($0.name) } ?? .host }

        /// The subnet that an address of its is drawn in.
        func subnet(of address: InterfaceAddress, on interface: String) -> Prefix {
            group == nil ? host.subnet(of: address, on: interface) : address.prefix
        }

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
    /// The networks that each subnet's segment is of.
    private(set) var networks: [[String]] = []
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
            let own =
                host.nics.map(\.name) + host.bridges.map(\.name) + host.tunnels.map(\.name)
                + host.vlans(of: .host).map(\.name)
            let groups = ContainerGroup.groups(of: host, most: most)
            let links = host.links(groups)
            let ends = links.filter { !$0.isFolded }.map(\.name)
            add(Device(host: host, group: nil), own + ends, links.filter(\.isFolded))
            for group in groups { add(Device(host: host, group: group), links) }
        }
        captions = subnets.map { segments.caption(of: $0.segment) }
        networks = subnets.map { segments.networks(of: $0.segment) }
    }

    /// The subnet of a prefix on a segment: a prefix joins the first subnet that has none of its family yet.
    private mutating func number(_ prefix: Prefix, of segment: Int, title: String? = nil) -> Int {
        let here = subnetsOfSegment[segment] ?? []
        if let known = here.first(where: { subnets[$0].prefixes.contains(prefix) }) { return known }
        if let open = here.first(where: { subnets[$0].prefixes.allSatisfy { $0.family != prefix.family } }) {
            subnets[open].prefixes.append(prefix)
            subnets[open].titles.append(title ?? prefix.description)
            return open
        }
        subnetsOfSegment[segment, default: []].append(subnets.count)
        subnets.append(Subnet(segment: segment, prefixes: [prefix], titles: [title ?? prefix.description]))
        return subnets.count - 1
    }

    /// Adds containers with their interfaces.
    private mutating func add(_ device: Device, _ links: [LinkGroup]) {
        guard let group = device.group else { return }
        let vlans = device.host.vlans(of: .container(group.name)).map(\.name)
        let link = links.first { $0.isFolded && $0.veths[0].container == group.name }
        add(
            device, link == nil ? device.host.veths(of: group.name).map(\.interface) + vlans : [],
            link.map { [$0] } ?? [])
    }

    /// Adds a device with its interfaces; one without addresses is not of layer 3.
    /// - Parameter links: many links alike that it is at an end of.
    private mutating func add(_ device: Device, _ interfaces: [String], _ links: [LinkGroup]) {
        let before = attachments.count
        for interface in interfaces { attach(interface, of: device) }
        for link in links { attach(link, to: device) }
        if attachments.count > before { devices.append(device) }
    }

    private mutating func attach(_ interface: String, of device: Device) {
        let segment = segments.number(of: interface, in: device.namespace, on: device.host.name)
        var labels: [(subnet: Int, texts: [String])] = []
        for address in addresses(of: interface, on: device) {
            let subnet = number(device.subnet(of: address, on: interface), of: segment)
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
                    device: devices.count, subnet: subnet, interface: interface, title: interface,
                    label: isFolded ? ContainerGroup.range(texts) : texts.joined(separator: "\n"),
                    interfaces: device.interfaces(alike: interface), isGateway: device.host.isOutside))
        }
    }

    /// Attaches one end of many links to what stands for the subnets of all of them.
    private mutating func attach(_ link: LinkGroup, to device: Device) {
        let ends = link.veths.map { veth in
            device.group == nil
                ? InterfaceName(host: device.host.name, interface: veth.hostInterface)
                : InterfaceName(host: device.host.name, container: veth.container, interface: veth.interface)
        }
        let addresses = zip(link.veths, ends).map { veth, end in
            device.host.addresses(of: end.interface, in: device.group == nil ? .host : .container(veth.container))
        }
        let segment = segments.number(of: link.name, in: .host, on: device.host.name)
        var numbers: [Int] = []
        for first in addresses[0] {
            let prefixes = zip(ends, addresses).flatMap { end, addresses in
                addresses.filter { $0.address.family == first.address.family }.map {
                    device.subnet(of: $0, on: end.interface)
                }
            }
            let title = ContainerGroup.range(prefixes.map(\.description))
            let subnet = number(prefixes[0], of: segment, title: title)
            subnets[subnet].links = link.veths.count
            if !numbers.contains(subnet) { numbers.append(subnet) }
        }
        for subnet in numbers {
            let first = ends[0].interface
            attachments.append(
                Attachment(
                    device: devices.count, subnet: subnet, interface: first,
                    title: device.group == nil ? link.title : first,
                    label: ContainerGroup.range(addresses.flatMap { $0.map(\.address.description) }), interfaces: ends))
        }
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

extension Subnets.Subnet {
    /// What it is where it has no name.
    func caption(_ words: Words) -> String { links > 1 ? words.pointToPointLinks(links) : words.pointToPointLink }
}

extension InterfaceAddress {
    /// What the subnet does not say of the address: `.11` in 10.1.0.0/24, `.0.11` in 10.1.0.0/16, `::11` in
    /// 2001:db8::/64; all of it where the subnet is the address alone, or says nothing.
    var hostPart: String {
        guard (1..<address.family.width).contains(length) else { return "\(address)" }
        switch address.family {
        case .ipv4:
            let octets = "\(address)".parts(at: ".")
            return octets.dropFirst(length / 8).map { ".\($0)" }.joined()
        case .ipv6:
            let mask = (UInt128(1) << UInt128(128 - length)) - 1
            return "\(IPAddress(.ipv6, bits: address.bits & mask))"
        }
    }
}
