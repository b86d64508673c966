internal import TopoText

/// What people write who know other tools (netplan, ifupdown, Compose files, containerlab, `ip`), and what it is here.
enum ForeignKey: Sendable, Hashable {
    /// A key of the same mapping.
    case key(String)
    /// Something that is said in another way: a sentence of help.
    case advice(String)
}

extension ElementKind {
    /// What a key of other tools is called here; nil for one that is not known.
    func meaning(of key: String) -> ForeignKey? {
        if key.begins(with: Self.ignoredKeys) {
            return .advice(
                "keys that begin with \"\(Self.ignoredKeys)\" are ignored at the top level of the file: move it there")
        }
        let word = key.lowercased().replacingBytes("_", with: "-")
        guard let meaning = foreignKeys.first(where: { $0.words.contains { $0.isSame(as: word) } }) else { return nil }
        return meaning.meaning
    }

    /// The words of others, with what they mean.
    var foreignKeys: [(words: [String], meaning: ForeignKey)] {
        switch self {
        case .topology: ForeignKeys.topology
        case .lan: ForeignKeys.lan
        case .network: ForeignKeys.network
        case .host: ForeignKeys.host
        case .nic: ForeignKeys.addressed + ForeignKeys.nic
        case .bridge: ForeignKeys.addressed + ForeignKeys.bridge
        case .tunnel: ForeignKeys.tunnel
        case .container: ForeignKeys.addressed + ForeignKeys.interface + ForeignKeys.container
        case .interface: ForeignKeys.addressed + ForeignKeys.interface
        case .route: ForeignKeys.route
        case .natRule: ForeignKeys.natRule
        case .publishedPort: ForeignKeys.publishedPort
        case .sshAccess: ForeignKeys.sshAccess
        case .check: ForeignKeys.check
        case .encapsulation: ForeignKeys.encapsulation
        case .vlan: ForeignKeys.addressed + ForeignKeys.vlan
        case .bridgePort: ForeignKeys.port
        case .virtualBox: [(["name", "intnet"], .key("network"))]
        case .pointToPoint: [(["node", "router"], .key("host")), (["guest", "peer"], .key("container"))]
        }
    }
}

private enum ForeignKeys {
    typealias Table = [(words: [String], meaning: ForeignKey)]

    static let oneTable = ForeignKey.advice(
        "a host has one routing table here: VRFs and policy routing can't be written")

    static let topology: Table = [
        (["name"], .key("topology")),
        (["switches", "segments", "subnets"], .key("lans")),
        (["network"], .key("networks")),
        (["nodes", "machines", "servers", "routers", "vms"], .key("hosts")),
        (["tests", "assertions", "validate"], .key("checks")),
        (["kind", "driver", "backend"], .key("runtime")),
        (
            ["containers", "services"],
            .advice("containers are a host's: write them below \"hosts: HOST: containers:\"")
        ),
        (["bridges"], .advice("bridges are a host's: write them below \"hosts: HOST: bridges:\"")),
        (["tunnels"], .advice("tunnels are a host's: write them below \"hosts: HOST: tunnels:\"")),
        (
            ["defaults", "default", "common", "vars", "variables", "templates", "anchors"],
            .advice(
                "to share values, use YAML's anchors: write \"x-NAME: &NAME\" with the values, and \"<<: *NAME\" where you need them"
            )
        ),
        (["version"], .advice("the language has no version: leave it out")),
    ]

    static let lan: Table = [
        (["network", "cidr", "prefix", "ip", "address", "subnets", "range"], .key("subnet")),
        (["promisc"], .key("promiscuous")),
        (["gw", "router", "default-gateway"], .key("gateway")),
        (
            ["vlan", "vlans", "tagged"],
            .advice("a LAN carries tags as they are: write the VLANs at the ports of bridges, or at VLAN interfaces")
        ),
    ]

    static let network: Table = [
        (["type", "mode", "driver"], .key("kind")),
        (["cidr", "prefix", "range", "subnets", "address"], .key("subnet")),
        (["lan", "underlay", "via"], .key("over")),
        (["id", "vxlan-id"], .key("vni")),
        (["multicast", "mcast"], .key("group")),
        (
            ["containers", "members"],
            .advice("a container names its network: write \"network: NAME\" at the container")
        ),
        (["gw", "router"], .key("gateway")),
        (["slices", "prefix-length"], .key("slice")),
    ]

    static let sshAccess: Table = [
        (["hostname", "address", "ip", "ansible-host", "name"], .key("host")),
        (["username", "login", "remote-user", "ansible-user"], .key("user")),
        (["ansible-port"], .key("port")),
        (
            ["key", "identity", "identity-file", "password", "jump", "proxy-jump", "options"],
            .advice("what else SSH needs is in ~/.ssh/config, or in a file of Ansible's beside your own inventory")
        ),
    ]

