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

    /// Takes in a topology's hosts; of two with one address the first in the file has it.
    public init(of topology: Topology) {
        var hosts: [String: Host] = [:]
        var numbers: [String: Int] = [:]
        var owners: [IPAddress: Place] = [:]
        for host in topology.hosts {
            hosts[host.name.value] = host
            numbers[host.name.value] = numbers.count
            for place in Underlay.places(of: host) where owners[place.address.address] == nil {
                owners[place.address.address] = place
            }
        }
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

    /// The addresses by which two hosts can be the ends of a tunnel: on a subnet that both are on where there is one,
    /// else the first of each that are of one family.
    ///
    /// The host that is first in the file chooses, so that both ends of a tunnel come to the same two addresses.
    public func ends(from: String, to: String) -> (local: Place, remote: Place)? {
        guard let near = hosts[from].map(Underlay.places), let far = hosts[to].map(Underlay.places) else { return nil }
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
        if let direct = places.first(where: { $0.address.prefix.contains(remote) }) { return direct }
        if let hop = nextHop(on: known, towards: remote),
            let place = places.first(where: { $0.address.prefix.contains(hop) })
        {
            return place
        }
        return places.first
    }

    /// The interfaces by which packets to `remote` leave one host after the other; at most 32 hosts are followed.
    public func way(from host: String, to remote: IPAddress) -> [Place] {
        var way: [Place] = []
        var current = hosts[host]
        for _ in 0..<32 {
            guard let at = current else { return way }
            let places = Underlay.places(of: at).filter { $0.address.address.family == remote.family }
            if places.contains(where: { $0.address.address == remote }) { return way }
            if let direct = places.first(where: { $0.address.prefix.contains(remote) }) { return way + [direct] }
            guard let hop = nextHop(on: at, towards: remote),
                let leaving = places.first(where: { $0.address.prefix.contains(hop) })
            else { return way }
            way.append(leaving)
            current = owners[hop].flatMap { hosts[$0.host] }
        }
        return way
    }

    /// The next hop of the longest matching route of a host.
    private func nextHop(on host: Host, towards address: IPAddress) -> IPAddress? {
        var best: (length: Int, hop: IPAddress)?
        for route in host.routes where route.to.value.contains(address) {
            guard case .via(let hop) = route.action, route.to.value.length > best?.length ?? -1 else { continue }
            best = (route.to.value.length, hop.address)
        }
        return best?.hop
    }
}
