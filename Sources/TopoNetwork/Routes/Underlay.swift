public import TopoModel

/// The IP network between the hosts, as far as tunnels need it: who has which address, and by which interfaces
/// a packet from one host to another goes.
public struct Underlay: Sendable {
    /// An address of a host, with the interface that has it.
    public struct Place: Sendable, Hashable {
        /// The host's name.
        public let host: String
        /// The name of its interface.
        public let interface: String
        /// The address.
        public let address: InterfaceAddress
    }

    /// The hosts' addresses, by `numbers`.
    private let places: [HostPlaces]
    private let meetings: [Pair: [(own: Int, other: Int)]]
    private let numbers: [String: Int]
    private let owners: [IPAddress: Place]
    /// The hosts' tables, by `numbers`.
    private let tables: [RoutingTable]
    private let interfaces: [[String]]
    private let named: [WrittenEnd.Key: [WrittenEnd]]
    private let overlays: [InterfaceName: [Prefix]]
    private let groups: [VXLANGroup: [String]]

    /// Takes in a topology's hosts; of two with one address the first in the file has it.
    public init(of topology: Topology) {
        // Nobody asks for it where there are no tunnels.
        let hosts = topology.hosts.contains { !$0.tunnels.isEmpty } ? topology.hosts : []
        var numbers: [String: Int] = [:]
        var owners: [IPAddress: Place] = [:]
        let places = hosts.map { HostPlaces(of: $0) }
        for (number, host) in hosts.enumerated() {
            numbers[host.name.value] = number
            for place in places[number].all where owners[place.address.address] == nil {
                owners[place.address.address] = place
            }
        }
        var meetings: [Pair: [(own: Int, other: Int)]] = [:]
        var named: [WrittenEnd.Key: [WrittenEnd]] = [:]
        var overlays: [InterfaceName: [Prefix]] = [:]
        var groups: [VXLANGroup: [String]] = [:]
        for host in hosts {
            for tunnel in host.tunnels {
                if let group = VXLANGroup(tunnel) { groups[group, default: []].append(host.name.value) }
                for end in tunnel.farEnds {
                    if let pair = end.host.flatMap({ Pair(host.name.value, $0, numbers) }), meetings[pair] == nil {
                        meetings[pair] = places[pair.first].meetings(with: places[pair.second])
                    }
                    guard let target = end.address.map({ owners[$0]?.host }) ?? end.host else { continue }
                    let key = WrittenEnd.Key(tunnel, host: host.name.value, target: target)
                    named[key, default: []].append(
                        WrittenEnd(
                            tunnel: tunnel.name.value, local: tunnel.local?.value, address: end.address))
                }
            }
            for tunnel in host.tunnels where !tunnel.addresses.isEmpty {
                let name = InterfaceName(host: host.name.value, interface: tunnel.name.value)
                overlays[name] = tunnel.addresses.map(\.value.prefix)
            }
            for bridge in host.bridges where !bridge.addresses.isEmpty {
                for port in bridge.ports {
                    let name = InterfaceName(host: host.name.value, interface: port.value)
                    overlays[name] = bridge.addresses.map(\.value.prefix)
                }
            }
        }
        self.named = named
        self.overlays = overlays
        self.groups = groups
        let tables = hosts.map(Underlay.table)
        self.tables = tables.map(\.table)
        interfaces = tables.map(\.interfaces)
        self.places = places
        self.meetings = meetings
        self.numbers = numbers
        self.owners = owners
    }

    /// The addresses of a host's NICs, bridges, tunnels and VLAN interfaces and of its loopback interface, in this order, each as in the file.
    public static func places(of host: Host) -> [Place] {
        let nics = host.nics.flatMap { nic in nic.addresses.map { (nic.name.value, $0.value) } }
        let bridges = host.bridges.flatMap { bridge in bridge.addresses.map { (bridge.name.value, $0.value) } }
        let tunnels = host.tunnels.flatMap { tunnel in tunnel.addresses.map { (tunnel.name.value, $0.value) } }
        let loopback = host.loopback.map { (InterfaceName.loopback, $0.value) }
        let vlans = host.vlans.flatMap { vlan in vlan.addresses.map { (vlan.name.value, $0.value) } }
        return (nics + bridges + tunnels + vlans + loopback).map {
            Place(host: host.name.value, interface: $0.0, address: $0.1)
        }
    }

    /// The same by interface.
    public static func addresses(of host: Host) -> [String: [InterfaceAddress]] {
        Dictionary(grouping: places(of: host), by: \.interface).mapValues { $0.map(\.address) }
    }

    /// The addresses of a host; nil where there is none of that name.
    func places(of host: String) -> HostPlaces? { numbers[host].map { places[$0] } }

    /// Where an address is.
    public func owner(of address: IPAddress) -> Place? { owners[address] }

    /// The ends of tunnels like this one that a host's tunnels name at another host.
    func writtenEnds(of tunnel: Tunnel, on host: String, towards target: String) -> [WrittenEnd] {
        named[WrittenEnd.Key(tunnel, host: host, target: target)] ?? []
    }

    /// The subnets of the bridge that a tunnel is a port of, or its own.
    func subnets(of port: InterfaceName) -> [Prefix] { overlays[port] ?? [] }