    static let host: Table = [
        (["ethernets", "ifaces", "network-interfaces", "devices"], .key("nics")),
        (["ip-forward", "ip-forwarding", "forward", "router", "routing", "ipforward"], .key("forwarding")),
        (["static-routes", "routing-table"], .key("routes")),
        (["vxlans", "vxlan", "gre", "gretap", "overlays"], .key("tunnels")),
        (["instances", "vms", "guests", "namespaces", "services"], .key("containers")),
        (["driver", "kind"], .key("runtime")),
        (
            ["address", "addresses", "ip", "ips", "ip-address", "mac", "mtu"],
            .advice("write it at an interface, one of the host's \"nics\" or \"bridges\"")
        ),
        (["gateway4", "gateway6", "gw", "default-gateway"], .key("gateway")),
        (["lo", "loopbacks", "router-id"], .key("loopback")),
        (["ansible-host", "management", "mgmt", "login"], .advice("write \"ssh: {host: ADDRESS, user: NAME}\"")),
        (["lan", "lans", "network", "networks"], .advice("a NIC names its LAN: \"nics: {eth0: {lan: NAME}}\"")),
        (["masquerade", "snat", "ip-masq"], .key("nat")),
        (["dnat", "port-forwards", "forwards", "ports", "published"], .key("publish")),
        (["veths", "p2p"], .advice("a link to one container is written there: \"p2p: 10.2.0.0/30\"")),
        (["dhcp", "dhcp4", "dhcp6"], .advice("topoc sets fixed addresses: write \"address\" at the NIC")),
        (["dns", "nameservers", "nameserver"], .advice("topoc sets up no DNS: leave it out")),
        (
            ["bonds", "bond", "teams"],
            .advice("topoc makes no bonds; one that the host has already is a NIC: \"nics: {bond0: {lan: NAME}}\"")
        ),
        (["vrfs", "vrf", "routing-policy", "rules", "tables"], oneTable),
        (
            ["firewall", "iptables", "nftables", "acl", "acls"],
            .advice("topoc writes no firewall rules: it has \"nat\" and \"publish\" alone")
        ),
        (
            ["sysctl", "sysctls", "rp-filter"],
            .advice("of the kernel's parameters topoc sets forwarding alone: write \"forwarding: true\"")
        ),
        (
            ["exec", "startup", "commands", "run"],
            .advice("topoc runs no commands on hosts; in the lab, \"topoc lab exec FILE -- HOST COMMAND\" does")
        ),
    ]

    /// Of all that has addresses.
    static let addressed: Table = [
        (
            ["ip", "ipv4", "ip4", "inet", "inet4", "addr", "ipaddr", "ip-address", "ipv4-address", "cidr"],
            .key("address")
        ),
        (["ipv6", "ip6", "inet6", "ipv6-address"], .key("address")),
        (["ips", "addrs", "ip-addresses"], .key("addresses")),
        (["hwaddr", "hwaddress", "macaddr", "macaddress", "mac-address", "ether", "lladdr"], .key("mac")),
        (
            ["netmask", "mask", "prefix", "prefix-length", "prefixlen", "subnet"],
            .advice("the prefix length is part of the address, as in \"address: 10.1.0.1/24\"")
        ),
        (["dhcp", "dhcp4", "dhcp6"], .advice("topoc sets fixed addresses: write \"address\"")),
        (["dns", "nameservers", "nameserver"], .advice("topoc sets up no DNS: leave it out")),
    ]

    static let nic: Table = [
        (["network", "switch", "link", "segment", "connected-to"], .key("lan")),
        (["bridge", "master"], .advice("a bridge lists its ports: write \"ports: [NIC]\" at the bridge")),
        (
            ["gateway", "gateway4", "gateway6", "gw", "routes"],
            .advice("write it at the host: \"gateway: ADDRESS\", or \"routes: [{to: PREFIX, via: ADDRESS}]\"")
        ),
        (
            ["vlan", "vid", "tagged", "vlans", "trunk"],
            .advice(
                "a tag on the NIC is a VLAN interface's: write \"vlans: {eth0.10: {link: eth0}}\" at the host; a bridge's port has its VLANs there: \"ports: {eth0: {tagged: [10, 20]}}\""
            )
        ),
    ]

    static let bridge: Table = [
        (["bridge-ports", "interfaces", "members", "nics", "slaves", "interface", "port", "dev"], .key("ports")),
        (["spanning-tree", "bridge-stp"], .key("stp")),
        (["type", "driver", "external", "managed", "manager"], .key("managed-by")),
        (["vid", "pvid", "vlan-id"], .key("vlan")),
        (["vlan-aware", "filtering", "bridge-vlan-aware"], .key("vlan-filtering")),
        (
            ["tagged", "vids", "trunk", "vlans"],
            .advice(
                "a port has its VLANs: write \"ports: {eth0: {tagged: [10, 20]}}\"; the host has its own by \"vlans\"")
        ),
        (["containers"], .advice("a container names its bridge: write \"bridge: NAME\" at the container")),
        (
            ["gateway", "gw"],
            .advice("the bridge's own \"address\" is its containers' gateway where the host forwards")
        ),
        (
            ["lan", "network"],
            .advice("a bridge connects to a LAN through a NIC: \"ports: [eth0]\", and \"eth0: {lan: NAME}\"")
        ),
    ]

