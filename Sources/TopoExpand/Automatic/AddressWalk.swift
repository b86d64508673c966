import TopoDiagnostics
import TopoLower
import TopoSyntax
import TopoText

/// Goes over the interfaces of a plain tree in the order of the file, and changes each `address: auto`.
struct AddressWalk {
    /// The networks whose containers have an address unless they say that they have none.
    private let networks: [String: WrittenNetwork]
    /// The same, by the names of their bridges.
    private let bridgesOfNetworks: [String: WrittenNetwork]
    /// What becomes of each, in their order; those beyond stay.
    let changes: [AddressChange]
    /// Those met so far.
    private(set) var sites: [AddressSite] = []

    /// Makes a walk that changes nothing, or these.
    init(_ networks: [WrittenNetwork], changes: [AddressChange] = []) {
        self.networks = Dictionary(networks.map { ($0.name, $0) }) { first, _ in first }
        bridgesOfNetworks = Dictionary(networks.map { ($0.bridge, $0) }) { first, _ in first }
        self.changes = changes
    }

    /// The tree with the changes.
    mutating func changed(_ root: Node) -> Node {
        root.changing("hosts") { hosts in hosts.changingEach { host, value in self.host(value, named: host) } }
    }

    private mutating func host(_ host: Node, named name: String) -> Node {
        let lans = host.lansOfNICs
        var bridges: [String: HostBridge] = [:]
        for bridge in host["bridges"]?.entries ?? [] { bridges[bridge.key] = HostBridge(bridge, lans: lans) }
        return host.changingEach { key, value in
            switch key {
            case "nics", "interfaces":
                value.changingEach { nic, node in
                    self.address(of: node, .init(node: name, name: nic), .nic(lan: node["lan"]?.word))
                }
            case "bridges":
                value.changingEach { bridge, node in
                    let network = bridgesOfNetworks[bridge]
                    return self.address(
                        of: node, .init(node: name, name: bridge),
                        network.map { .network($0.part(on: name), isContainer: false) }
                            ?? .bridge(lans: bridges[bridge]?.lans ?? []))
                }
            case "containers":
                value.changingEach { container, node in
                    self.container(node, named: "\(name)/\(container)", on: name, bridges)
                }
            default: value
            }
        }
    }

    private mutating func container(
        _ container: Node, named name: String, on host: String, _ bridges: [String: HostBridge]
    ) -> Node {
        guard container["interfaces"] == nil else {
            return container.changing("interfaces") { interfaces in
                interfaces.changingEach { self.interface($1, .init(node: name, name: $0), on: host, bridges) }
            }
        }
        return interface(container, .init(node: name, name: "eth0"), on: host, bridges)
    }

    private mutating func interface(
        _ node: Node, _ interface: AddressLock.Interface, on host: String, _ bridges: [String: HostBridge]
    ) -> Node {
        if node.isInNetworkAlone, let network = networks[node.networkName] {
            return address(
                of: node.withAddressOfNetwork, interface, .network(network.part(on: host), isContainer: true))
        }
        if node.isAutomaticLink, let network = networks[node.networkName], network.kind == .routed,
            let link = node["p2p"]
        {
            sites.append(AddressSite(interface: interface, subject: .link(network.links(on: host)), span: link.span))
            return node.changingAddress(sites.count <= changes.count ? changes[sites.count - 1] : .keep)
        }
        guard node.hasAutomaticAddress, node["p2p"] == nil else { return node }
        // The bridge that a network will be.
        if let network = node["bridge"]?.word.flatMap({ bridgesOfNetworks[$0] }) {
            return address(of: node, interface, .network(network.part(on: host), isContainer: true))
        }
        // A bridge that is not there is an unknown name, and that there is none a missing key.
        guard let bridge = node["bridge"]?.word.flatMap({ bridges[$0] }) else { return node.changingAddress(.drop) }
        return address(of: node, interface, .container(bridge: bridge))
    }

    private mutating func address(
        of node: Node, _ interface: AddressLock.Interface, _ subject: AddressSite.Subject
    ) -> Node {
        guard node.hasAutomaticAddress, let span = node["address"]?.span else { return node }
        sites.append(AddressSite(interface: interface, subject: subject, span: span))
        return node.changingAddress(sites.count <= changes.count ? changes[sites.count - 1] : .keep)
    }
}

