import TopoModel

/// The keys of a host.
enum HostKeys {
    static let forwarding = Key("forwarding", .boolean, "whether the host forwards IP packets, as a router does")
    static let runtime = Key("runtime", .choice(Runtime.self), "what makes this host's containers")
    static let docker = Key(
        "docker", .choice(DockerNetworking.self, hints: DockerNetworking.hints),
        "how this host's Docker containers get their interfaces")
    static let image = Key("image", .image, "the image of this host's containers that name none")
    static let nics = Key("nics", .named(.nic), "the interfaces that the host has before topoc does anything")
    static let interfaces = Key("interfaces", .named(.nic), "another spelling of nics")
    static let bridges = Key("bridges", .named(.bridge), "the host's bridges")
    static let tunnels = Key("tunnels", .named(.tunnel), "the host's tunnels")
    static let vlans = Key("vlans", .named(.vlan), "the host's VLAN interfaces (IEEE 802.1Q)")
    static let loopback = Key(
        "loopback", .oneOrMore(of: .singleAddress),
        "addresses of the host that are there whichever of its interfaces is: /32 or /128")
    static let gateway = Key(
        "gateway", .node(GatewayForm.form), "the host's default gateway, one for each family: an address or a name")
    static let routes = Key("routes", .mappings(of: .route), "the host's routes, beyond those to its own subnets")
    static let nat = Key(
        "nat", .mappings(of: .natRule),
        "what gets another source where the host forwards it: of these rules the first that fits applies")
    static let publish = Key(
        "publish", .mappings(of: .publishedPort), "ports of the host that stand for a container's, or another host's")
    static let ssh = Key("ssh", .node(.mapping(.sshAccess)), "how the host is reached over SSH, for Ansible")
    static let containers = Key("containers", .named(.container), "the host's containers")
    static let links = Key(
        "links",
        .list(of: .pair(of: .name(of: [.interface]), sample: "- [\"CONTAINER:INTERFACE\", \"CONTAINER:INTERFACE\"]")),
        "cables between two of its containers: pairs of CONTAINER:INTERFACE")
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        forwarding.description, runtime.description, docker.description, image.description, nics.description,
        interfaces.description, bridges.description, tunnels.description, vlans.description, loopback.description,
        gateway.description,
        routes.description, nat.description, publish.description, ssh.description, containers.description,
        links.description,
        description.description,
    ]
}

/// The keys of a host's NIC.
enum NICKeys {
    static let lan = Key("lan", .name(of: [.lan]), "the LAN that it is plugged to")
    static let address = Key("address", .interfaceAddressOrAuto, "its address")
    static let addresses = Key("addresses", .list(of: .interfaceAddress), "its addresses, where it has several")
    static let mac = Key("mac", .macAddress, "the MAC address to set")
    static let mtu = Key("mtu", .mtu, "the MTU to set, in bytes")
    static let partOf = Key("part-of", .name(of: [.network]), "the network that it belongs to, for figures and reports")
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        lan.description, address.description, addresses.description, mac.description, mtu.description,
        partOf.description, description.description,
    ]
}

/// The keys of a bridge.
enum BridgeKeys {
    static let address = Key("address", .interfaceAddressOrAuto, "the host's own address on the bridge")
    static let addresses = Key(
        "addresses", .list(of: .interfaceAddress), "the host's own addresses on the bridge, where it has several")
    static let ports = Key(
        "ports", .bridgePorts,
        "the NICs, tunnels and VLAN interfaces that are its ports, with their VLANs where it filters; containers are not listed"
    )
    static let vlanFiltering = Key(
        "vlan-filtering", .boolean, "whether it tells VLANs apart, port by port; else it passes tags as they are")
    static let vlan = Key(
        "vlan", .vlan, "the VLAN of what the host itself sends and gets on the bridge, where it filters VLANs")
    static let managedBy = Key("managed-by", .choice(Bridge.Manager.self), "who makes the bridge and may take it away")
    static let stp = Key("stp", .boolean, "whether it runs the spanning tree protocol")
    static let mac = Key("mac", .macAddress, "its MAC address")
    static let mtu = Key("mtu", .mtu, "its MTU, in bytes")
    static let partOf = Key("part-of", .name(of: [.network]), "the network that it belongs to, for figures and reports")
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        address.description, addresses.description, ports.description, vlanFiltering.description, vlan.description,
        managedBy.description, stp.description,
        mac.description, mtu.description, partOf.description, description.description,
    ]
}

extension ValueType where Value == Located<Int> {
    /// An MTU in bytes: at least what any IPv4 link must carry (RFC 791), at most what an IP length field can say.
    static var mtu: Self {
        .number(68...65_535) { $0 < 68 ? "every link must carry an IPv4 packet of 68 bytes whole (RFC 791)" : nil }
    }
}