    static let vlan: Table = [
        (["vid", "vlan", "vlan-id", "tag"], .key("id")),
        (["parent", "dev", "interface", "raw-device", "vlan-raw-device", "nic"], .key("link")),
        (["gateway", "gw", "routes"], .advice("write it at the host or container: \"gateway: ADDRESS\"")),
        (["bridge", "master"], .advice("a bridge lists its ports: write \"ports: [eth0.10]\" at the bridge")),
    ]

    static let port: Table = [
        (["vid", "pvid", "untagged", "access", "native", "vlan-id"], .key("vlan")),
        (["vlans", "vids", "trunk", "vlan.tagged", "allowed"], .key("tagged")),
    ]

    /// Of a container's interface.
    static let interface: Table = [
        (["nic", "parent", "master", "br"], .key("bridge")),
        (["networks", "net"], .key("network")),
        (["link", "veth", "point-to-point", "ptp"], .key("p2p")),
        (["vid", "pvid", "access", "vlan-id"], .key("vlan")),
        (["vlan.tagged", "trunk", "vids"], .key("tagged")),
        (["lan"], .advice("a container is in a LAN by a bridge with a NIC for a port: write \"bridge: NAME\"")),
    ]

    static let container: Table = [
        (["gw", "gateway4", "gateway6", "default-gateway", "via"], .key("gateway")),
        (["ip-forward", "forward", "router"], .key("forwarding")),
        (["nics", "devices", "ethernets"], .key("interfaces")),
        (["static-routes"], .key("routes")),
        (["cmd", "entrypoint", "exec"], .key("command")),
        (["template", "os", "distribution"], .key("image")),
        (["driver", "kind", "type"], .key("runtime")),
    ]

    static let tunnel: Table = [
        (["id", "vxlan-id", "vxlanid", "network-identifier", "vnid"], .key("vni")),
        (["mode", "kind"], .key("type")),
        (["src", "source", "local-ip", "local-address"], .key("local")),
        (["dst", "destination", "peer", "endpoint", "remote-ip", "remote-address", "to"], .key("remote")),
        (["peers", "endpoints"], .key("remotes")),
        (["multicast", "mcast", "multicast-group"], .key("group")),
        (["dstport", "dst-port", "udp-port", "destination-port"], .key("port")),
        (["interface", "device", "parent", "underlay"], .key("dev")),
        (["ip"], .key("address")),
        (["bridge", "master"], .advice("a bridge lists its ports: write \"ports: [TUNNEL]\" at the bridge")),
    ]

    static let route: Table = [
        (["destination", "dst", "dest", "network", "target", "prefix", "subnet"], .key("to")),
        (["gateway", "gw", "next-hop", "nexthop", "router"], .key("via")),
        (["interface", "device", "oif", "iface"], .key("dev")),
        (["on-link", "gateway-on-link"], .key("onlink")),
        (["cost", "distance", "preference", "priority"], .key("metric")),
        (["table", "vrf", "from"], oneTable),
        (
            ["mtu", "advertised-mss", "advmss"],
            .advice("a route has no MTU: write \"mtu\" at the interface or the LAN")
        ),
    ]

    static let natRule: Table = [
        (["oif", "interface", "dev", "oifname", "out-interface", "outside"], .key("out")),
        (["source", "src", "saddr", "subnet", "inside"], .key("from")),
        (["to", "snat", "to-source", "address", "via"], .key("as")),
        (["exclude", "not", "unless", "destination"], .key("except")),
        (
            ["masquerade", "type"],
            .advice("a rule without \"as\" masquerades: leave it out")
        ),
    ]

    static let publishedPort: Table = [
        (["iif", "interface", "dev", "on", "in-interface", "nic"], .key("in")),
        (["target", "container", "host", "dnat", "address", "connect"], .key("to")),
        (["to-port", "target-port", "container-port"], .key("port")),
        (
            ["protocol", "proto", "host-port", "listen"],
            .advice("write the host's port as \"tcp: 8080\" or \"udp: 53\"")
        ),
    ]

    static let check: Table = [
        (["traceroute", "path"], .key("trace")),
        (["noping", "not-ping", "unreachable", "blocked"], .key("no-ping")),
        (["reach", "reaches", "connect", "reachable"], .key("ping")),
        (["via", "routers"], .key("hops")),
        (["inside", "tunnel", "tunnelled"], .key("encapsulated")),
        (["udp"], .advice("topoc tries TCP alone: write \"tcp\" and \"port\", or \"ping\"")),
    ]

    static let encapsulation: Table = [
        (["src", "source"], .key("from")),
        (["dst", "destination"], .key("to")),
        (["lan", "network", "at"], .key("on")),
        (["type", "in", "tunnel", "kind"], .key("as")),
    ]
}
