internal import TopoPlan

/// Point-to-point links that a figure draws as one: one alone, or those of containers that are drawn as one.
struct LinkGroup {
    let veths: [PlannedVeth]

    /// The first's end on the host, which identifies the group too.
    var name: String { veths[0].hostInterface }

    /// Whether it stands for more than one.
    var isFolded: Bool { veths.count > 1 }

    /// `veth-c1`, or `veth-c1 … veth-c40`.
    var title: String { ContainerGroup.range(veths.map(\.hostInterface)) }
}

extension HostFacts {
    /// Its point-to-point links in the order of the plan; those of a folded group in the first's place.
    func links(_ groups: [ContainerGroup]) -> [LinkGroup] {
        let folded = Dictionary(
            groups.filter(\.isFolded).flatMap { group in group.containers.map { ($0.name, group) } },
            uniquingKeysWith: { first, _ in first })
        return veths.filter { $0.bridge == nil }.compactMap { veth in
            guard let group = folded[veth.container] else { return LinkGroup(veths: [veth]) }
            return group.name == veth.container
                ? LinkGroup(veths: group.containers.flatMap { veths(of: $0.name) }) : nil
        }
    }
}
