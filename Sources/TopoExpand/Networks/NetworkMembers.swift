import TopoDiagnostics
import TopoLower
import TopoSyntax
import TopoText

/// Which hosts are in which network, and with which of their containers' interfaces.
struct NetworkMembers {
    /// A host in a network.
    struct Member {
        let host: String
        /// Where its first container names the network; nil where the network names the host.
        let place: Span?
        /// The interfaces of its containers on the network's bridge.
        let onBridge: [AddressLock.Interface]
        /// The interfaces of its containers that have a link of their own.
        let onLinks: [AddressLock.Interface]
    }

    /// The networks that any container names, also one that names something besides.
    private(set) var named: Set<String> = []
    private var members: [String: [Member]] = [:]

    /// Finds the hosts of each of these networks, in the order of the file.
    init(of networks: [WrittenNetwork], in tree: Node) {
        for host in tree["hosts"]?.entries ?? [] {
            var interfaces: [String: [NetworkInterface]] = [:]
            for interface in host.value.networkInterfaces(of: host.key) {
                named.insert(interface.network)
                if interface.isSound { interfaces[interface.network, default: []].append(interface) }
            }
            for network in networks {
                let own = (interfaces[network.name] ?? []).filter { !$0.isLink || network.kind == .routed }
                guard !own.isEmpty || network.names(host: host.key) else { continue }
                members[network.name, default: []].append(
                    Member(
                        host: host.key, place: own.first?.place,
                        onBridge: own.filter { !$0.isLink }.map(\.interface),
                        onLinks: own.filter(\.isLink).map(\.interface)))
            }
        }
    }

    /// The hosts of a network.
    subscript(network: WrittenNetwork) -> [Member] { members[network.name] ?? [] }
}

/// A container's interface that names a network.
private struct NetworkInterface {
    let interface: AddressLock.Interface
    let network: String
    /// Where it names the network.
    let place: Span
    /// True for one with `p2p: auto`.
    let isLink: Bool
    /// False for one that names something besides.
    let isSound: Bool
}

extension Node {
    /// The interfaces of a host's containers that name a network.
    fileprivate func networkInterfaces(of host: String) -> [NetworkInterface] {
        (self["containers"]?.entries ?? []).flatMap { container -> [NetworkInterface] in
            let node = "\(host)/\(container.key)"
            guard let interfaces = container.value["interfaces"] else {
                return [container.value.networkInterface(.init(node: node, name: "eth0"))].compactMap { $0 }
            }
            return interfaces.entries.compactMap { $0.value.networkInterface(.init(node: node, name: $0.key)) }
        }
    }

    private func networkInterface(_ interface: AddressLock.Interface) -> NetworkInterface? {
        guard let network = self["network"], let name = network.word else { return nil }
        return NetworkInterface(
            interface: interface, network: name, place: network.span, isLink: isAutomaticLink,
            isSound: isInNetworkAlone || isAutomaticLink)
    }

    /// True for an interface that names a network, and nothing besides that it is joined to.
    var isInNetworkAlone: Bool { self["network"]?.word != nil && self["bridge"] == nil && self["p2p"] == nil }

    /// True for an interface with a link of its own, whose subnet is the network's to give.
    var isAutomaticLink: Bool {
        self["network"]?.word != nil && self["bridge"] == nil && self["p2p"]?.word?.isSame(as: "auto") ?? false
    }
}
