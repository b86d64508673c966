internal import TopoModel
internal import TopoPlan

/// Containers that a figure draws as one: one alone, or many alike on one bridge or on links, which would make it too wide to
/// read.
struct ContainerGroup {
    let containers: [PlannedContainer]

    /// The first's name, which identifies the group too.
    var name: String { containers[0].name }

    /// Whether it stands for more than one.
    var isFolded: Bool { containers.count > 1 }

    /// `c1`, or `c1 … c40`.
    var title: String { ContainerGroup.range(containers.map(\.name)) }

    /// The first and the last of a list, or its only one.
    static func range(_ texts: [String]) -> String {
        guard let first = texts.first, let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
        return "\(first) … \(last)"
    }

    /// What containers must have in common to be alike.
    private struct Kind: Hashable {
        /// Nil for those on point-to-point links.
        let bridge: String?
        let mtu: Int
        let vlans: PlannedPortVLANs
        /// How many addresses of how large subnets a link has.
        let lengths: [Int]
    }

    /// A host's containers in the order of the plan; of more than `most` alike, all are one group, in the first's place.
    /// Alike are those that do not route and have one interface, on the same bridge in the same VLANs, or on a link with subnets of the same size, with the same MTU.
    static func groups(of host: HostFacts, most: Int) -> [ContainerGroup] {
        let kinds = host.containers.map { kind(of: $0, on: host) }
        let members = Dictionary(grouping: host.containers.indices.filter { kinds[$0] != nil }, by: { kinds[$0] })
        return host.containers.indices.compactMap { index in
            guard let kind = kinds[index], let alike = members[kind], alike.count > most else {
                return ContainerGroup(containers: [host.containers[index]])
            }
            return alike[0] == index ? ContainerGroup(containers: alike.map { host.containers[$0] }) : nil
        }
    }

    private static func kind(of container: PlannedContainer, on host: HostFacts) -> Kind? {
        let veths = host.veths(of: container.name)
        let inside = Namespace.container(container.name)
        guard veths.count == 1, !host.isRouter(inside), host.vlans(of: inside).isEmpty,
            host.loopbackWords(of: inside).isEmpty
        else { return nil }
        let veth = veths[0]
        let lengths = veth.bridge == nil ? host.addresses(of: veth.hostInterface).map(\.length) : []
        return Kind(bridge: veth.bridge, mtu: veth.mtu.value, vlans: veth.vlans, lengths: lengths)
    }
}
