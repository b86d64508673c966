/// The keys of a LAN.
enum LANKeys {
    static let subnet = Key("subnet", .oneOrMore(of: .prefix), "the subnets that addresses on the LAN come from")
    static let gateway = Key(
        "gateway", .oneOrMore(of: .address),
        "the address of the router to all that is not in the topology, at most one of each family")
    static let mtu = Key("mtu", .mtu, "the largest IP packet that the LAN carries, in bytes")
    static let promiscuous = Key(
        "promiscuous", .boolean, "whether frames for MAC addresses other than its NICs' own pass")
    static let virtualBox = Key("virtualbox", .node(.mapping(.virtualBox)), "the VirtualBox network that the LAN is")
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        subnet.description, gateway.description, mtu.description, promiscuous.description, virtualBox.description,
        description.description,
    ]
}

/// The keys of a LAN's `virtualbox:`.
enum VirtualBoxKeys {
    static let network = Key(
        "network", .networkName, isRequired: true, "the name of the internal network in VirtualBox")

    static let all = [network.description]
}
