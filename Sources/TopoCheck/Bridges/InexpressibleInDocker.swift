import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds containers that no network of Docker's own can be made for: T0409; one finding a container.
func findWhatDockerCannotExpress(in network: Network, _ findings: inout Findings) {
    var taken: Set<IPAddress>?
    for host in network.topology.hosts {
        var networks: [String: DockerExpression] = [:]
        let filtering = Set(host.bridges.filter(\.filtersVLANs).map(\.name.value))
        for container in host.containers where container.docker != .byHand {
            if let reason = InexpressibleInDocker(container, filtering) {
                findings.add(reason.diagnostic(container, host))
                continue
            }
            guard let bridge = container.firstBridge, let address = container.onlyIPv4Address else { continue }
            let gateway = network.gateways.gateway(of: container, on: host, .ipv4)
            let own = DockerExpression(container: container, subnet: address, gateway: gateway)
            if let first = networks[bridge.value] {
                if let conflict = own.conflict(with: first, on: host) { findings.add(conflict) }
                continue
            }
            networks[bridge.value] = own
            guard gateway == nil else { continue }
            let all = taken ?? network.topology.addresses
            taken = all
            if DockerNetwork(of: [container], on: host, gateways: network.gateways, taken: all) == nil {
                findings.add(own.fullSubnet(on: host))
            }
        }
    }
}

/// What a container asks of the network that it is on.
private struct DockerExpression {
    let container: Container
    let subnet: Located<InterfaceAddress>
    let gateway: IPAddress?

    /// What this one asks for that the network of the bridge's first container is not.
    func conflict(with first: DockerExpression, on host: Host) -> Diagnostic? {
        let names = (first.container.name.value, container.name.value)
        if subnet.value.prefix != first.subnet.value.prefix {
            return Diagnostic(
                .notInDocker,
                "a Docker network has one subnet, and \"\(names.0)\" and \"\(names.1)\" are in two",
                at: .init(subnet.span, "in \(subnet.value.prefix)"),
                and: [.init(first.subnet.span, "in \(first.subnet.value.prefix)")],
                help: ["give them addresses of one subnet, or \(byHand(host))"])
        }
        guard gateway != first.gateway else { return nil }
        let mine = gateway.map { "its gateway is \($0)" } ?? "it has no gateway"
        let theirs = first.gateway.map { "its gateway is \($0)" } ?? "it has no gateway"
        return Diagnostic(
            .notInDocker,
            "a Docker network has one gateway for all, but \"\(names.0)\" and \"\(names.1)\" do not have the same one",
            at: .init(container.name.span, mine), and: [.init(first.container.name.span, theirs)],
            help: ["give them the same gateway:, or \(byHand(host))"])
    }

    /// That Docker wants an address of the subnet for a gateway, and all are taken.
    func fullSubnet(on host: Host) -> Diagnostic {
        Diagnostic(
            .notInDocker, "Docker keeps an address of \(subnet.value.prefix) for a gateway, and all of them are taken",
            at: .init(subnet.span, "no address is left in its subnet"),
            help: ["take a larger subnet, or \(byHand(host))"])
    }
}

/// Why no network of Docker's can be what a container needs, with the place that shows it.
private enum InexpressibleInDocker {
    case pointToPoint(Span)
    case severalInterfaces(Span)
    case interfaceName(Located<String>)
    case noAddress(Span)
    case secondAddress(Located<InterfaceAddress>)
    case ipv6(Located<InterfaceAddress>)
    case ownMTU(Span)
    case route(Span)
    case networkName(Located<String>)
    case vlan(Span)
    case vlanInterface(Span)

    /// The first reason of a container; nil where there is none.
    /// - Parameter filtering: the host's bridges that tell VLANs apart.
    init?(_ container: Container, _ filtering: Set<String>) {
        guard let interface = container.interfaces.first else { return nil }
        guard case .bridge(let bridge) = interface.attachment else {
            self = .pointToPoint(interface.name.span)
            return
        }
        if container.interfaces.count > 1 {
            self = .severalInterfaces(container.interfaces[1].name.span)
        } else if interface.name.value != "eth0" {
            self = .interfaceName(interface.name)
        } else if let ipv6 = interface.addresses.first(where: { $0.value.address.family == .ipv6 }) {
            self = .ipv6(ipv6)
        } else if interface.addresses.isEmpty {
            self = .noAddress(interface.name.span)
        } else if interface.addresses.count > 1 {
            self = .secondAddress(interface.addresses[1])
        } else if let mtu = interface.mtu {
            self = .ownMTU(mtu.span)
        } else if let route = container.routes.first {
            self = .route(route.to.span)
        } else if let vlan = container.vlans.first {
            self = .vlanInterface(vlan.name.span)
        } else if filtering.contains(bridge.value) {
            self = .vlan(interface.vlans.span ?? bridge.span)
        } else if !isDockerNetworkName(bridge.value) {
            self = .networkName(bridge)
        } else {
            return nil
        }
    }

    /// What the container has that Docker has not.
    private var words: (what: String, place: Span, label: String, note: String) {
        switch self {
        case .pointToPoint(let place):
            (
                "a point-to-point link", place, "a link to the host only",
                "no Docker network is a plain veth pair"
            )
        case .severalInterfaces(let place):
            (
                "several interfaces", place, "the second",
                "Docker names interfaces, and takes a default route, in an order of its own"
            )
        case .interfaceName(let name):
            ("an interface \"\(name.value)\"", name.span, "has this name", "Docker calls a container's interface eth0")
        case .noAddress(let place):
            ("no address", place, "an interface without one", "Docker would give it an address of its own choice")
        case .secondAddress(let address):
            ("two addresses", address.span, "the second", "Docker gives an interface one IPv4 address")
        case .ipv6(let address):
            (
                "an IPv6 address", address.span, "\(address.value.address)",
                "of IPv6 Docker would give the bridge itself an address, which nothing keeps it from"
            )
        case .ownMTU(let place):
            ("an MTU of its own", place, "of this interface", "a Docker network has one MTU: that of its bridge")
        case .route(let place):
            (
                "a route besides its gateway", place, "a route of its own",
                "Docker gives a container its subnet and a default route"
            )
        case .vlan(let place):
            (
                "a bridge that tells VLANs apart", place, "a port of such a bridge",
                "Docker gives the ports that it makes no VLANs"
            )
        case .vlanInterface(let place):
            ("a VLAN interface", place, "on its interface", "Docker makes no interfaces with tags")
        case .networkName(let bridge):
            (
                "a bridge called \"\(bridge.value)\"", bridge.span, "the network would be called so too",
                "Docker takes letters, digits, \"_\", \".\" and \"-\", and has networks bridge, host, none and default"
            )
        }
    }

    /// The finding.
    func diagnostic(_ container: Container, _ host: Host) -> Diagnostic {
        let (what, place, label, note) = words
        return Diagnostic(
            .notInDocker,
            "container \"\(container.name.value)\" has \(what), which no Docker network can express",
            at: .init(place, label), notes: [note], help: [byHand(host)])
    }
}

private func byHand(_ host: Host) -> String { "write \"docker: by-hand\" for \(host.name.value)" }

/// Whether Docker takes a name for a network.
private func isDockerNetworkName(_ name: String) -> Bool {
    let isAlphanumeric: (UInt8) -> Bool = { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }
    guard let first = name.utf8.first, isAlphanumeric(first), name.utf8.count > 1 else { return false }
    guard !["bridge", "host", "none", "default"].contains(name) else { return false }
    return name.utf8.allSatisfy { isAlphanumeric($0) || "_.-".utf8.contains($0) }
}
