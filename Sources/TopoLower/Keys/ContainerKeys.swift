import TopoModel

/// The keys of a container. In the short form, those of its only interface stand beside its own.
enum ContainerKeys {
    static let interfaces = Key("interfaces", .named(.interface), "its interfaces, where it has several")
    static let vlans = Key("vlans", .named(.vlan), "its VLAN interfaces (IEEE 802.1Q)")
    static let gateway = Key(
        "gateway", .node(GatewayForm.form), "its default gateway, one for each family: an address, a name, or none")
    static let loopback = Key(
        "loopback", .oneOrMore(of: .singleAddress),
        "addresses of the container that are there whichever of its interfaces is: /32 or /128")
    static let routes = Key("routes", .mappings(of: .route), "its routes, beyond its subnets and its gateway")
    static let forwarding = Key("forwarding", .boolean, "whether it forwards IP packets, as a router does")
    static let image = Key("image", .image, "its image")
    static let command = Key(
        "command", .list(of: .argument), "what it runs, word by word, instead of what its image says; Docker only")
    static let runtime = Key("runtime", .choice(Runtime.self), "what makes it")
    static let persist = Key("persist", .boolean, "whether its addresses are to be there after it restarts")
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        InterfaceKeys.bridge.description, InterfaceKeys.pointToPoint.description, InterfaceKeys.network.description,
        InterfaceKeys.address.description, InterfaceKeys.addresses.description, InterfaceKeys.vlan.description,
        InterfaceKeys.tagged.description, interfaces.description, vlans.description,
        loopback.description, gateway.description, routes.description,
        forwarding.description, image.description, command.description, runtime.description, persist.description,
        InterfaceKeys.mac.description, InterfaceKeys.mtu.description, description.description,
    ]
}

/// The keys of an interface of a container.
enum InterfaceKeys {
    static let bridge = Key("bridge", .name(of: [.bridge]), "the bridge of the host that it is joined to")
    static let pointToPoint = Key(
        "p2p", .node(.either([pointToPointForm, .list(pointToPointForm), .choice(["auto"])])),
        "the subnet of a link to the host without a bridge, one for each family; auto in a routed network")
    static let network = Key("network", .name(of: [.network]), "the network that it is in, in place of a bridge")
    static let address = Key("address", .interfaceAddressAutoOrNone, "its address on the bridge or in the network")
    static let addresses = Key(
        "addresses", .list(of: .interfaceAddress), "its addresses on the bridge, where it has several")
    static let vlan = Key("vlan", .vlan, "its VLAN, where its bridge filters VLANs: its frames have no tag")
    static let tagged = Key(
        "tagged", .vlanRanges, "the VLANs that it has with a tag, where its bridge filters VLANs: a trunk")
    static let mac = Key("mac", .macAddress, "its MAC address")
    static let mtu = Key("mtu", .mtu, "its MTU, in bytes")
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        bridge.description, pointToPoint.description, network.description, address.description, addresses.description,
        vlan.description, tagged.description, mac.description, mtu.description, description.description,
    ]

    /// One link, in short or in full.
    static let pointToPointForm = ValueForm.either([.prefix, .mapping(.pointToPoint)])
}

/// The keys of a point-to-point link written in full.
enum PointToPointKeys {
    static let host = Key(
        "host", .interfaceAddress, "the address of the host's end; derived where the container's is a /32 or /128")
    static let container = Key("container", .interfaceAddress, isRequired: true, "the address of the container's end")
    static let announce = Key(
        "announce", .name(of: ElementKind.hostDevices),
        "the interface of the host on which it answers for the container's /32 or /128 (ARP, neighbour discovery)")

    static let all = [host.description, container.description, announce.description]
    static let rules: [KeyRule] = [.exclusive([host.name, announce.name])]
}
