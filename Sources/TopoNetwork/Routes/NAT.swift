public import TopoDiagnostics
public import TopoModel

/// What a host does to the addresses of packets that it forwards, as its rules of nftables say it.
///
/// Linux looks at the first packet of a connection only (nf_nat in the kernel's connection tracking): what it decides there holds
/// for all that follow, and is turned round for the answers.
public struct NAT: Sendable, Hashable {
    /// A rule for the source, at the hook `postrouting`: it is known by then which interface the packet leaves by.
    public struct Rule: Sendable, Hashable {
        /// That interface.
        public let out: String
        /// The packets' family.
        public let family: AddressFamily
        /// The sources that it is for; all where empty.
        public let from: [Prefix]
        /// The destinations that it is not for.
        public let except: [Prefix]
        /// The interface's own subnets. What comes from there is no packet of others behind the host: with `br_netfilter`, frames that
        /// only cross a bridge pass this hook too.
        public let neighbours: [Prefix]
        /// Where the interface is a bridge, the subnets of others on it, such as those in its other VLANs: their frames to each other
        /// only cross the bridge, and pass this hook as if they left by it.
        public let crossing: [Prefix]
        /// The source that packets get; nil for the interface's own address.
        public let address: IPAddress?
        /// The place in the file.
        public let origin: Span

        /// Whether it is for a packet that is forwarded, and leaves by the rule's interface.
        public func applies(from source: IPAddress, to destination: IPAddress) -> Bool {
            source.family == family && (from.isEmpty || from.contains { $0.contains(source) })
                && !neighbours.contains { $0.contains(source) } && !except.contains { $0.contains(destination) }
                && !crossing.contains { $0.contains(source) && $0.contains(destination) }
        }

        /// Whether it is for all packets from a subnet behind the host, whomever they are for.
        func takesAll(from subnet: Prefix) -> Bool {
            subnet.family == family && (from.isEmpty || from.contains { $0.contains(subnet) }) && except.isEmpty
        }
    }

    /// A published port, at the hook `prerouting`: the packet gets its destination before its route is looked up.
    public struct Port: Sendable, Hashable {
        /// The interface that packets come in by.
        public let `in`: String
        /// The bridge that tells VLANs apart of which it is a VLAN interface, if it is one. With `br_netfilter`, a frame without a tag
        /// passes this hook as it comes into the bridge, before it has a VLAN, and does not pass it again.
        public let bridge: String?
        /// The addresses that they are for, those of the interface of the target's family.
        public let own: [IPAddress]
        /// The protocol.
        public let transport: Transport
        /// The port that they are for.
        public let port: UInt16
        /// The destination that they get.
        public let target: IPAddress
        /// The port that they get.
        public let targetPort: UInt16
        /// The place in the file.
        public let origin: Span
    }

    /// The rules for sources: the first that applies does.
    public let rules: [Rule]
    /// The published ports.
    public let ports: [Port]

    /// True where packets stay as they are.
    public var isEmpty: Bool { rules.isEmpty && ports.isEmpty }
    /// The first place in the file that asks for it; nil where nothing does.
    public var origin: Span? { (rules.map(\.origin) + ports.map(\.origin)).min() }
    /// All prefixes that rules tell addresses apart by.
    public var prefixes: [Prefix] { rules.flatMap { $0.from + $0.except } }

    /// A host without any.
    public init() { (rules, ports) = ([], []) }

    /// What a host's `nat` and `publish` say.
    public init(of host: Host) {
        let own = Underlay.addresses(of: host)
        rules = host.nat.flatMap { rule in
            let addresses = own[rule.out.value] ?? []
            return AddressFamily.allCases.filter { rule.families(of: addresses).contains($0) }.map { family in
                Rule(
                    out: rule.out.value, family: family, from: rule.from.map(\.value).filter { $0.family == family },
                    except: rule.except.map(\.value).filter { $0.family == family },
                    neighbours: addresses.map(\.prefix).filter { $0.family == family },
                    crossing: host.subnets(across: rule.out.value).filter { prefix in
                        prefix.family == family && !addresses.contains { $0.prefix == prefix }
                    }, address: rule.source?.value, origin: rule.span)
            }
        }
        ports = host.publish.flatMap { port in
            port.addresses.compactMap { target in
                let addresses = (own[port.in.value] ?? []).map(\.address).filter { $0.family == target.family }
                guard !addresses.isEmpty else { return nil }
                return Port(
                    in: port.in.value, bridge: host.bridge(below: port.in.value), own: addresses,
                    transport: port.transport, port: port.port.value, target: target, targetPort: port.targetPort,
                    origin: port.span)
            }
        }
    }

    private init(rules: [Rule], ports: [Port]) { (self.rules, self.ports) = (rules, ports) }

    /// The same by other interfaces.
    public func by(_ device: (String) -> String) -> NAT {
        NAT(
            rules: rules.map {
                Rule(
                    out: device($0.out), family: $0.family, from: $0.from, except: $0.except, neighbours: $0.neighbours,
                    crossing: $0.crossing, address: $0.address, origin: $0.origin)
            },
            ports: ports.map {
                Port(
                    in: device($0.in), bridge: $0.bridge.map(device), own: $0.own, transport: $0.transport,
                    port: $0.port,
                    target: $0.target, targetPort: $0.targetPort, origin: $0.origin)
            })
    }

    /// The address that a rule without one gives packets (`nf_nat_masquerade_ipv4` with `inet_select_addr`): the interface's first in
    /// the subnet of the next hop, else its first that is not link-local; nil where it has none, and the packet is dropped.
    public static func masqueraded(
        _ family: AddressFamily, towards hop: IPAddress, _ own: [InterfaceAddress]
    ) -> IPAddress? {
        let usable = own.filter { $0.address.family == family && !$0.address.isIPv6LinkLocal }
        return (usable.first { $0.prefix.contains(hop) } ?? usable.first)?.address
    }
}

extension Host {
    /// The subnets of containers on a bridge and of VLAN interfaces of it, each once; none of what is no bridge.
    fileprivate func subnets(across bridge: String) -> [Prefix] {
        guard bridges.contains(where: { $0.name.value == bridge }) else { return [] }
        let containers = containers.flatMap(\.interfaces).filter { interface in
            guard case .bridge(let name) = interface.attachment else { return false }
            return name.value == bridge
        }
        let addresses = vlans.filter { $0.link.value == bridge }.flatMap(\.addresses) + containers.flatMap(\.addresses)
        let prefixes = addresses.filter { !$0.value.address.isIPv6LinkLocal }.map(\.value.prefix)
        return Set(prefixes).sorted()
    }

    /// The bridge that tells VLANs apart of which an interface is a VLAN interface; nil where it is none.
    fileprivate func bridge(below name: String) -> String? {
        guard let link = vlans.first(where: { $0.name.value == name })?.link.value else { return nil }
        return bridges.contains { $0.name.value == link && $0.vlanFiltering?.value == true } ? link : nil
    }
}

extension NATRule {
    /// The families that the rule is about: those of the addresses that it names, else those that its interface has.
    public func families(of own: [InterfaceAddress]) -> Set<AddressFamily> {
        let named = Set((from + except).map(\.value.family) + (source.map { [$0.value.family] } ?? []))
        return named.isEmpty ? Set(own.filter { !$0.address.isIPv6LinkLocal }.map(\.address.family)) : named
    }
}
