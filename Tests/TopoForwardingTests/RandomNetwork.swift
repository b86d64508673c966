import RandomNumbers
import TopoForwarding
import TopoModel
import TopoPlan

/// Draws networks right and wrong: routers and bridges, links and tunnels, routes that lead nowhere or name one container,
/// addresses twice, several addresses, other MTUs.
struct RandomNetwork {
    let size: Int
    var generator: Dice
    private var names = 0

    init(size: Int, generator: Dice) {
        (self.size, self.generator) = (size, generator)
    }

    mutating func plan() throws -> Plan {
        let isOverlay = chance(4)
        var hosts: [HostBuilder] = []
        for number in 1...size { hosts.append(try host(number, isOverlay: isOverlay)) }
        return network(hosts, mtu: chance(5) ? 1400 : 1500, isPromiscuous: !chance(4))
    }

    private mutating func chance(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &generator) == 0 }
    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    private mutating func host(_ number: Int, isOverlay: Bool) throws -> HostBuilder {
        var host = HostBuilder("h\(number)", at: number * 100_000)
        if !chance(5) { host.forwards(chance(2) ? [.ipv4, .ipv6] : [.ipv4]) }
        let isBridged = !isOverlay && chance(4)
        if isBridged {
            try host.nic(bridge: "br0")
        } else if chance(8) {
            try host.nic("eth0", lan: "internal")
        } else {
            try host.nic("eth0", lan: "internal", "172.16.1.\(number)/24", "fd01::\(number)/64")
        }
        if isOverlay { try host.tunnel("vx0", multicast("239.1.1.1"), dev: "eth0") }
        let bridge = isOverlay || isBridged ? 0 : number
        let ports = isBridged ? ["eth0"] : []
        if chance(4) {
            try host.bridge("br0", ports: ports)
        } else if chance(2) {
            try host.bridge("br0", "10.\(bridge).0.\(100 + number)/24", ports: ports)
        } else {
            try host.bridge(
                "br0", "10.\(bridge).0.\(100 + number)/24", "fd10:\(bridge)::\(100 + number)/64", ports: ports)
        }
        for index in 1...self.number(1...5) { try bridged(index, bridge, number, &host) }
        for index in 0..<self.number(0...5) { try link(index, number, &host) }
        for _ in 0..<self.number(0...4) { try route(&host) }
        return host
    }

    private mutating func name() -> String {
        names += 1
        return "c\(names)"
    }

    private mutating func bridged(_ index: Int, _ bridge: Int, _ number: Int, _ host: inout HostBuilder) throws {
        let name = name()
        let last = chance(20) ? 1 : number * 10 + index
        host.container(name)
        var addresses = ["10.\(bridge).0.\(last)/\(chance(8) ? 16 : 24)"]
        if chance(2) { addresses.append("fd10:\(bridge)::\(last)/64") }
        if chance(15) { addresses.append("fd10:9::\(last)/64") }
        try veth(name, addresses, bridge: "br0", nil, &host)
        if chance(12) { host.forwards(in: name) }
        if !chance(4) { try host.route("0.0.0.0/0", via: "10.\(bridge).0.\(100 + number)", in: name) }
        if addresses.count > 1, !chance(4) {
            try host.route("::/0", via: "fd10:\(bridge)::\(100 + number)", in: name)
        }
        if chance(10) { try route(&host, in: name) }
    }

    private mutating func link(_ index: Int, _ number: Int, _ host: inout HostBuilder) throws {
        let name = name()
        let isIPv6 = chance(3)
        host.container(name)
        let (base, length) = (index * 4, chance(8) ? 28 : 30)
        let end = isIPv6 ? "fd20:\(number):\(index)::1" : "10.20.\(number).\(base + 1)"
        let own = isIPv6 ? "fd20:\(number):\(index)::2/64" : "10.20.\(number).\(base + 2)/\(length)"
        try veth(name, [own], bridge: nil, chance(12) ? nil : "\(end)/\(isIPv6 ? 64 : length)", &host)
        if !chance(6) { try host.route(isIPv6 ? "::/0" : "0.0.0.0/0", via: end, in: name) }
        if chance(10) { try route(&host, in: name) }
    }

    private mutating func veth(
        _ name: String, _ addresses: [String], bridge: String?, _ end: String?, _ host: inout HostBuilder
    ) throws {
        try host.veth(name, bridge: bridge, host: end, mtu: chance(8) ? 1400 : 1500)
        for address in addresses { try host.address(address, on: "eth0", in: name) }
    }

    private mutating func route(_ host: inout HostBuilder, in container: String? = nil) throws {
        let other = number(1...size)
        let destinations = [
            "0.0.0.0/0", "10.\(other).0.0/24", "10.\(other).0.\(other * 10 + 1)/32", "10.20.\(other).0/24",
            "10.20.\(other).0/28", "10.20.\(other).0/30", "10.20.\(other).4/30", "10.20.\(other).0/29",
            "fd10:\(other)::/64", "fd20:\(other)::/48", "::/0", "172.16.1.0/24",
        ]
        let destination = destinations[number(0...destinations.count - 1)]
        switch number(0...9) {
        case 0: try host.route(destination, .unreachable, in: container)
        case 1: try host.route(destination, .blackhole, in: container)
        case 2 where !destination.contains(":"):
            try host.route(destination, via: "10.20.\(other).2", in: container)
        default:
            let hop = destination.contains(":") ? "fd01::\(number(1...size))" : "172.16.1.\(number(1...size))"
            try host.route(destination, via: hop, in: container)
        }
    }
}