extension WrittenNetwork {
    fileprivate func part(on host: String) -> NetworkPart {
        NetworkPart(network: name, subnets: subnets(on: host), isApart: kind == .gretap || kind == .vxlan)
    }

    fileprivate func links(on host: String) -> NetworkPart {
        NetworkPart(network: name, subnets: slices[host]?.links ?? [], isApart: false)
    }
}

extension HostBridge {
    fileprivate init(_ entry: Node.Entry, lans: [String: String]) {
        name = entry.key
        addresses = entry.value.writtenAddresses
        self.lans = entry.value["ports"]?.items.compactMap { $0.word.flatMap { lans[$0] } } ?? []
    }
}

extension Node {
    /// The entries of a mapping.
    var entries: [Entry] { if case .mapping(let entries) = content { entries } else { [] } }

    /// The values of a list.
    var items: [Node] { if case .sequence(let items) = content { items } else { [] } }

    /// The value of a mapping's key.
    subscript(key: String) -> Node? { entries.first { $0.key.isSame(as: key) }?.value }

    /// The texts of `address` and `addresses`, but for `auto`.
    var writtenAddresses: [String] {
        ([self["address"]].compactMap { $0 } + (self["addresses"]?.items ?? [])).compactMap(\.word)
            .filter { !$0.isSame(as: "auto") }
    }

    /// The LANs of a host's NICs, by the NICs' names.
    fileprivate var lansOfNICs: [String: String] {
        var lans: [String: String] = [:]
        for nic in (self["nics"]?.entries ?? []) + (self["interfaces"]?.entries ?? []) {
            lans[nic.key] = nic.value["lan"]?.word
        }
        return lans
    }

    /// The network that an interface names.
    fileprivate var networkName: String { self["network"]?.word ?? "" }

    /// An interface in a network: `address: auto` where it says nothing, and no address where it says `none`.
    fileprivate var withAddressOfNetwork: Node {
        guard let address = self["address"] else {
            guard self["addresses"] == nil, let network = entries.first(where: { $0.key == "network" }) else {
                return self
            }
            let automatic = Node.made("auto", at: network.value.span)
            return Node(
                .mapping(entries + [Entry(key: "address", keySpan: network.keySpan, value: automatic)]), at: span)
        }
        guard address.word?.isSame(as: "none") ?? false else { return self }
        return Node(.mapping(entries.filter { $0.key != "address" }), at: span)
    }

    fileprivate var hasAutomaticAddress: Bool { self["address"]?.word?.isSame(as: "auto") ?? false }

    /// The mapping of an interface with the subnets of its link in the place of its network.
    private func withLink(_ subnets: [String]) -> Node {
        let changed = entries.filter { $0.key != "network" }.map { entry in
            guard entry.key == "p2p" else { return entry }
            let texts = subnets.map { Node.made($0, at: entry.value.span) }
            let value = texts.count == 1 ? texts[0] : Node(.sequence(texts), at: entry.value.span)
            return Entry(key: entry.key, keySpan: entry.keySpan, value: value)
        }
        return Node(.mapping(changed), at: span)
    }

    /// The mapping of an interface with another address; those beyond the first are among its `addresses`.
    fileprivate func changingAddress(_ change: AddressChange) -> Node {
        let written: [String]
        switch change {
        case .keep: return self
        case .drop: written = []
        case .write(let addresses): written = addresses
        case .link(let subnets): return withLink(subnets)
        }
        var changed: [Entry] = []
        let others = written.dropFirst()
        let hasList = self["addresses"] != nil
        for entry in entries {
            if entry.key == "address" {
                let texts = written.map { Node.made($0, at: entry.value.span) }
                guard let first = texts.first else { continue }
                changed.append(Entry(key: entry.key, keySpan: entry.keySpan, value: first))
                guard !hasList, texts.count > 1 else { continue }
                let list = Node(.sequence(Array(texts.dropFirst())), at: entry.value.span)
                changed.append(Entry(key: "addresses", keySpan: entry.keySpan, value: list))
            } else if entry.key == "addresses", case .sequence(let items) = entry.value.content {
                let more = others.map { Node.made($0, at: entry.value.span) }
                changed.append(
                    Entry(
                        key: entry.key, keySpan: entry.keySpan,
                        value: Node(.sequence(items + more), at: entry.value.span)))
            } else {
                changed.append(entry)
            }
        }
        return Node(.mapping(changed), at: span)
    }
}
