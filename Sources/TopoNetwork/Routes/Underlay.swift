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

    private let hosts: [String: Host]
    private let numbers: [String: Int]
    private let owners: [IPAddress: Place]
    /// The hosts' tables, by `numbers`.
    private let tables: [RoutingTable]
    private let interfaces: [[String]]
    private let named: [WrittenEnd.Key: [WrittenEnd]]
    private let overlays: [InterfaceName: [Prefix]]

    /// Takes in a topology's hosts; of two with one address the first in the file has it.
    public init(of topology: Topology) {
        var hosts: [String: Host] = [:]
        var numbers: [String: Int] = [:]
        var owners: [IPAddress: Place] = [:]
        for (number, host) in topology.hosts.enumerated() {
            hosts[host.name.value] = host
            numbers[host.name.value] = number
            for place in Underlay.places(of: host) where owners[place.address.address] == nil {
                owners[place.address.address] = place
            }
        }
        var named: [WrittenEnd.Key: [WrittenEnd]] = [:]
        var overlays: [InterfaceName: [Prefix]] = [:]
        for host in topology.hosts {
            for tunnel in host.tunnels {
                for end in tunnel.farEnds {
                    guard let target = end.address.map({ owners[$0]?.host }) ?? end.host else { continue }
                    let key = WrittenEnd.Key(tunnel, host: host.name.value, target: target)
                    named[key, default: []].append(
                        WrittenEnd(
                            tunnel: tunnel.name.value, local: tunnel.local?.value, address: end.address))
                }
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
        let tables = topology.hosts.map(Underlay.table)
        self.tables = tables.map(\.table)
        interfaces = tables.map(\.interfaces)
        self.hosts = hosts
        self.numbers = numbers
        self.owners = owners
    }

    /// The addresses of a host's NICs and bridges, NICs first, in the order of the file.
    public static func places(of host: Host) -> [Place] {
        let nics = host.nics.flatMap { nic in nic.addresses.map { (nic.name.value, $0.value) } }
        let bridges = host.bridges.flatMap { bridge in bridge.addresses.map { (bridge.name.value, $0.value) } }
        return (nics + bridges).map { Place(host: host.name.value, interface: $0.0, address: $0.1) }
    }

    /// Where an address is.
    public func owner(of address: IPAddress) -> Place? { owners[address] }

    /// The ends of tunnels like this one that a host's tunnels name at another host.
    func writtenEnds(of tunnel: Tunnel, on host: String, towards target: String) -> [WrittenEnd] {
        named[WrittenEnd.Key(tunnel, host: host, target: target)] ?? []
    }

    /// The subnets of the bridge that an interface is a port of.
    func subnets(of port: InterfaceName) -> [Prefix] { overlays[port] ?? [] }

    /// The addresses by which two hosts can be the ends of a tunnel: on a subnet that both are on where there is one,
    /// else the first of each that are of one family.
    ///
    /// The host that is first in the file chooses, so that both ends of a tunnel come to the same two addresses.
    /// - Parameter overlay: subnets that are not the underlay's.
    func ends(from: String, to: String, outside overlay: Set<Prefix>) -> (local: Place, remote: Place)? {
        func places(_ name: String) -> [Place]? {
            hosts[name].map { Underlay.places(of: $0).filter { !overlay.contains($0.address.prefix) } }
        }
        guard let near = places(from), let far = places(to) else { return nil }
        if numbers[from, default: 0] <= numbers[to, default: 0] {
            return Underlay.pair(near, far).map { (local: $0, remote: $1) }
        }
        return Underlay.pair(far, near).map { (local: $1, remote: $0) }
    }

    private static func pair(_ first: [Place], _ second: [Place]) -> (Place, Place)? {
        for one in first {
            for other in second where one.address.prefix == other.address.prefix { return (one, other) }
        }
        for one in first {
            for other in second where one.address.address.family == other.address.address.family {
                return (one, other)
            }
        }
        return nil
    }

    /// The host's own address from which it would send to `remote`: on the interface by which its route leaves.
    public func source(on host: String, towards remote: IPAddress) -> Place? {
        guard let known = hosts[host] else { return nil }
        let places = Underlay.places(of: known).filter { $0.address.address.family == remote.family }
        guard let leaving = leaving(host, towards: remote) else { return places.first }
        let own = places.filter { $0.interface == leaving.interface }
        return own.first { $0.address.prefix.contains(leaving.hop) } ?? own.first ?? places.first
    }

    /// The interfaces by which packets to `remote` leave one host after the other; at most 32 hosts are followed.
    public func way(from host: String, to remote: IPAddress) -> [InterfaceName] {
        var way: [InterfaceName] = []
        var current = host
        for _ in 0..<32 {
            if owners[remote]?.host == current { return way }
            guard let leaving = leaving(current, towards: remote) else { return way }
            way.append(InterfaceName(host: current, interface: leaving.interface))
            guard let next = owners[leaving.hop]?.host else { return way }
            current = next
        }
        return way
    }

    /// The interface by which a host's packets to an address leave, and the neighbour that gets them.
    private func leaving(_ host: String, towards remote: IPAddress) -> (interface: String, hop: IPAddress)? {
        guard let number = numbers[host], let route = tables[number].route(to: remote) else { return nil }
        switch route.action {
        case .onLink(let interface, _): return (interfaces[number][interface.index], remote)
        case .via(let hop, let interface): return (interfaces[number][interface.index], hop)
        case .invalid, .unreachable, .blackhole: return nil
        }
    }

    /// A host's routing table, and the names of the interfaces in it. A link to a container is no way between hosts.
    private static func table(of host: Host) -> (interfaces: [String], table: RoutingTable) {
        let names = (host.nics.map(\.name) + host.bridges.map(\.name) + host.tunnels.map(\.name)).map(\.value)
        var numbers: [String: InterfaceID] = [:]
        for (number, name) in names.enumerated() where numbers[name] == nil { numbers[name] = InterfaceID(number) }
        let addresses = places(of: host).compactMap { place in
            numbers[place.interface].map { (address: place.address, interface: $0) }
        }
        let table = RoutingTable(addresses: addresses, gateways: [], routes: host.routes) { numbers[$0] }
        return (names, table)
    }
}
