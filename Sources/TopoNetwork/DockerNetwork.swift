public import TopoModel

/// The network of Docker's own that some containers of a host need to be on a bridge: a network has one subnet and one
/// gateway for all its containers.
public struct DockerNetwork: Sendable, Hashable {
    /// The subnet of its containers' addresses.
    public let subnet: Prefix
    /// Their default gateway; nil where they have none.
    public let gateway: IPAddress?
    /// The address that Docker keeps for a gateway, and gives to no container: the gateway, or one that nobody in the
    /// topology has.
    public let reserved: IPAddress

    /// Works out the network of these containers, in time linear in the number of addresses.
    /// - Parameters:
    ///   - containers: what is on the bridge by a network of Docker's; the first one's subnet and gateway are all others'.
    ///   - taken: all addresses of the topology.
    /// - Returns: nil where the first container has no IPv4 address, or its subnet has none left for Docker to keep.
    public init?(
        of containers: [Container], on host: Host, gateways: Gateways, taken: @autoclosure () -> Set<IPAddress>
    ) {
        guard let first = containers.first, let address = first.onlyIPv4Address else { return nil }
        subnet = address.value.prefix
        gateway = gateways.gateway(of: first, on: host, .ipv4)
        if let gateway {
            reserved = gateway
        } else {
            guard let free = subnet.lastHost(besides: taken()) else { return nil }
            reserved = free
        }
    }
}

extension Container {
    /// The first IPv4 address of its first interface.
    public var onlyIPv4Address: Located<InterfaceAddress>? {
        interfaces.first?.allAddresses.first { $0.value.address.family == .ipv4 }
    }

    /// The bridge that its first interface is on.
    public var firstBridge: Located<String>? {
        guard case .bridge(let bridge)? = interfaces.first?.attachment else { return nil }
        return bridge
    }
}

extension Host {
    /// The NICs and VLAN interfaces of which the containers on a bridge are to be macvlan interfaces, in its place, by bridge: its
    /// only port, where all that is on it are containers of Docker that say so.
    public var macvlanParents: [String: String] {
        guard containers.contains(where: { $0.docker == .macvlan }) else { return [:] }
        let devices = Set(nics.map(\.name.value) + vlans.map(\.name.value))
        let members = containersByBridge
        var parents: [String: String] = [:]
        for bridge in bridges {
            guard let members = members[bridge.name.value], members.allSatisfy({ $0.docker == .macvlan }),
                bridge.ports.count == 1, devices.contains(bridge.ports[0].value)
            else { continue }
            parents[bridge.name.value] = bridge.ports[0].value
        }
        return parents
    }

    /// The containers with an interface on a bridge, each once, by bridge, in the order of the file.
    public var containersByBridge: [String: [Container]] {
        var members: [String: [Container]] = [:]
        for container in containers {
            var seen: Set<String> = []
            for interface in container.interfaces {
                guard case .bridge(let bridge) = interface.attachment, seen.insert(bridge.value).inserted else {
                    continue
                }
                members[bridge.value, default: []].append(container)
            }
        }
        return members
    }
}

extension Topology {
    /// All addresses of its hosts and containers.
    public var addresses: Set<IPAddress> {
        var addresses: Set<IPAddress> = []
        for host in hosts {
            addresses.formUnion(Underlay.places(of: host).map(\.address.address))
            for interface in host.containers.flatMap(\.interfaces) {
                addresses.formUnion(interface.allAddresses.map(\.value.address))
            }
            for container in host.containers {
                addresses.formUnion(container.loopback.map(\.value.address))
                addresses.formUnion(container.vlans.flatMap(\.addresses).map(\.value.address))
                addresses.formUnion(container.gateway.routers.map(\.address))
            }
        }
        return addresses
    }
}

extension Gateways {
    /// A container's default gateway of one family.
    public func gateway(of container: Container, on host: Host, _ family: AddressFamily) -> IPAddress? {
        gateways(of: container, on: host).first { $0.address.family == family }?.address
    }
}

extension Prefix {
    /// The last address that a host may have and that is none of these.
    fileprivate func lastHost(besides taken: Set<IPAddress>) -> IPAddress? {
        var bits = lastHost.bits
        while bits >= firstHost.bits {
            let address = IPAddress(family, bits: bits)
            if !taken.contains(address) { return address }
            guard bits > 0 else { return nil }
            bits -= 1
        }
        return nil
    }
}
