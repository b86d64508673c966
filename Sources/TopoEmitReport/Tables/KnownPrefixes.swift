internal import TopoModel
internal import TopoNetwork
internal import TopoPlan

/// The prefixes that routing tables have, but for those of links that one container has for itself.
struct KnownPrefixes {
    /// By family and length, the longest lengths last; each prefix with its number.
    private var numbers: [Prefix: Int] = [:]
    private var lengths: [AddressFamily: [Int]] = [:]

    init(_ plan: Plan) {
        for host in plan.hosts {
            let links = Set(host.veths.filter { $0.bridge == nil }.flatMap { [$0.hostInterface, $0.interface] })
            for planned in host.objects {
                switch planned.object {
                case .route(let route): add(route.destination)
                case .address(let address) where !links.contains(address.interface): add(address.address.prefix)
                case .address(let address):
                    // The container's end of a link may be called as another's interface on a bridge.
                    if case .container(let name) = planned.namespace,
                        host.veths(of: name).contains(where: { $0.interface == address.interface && $0.bridge != nil })
                    {
                        add(address.address.prefix)
                    }
                case .nat(let nat): for prefix in nat.prefixes { add(prefix) }
                case .forwarding, .nic, .bridge, .tunnel, .vlan, .port, .container, .veth, .announcement: break
                }
            }
        }
    }

    private mutating func add(_ prefix: Prefix) {
        guard numbers[prefix] == nil else { return }
        numbers[prefix] = numbers.count
        if !(lengths[prefix.family] ?? []).contains(prefix.length) {
            lengths[prefix.family, default: []].append(prefix.length)
        }
    }

    /// The numbers of the prefixes that hold an address.
    func holding(_ address: InterfaceAddress) -> [Int] {
        (lengths[address.address.family] ?? []).sorted().compactMap { length in
            numbers[Prefix(containing: address.address, length: length)]
        }
    }
}