    /// The addresses by which two hosts can be the ends of a tunnel: on a subnet that both are on where there is one,
    /// else the first of each that are of one family.
    ///
    /// The host that is first in the file chooses, so that both ends of a tunnel come to the same two addresses.
    /// - Parameter overlay: subnets that are not the underlay's.
    func ends(from: String, to: String, outside overlay: Set<Prefix>) -> (local: Place, remote: Place)? {
        guard let pair = Pair(from, to, numbers), let meetings = meetings[pair] else { return nil }
        let (first, second) = (places[pair.first], places[pair.second])
        let met = meetings.first { !overlay.contains(first.all[$0.own].address.prefix) }
        let alike = AddressFamily.allCases.compactMap { family -> (own: Int, other: Int)? in
            guard let own = first.first(family, outside: overlay), let other = second.first(family, outside: overlay)
            else { return nil }
            return (own, other)
        }
        guard let (own, other) = met ?? alike.min(by: { $0.own < $1.own }) else { return nil }
        return pair.first == numbers[from]
            ? (local: first.all[own], remote: second.all[other]) : (local: second.all[other], remote: first.all[own])
    }

    /// Two hosts by number, the first in the file first.
    private struct Pair: Hashable {
        let first: Int
        let second: Int

        init?(_ one: String, _ other: String, _ numbers: [String: Int]) {
            guard let one = numbers[one], let other = numbers[other] else { return nil }
            (first, second) = (min(one, other), max(one, other))
        }
    }

    /// The host's own address from which it would send to `remote`: on the interface by which its route leaves.
    public func source(on host: String, towards remote: IPAddress) -> Place? {
        guard let places = places(of: host) else { return nil }
        let usual = places.first(remote.family)
        guard let leaving = leavings(host, towards: remote).first else { return usual }
        let own = places.on(leaving.interface).filter {
            $0.address.address.family == remote.family
                && $0.address.address.isIPv6LinkLocal == remote.isIPv6LinkLocal
        }
        return own.first { $0.address.prefix.contains(leaving.hop) } ?? own.first ?? usual
    }

    /// The address that a VXLAN of a multicast group must be told to send from; nil where the kernel's own choice will do,
    /// or no other is better.
    ///
    /// The kernel takes the underlay interface's first address of the group's family (`inet_select_addr`), and the others of the
    /// group send to it what they learned: it must be one that they have a route to. Here it is the one that most of them
    /// have a route to, the first of equals.
    func groupSource(of tunnel: Tunnel, on host: Host) -> IPAddress? {
        guard let group = VXLANGroup(tunnel), let members = groups[group], members.count > 1, let dev = tunnel.dev
        else { return nil }
        let own = (places(of: host.name.value)?.on(dev.value) ?? []).map(\.address.address)
            .filter { $0.family == group.address.family && !$0.isIPv6LinkLocal }
        guard own.count > 1 else { return nil }
        let reached = own.map { address in
            members.count { $0 != host.name.value && !leavings($0, towards: address).isEmpty }
        }
        guard let most = reached.max(), let best = reached.firstIndex(of: most), reached[0] < most else { return nil }
        return own[best]
    }

    /// The interfaces by which packets to `remote` leave one host after the other, by whichever way; at most 32 hosts are followed.
    public func ways(from host: String, to remote: IPAddress) -> [InterfaceName] {
        var found: [InterfaceName] = []
        var hosts = [host]
        var next = 0
        while next < hosts.count, next < 32 {
            let current = hosts[next]
            next += 1
            if owners[remote]?.host == current { continue }
            for leaving in leavings(current, towards: remote) {
                found.append(InterfaceName(host: current, interface: leaving.interface))
                guard let neighbour = owners[leaving.hop]?.host, !hosts.contains(neighbour) else { continue }
                hosts.append(neighbour)
            }
        }
        return found
    }

    /// The interfaces by which a host's packets to an address may leave, each with the neighbour that gets them there.
    private func leavings(_ host: String, towards remote: IPAddress) -> [(interface: String, hop: IPAddress)] {
        guard let number = numbers[host], let route = tables[number].route(to: remote) else { return [] }
        return route.ways.compactMap { way in
            switch way.action {
            case .onLink(let interface, _): (interfaces[number][interface.index], remote)
            case .via(let hop, let interface): (interfaces[number][interface.index], hop)
            case .multipath, .invalid, .unreachable, .blackhole: nil
            }
        }
    }

    /// A host's routing table, and the names of the interfaces in it. A link to a container is no way between hosts.
    private static func table(of host: Host) -> (interfaces: [String], table: RoutingTable) {
        let names =
            (host.nics.map(\.name) + host.bridges.map(\.name) + host.tunnels.map(\.name) + host.vlans.map(\.name))
            .map(\.value)
            + [InterfaceName.loopback]
        var numbers: [String: InterfaceID] = [:]
        for (number, name) in names.enumerated() where numbers[name] == nil { numbers[name] = InterfaceID(number) }
        let addresses = places(of: host).compactMap { place in
            numbers[place.interface].map { (address: place.address, interface: $0) }
        }
        let routes = WrittenRoutes(addresses: addresses, gateways: [], routes: host.routes)
        return (names, routes.table { numbers[$0] })
    }
}
