/// Topologies of the usual shapes, of any size.
enum SampleNetworks {
    private static func file(_ name: String, lans: String = "lan: {subnet: 172.16.0.0/16}", hosts: [String]) -> String {
        "topology: \(name)\nruntime: netns\nlans: {\(lans)}\nhosts:\n\(hosts.joined())"
    }

    private static func containers(_ count: Int, _ value: (Int) -> String, of host: Int) -> String {
        "    containers:\n" + (1...count).map { "      c\(host)x\($0): {\(value($0))}\n" }.joined()
    }

    private static func routes(_ hosts: Int, of host: Int, _ line: (Int) -> String) -> String {
        guard hosts > 1 else { return "" }
        return "    routes:\n" + (1...hosts).filter { $0 != host }.map { "      - {\(line($0))}\n" }.joined()
    }

    /// Hosts on one LAN that route between the bridges of their containers.
    static func star(_ hosts: Int, _ containers: Int) -> String {
        file(
            "star",
            hosts: (1...hosts).map { host in
                "  host\(host):\n    forwarding: true\n    nics: {eth0: {lan: lan, address: 172.16.0.\(host)/16}}\n"
                    + "    bridges: {br0: {address: 10.\(host).0.1/24}}\n"
                    + routes(hosts, of: host) { "to: 10.\($0).0.0/24, via: host\($0)" }
                    + Self.containers(containers, { "bridge: br0, address: 10.\(host).0.\($0 + 10)/24" }, of: host)
            })
    }

    /// Hosts on one LAN with point-to-point links to their containers.
    static func links(_ hosts: Int, _ containers: Int) -> String {
        file(
            "links",
            hosts: (1...hosts).map { host in
                "  host\(host):\n    forwarding: true\n    nics: {eth0: {lan: lan, address: 172.16.0.\(host)/16}}\n"
                    + routes(hosts, of: host) { "to: 10.\($0).0.0/16, via: host\($0)" }
                    + Self.containers(containers, { "p2p: 10.\(host).0.\($0 * 4)/30" }, of: host)
            })
    }

    /// Hosts on one LAN whose containers are on one VXLAN.
    static func vxlan(_ hosts: Int, _ containers: Int) -> String {
        file(
            "vxlan",
            hosts: (1...hosts).map { host in
                "  host\(host):\n    nics: {eth0: {lan: lan, address: 172.16.0.\(host)/16}}\n"
                    + "    tunnels: {vx0: {type: vxlan, vni: 42, group: 239.1.1.42, dev: eth0}}\n"
                    + "    bridges: {br0: {ports: [vx0]}}\n"
                    + Self.containers(containers, { "bridge: br0, address: 10.0.\(host).\($0 + 10)/16" }, of: host)
            })
    }

    /// Routers in a row, a LAN between each two.
    static func chain(_ hosts: Int, _ containers: Int) -> String {
        file(
            "chain", lans: (1..<hosts).map { "lan\($0): {subnet: 172.16.\($0).0/24}" }.joined(separator: ", "),
            hosts: (1...hosts).map { host in
                let nics = [host - 1, host].filter { $0 > 0 && $0 < hosts }.map {
                    "to\($0): {lan: lan\($0), address: 172.16.\($0).\(host)/24}"
                }
                return "  host\(host):\n    forwarding: true\n    nics: {\(nics.joined(separator: ", "))}\n"
                    + "    bridges: {br0: {address: 10.\(host).0.1/24}}\n"
                    + routes(hosts, of: host) { other in
                        let next = other > host ? host + 1 : host - 1
                        return "to: 10.\(other).0.0/24, via: 172.16.\(min(host, next)).\(next)"
                    }
                    + Self.containers(containers, { "bridge: br0, address: 10.\(host).0.\($0 + 10)/24" }, of: host)
            })
    }

    /// One of each shape, from one host to twenty. By hand, after a change of the layout: also 4, 8, 15 and 40 hosts.
    static let all: [(name: String, text: String)] =
        [1, 2, 3, 6, 10, 20].flatMap { hosts in
            [1, 3, 10].flatMap { containers in
                [
                    ("star of \(hosts)×\(containers)", star(hosts, containers)),
                    ("links of \(hosts)×\(containers)", links(hosts, containers)),
                ]
                    + (hosts > 1
                        ? [
                            // Neither has one end alone.
                            ("VXLAN of \(hosts)×\(containers)", vxlan(hosts, containers)),
                            ("chain of \(hosts)×\(containers)", chain(hosts, containers)),
                        ] : [])
            }
        }
}
