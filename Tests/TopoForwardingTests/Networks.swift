import TopoModel
import TopoPlan

/// Two hosts whose NICs are ports of the bridges that their containers are on.
func bridgedHosts(mtu: Int = 1500) throws -> [HostBuilder] {
    try (1...2).map { number in
        var host = HostBuilder("host\(number)", at: number * 1000)
        try host.nic(bridge: "br0")
        try host.bridge(ports: ["eth0"])
        for container in 1...2 {
            try host.bridged("c\(number)\(container)", "10.0.0.\(number)\(container)/24", mtu: mtu)
        }
        return host
    }
}

/// Two routers on a LAN, each the other's default route: a bridge with two containers, two point-to-point links.
func routedHosts() throws -> (HostBuilder, HostBuilder) {
    var host1 = HostBuilder("host1", at: 1000)
    host1.forwards()
    try host1.nic("eth0", lan: "internal", "172.16.1.1/24")
    try host1.bridge("lxdbr0", "10.1.0.1/24")
    try host1.bridged("c1", "10.1.0.11/24", gateway: "10.1.0.1", bridge: "lxdbr0")
    try host1.bridged("c2", "10.1.0.12/24", gateway: "10.1.0.1", bridge: "lxdbr0")
    try host1.route("0.0.0.0/0", via: "172.16.1.2")
    var host2 = HostBuilder("host2", at: 2000)
    host2.forwards()
    try host2.nic("eth0", lan: "internal", "172.16.1.2/24")
    try host2.pointToPoint("c3", "10.2.0.1/30", "10.2.0.2/30")
    try host2.pointToPoint("c4", "10.2.0.5/30", "10.2.0.6/30")
    try host2.route("0.0.0.0/0", via: "172.16.1.1")
    return (host1, host2)
}

/// Hosts on a LAN with an address each, a bridge of one container each, and the tunnels that `tunnel` makes.
func overlayHosts(
    _ count: Int = 2, mtu: Int = 1450, subnet: (Int) -> String = { "172.16.1.\($0)/24" },
    tunnel: (Int, inout HostBuilder) throws -> Void
) throws -> [HostBuilder] {
    try (1...count).map { number in
        var host = HostBuilder("host\(number)", at: number * 1000)
        try host.nic("eth0", lan: "internal", subnet(number))
        try tunnel(number, &host)
        try host.bridge(mtu: mtu)
        try host.bridged("c\(number)", "10.0.0.1\(number)/24", mtu: mtu)
        return host
    }
}

/// Three hosts in a row; the outer two carry their containers' segment over the middle one in a gretap.
/// - Parameter farTTL: the TTL of the second host's end, where it is not that of the first's.
func tunnelOverRouter(ttl: Int? = nil, farTTL: Int? = nil, forwards: Bool = true) throws -> [HostBuilder] {
    var hosts = try [
        (1, "172.16.1", "172.16.2", ttl), (2, "172.16.2", "172.16.1", farTTL ?? ttl),
    ].map { number, own, other, ttl in
        var host = HostBuilder("host\(number)", at: number * 1000)
        try host.nic("eth0", lan: "lan\(number)", "\(own).10/24")
        try host.gretap(from: "\(own).10", to: "\(other).10", ttl: ttl)
        try host.bridge(mtu: 1462)
        try host.bridged("c\(number)", "10.0.0.1\(number)/24", mtu: 1462)
        try host.route("0.0.0.0/0", via: "\(own).1")
        return host
    }
    var router = HostBuilder("router", at: 9000)
    router.forwards([.ipv4], forwards)
    try router.nic("eth0", lan: "lan1", "172.16.1.1/24")
    try router.nic("eth1", lan: "lan2", "172.16.2.1/24")
    hosts.append(router)
    return hosts
}
