internal import TopoModel
internal import TopoPlan

/// Containers that a figure draws as one: one alone, or many alike on one bridge, which would make it too wide to read.
struct ContainerGroup {
    let containers: [PlannedContainer]

    /// The first's name, which names the group too.
    var name: String { containers.first?.name ?? "" }

    /// How many containers on one bridge are drawn each for itself.
    static let most = 12

    /// A host's containers in order; of more than `most` on one bridge, those with that interface alone and without
    /// routing become one group.
    static func groups(of host: HostPlan) -> [ContainerGroup] {
        var groups: [ContainerGroup] = []
        var folded: [String: Int] = [:]
        let veths = Dictionary(grouping: host.veths, by: \.container)
        let routers = Set(host.forwardingContainers)
        let perBridge = Dictionary(grouping: host.veths.compactMap(\.bridge), by: { $0 }).mapValues(\.count)
        for container in host.containers {
            guard let own = veths[container.name], own.count == 1, let bridge = own[0].bridge,
                perBridge[bridge, default: 0] > most, !routers.contains(container.name)
            else {
                groups.append(ContainerGroup(containers: [container]))
                continue
            }
            if let index = folded[bridge] {
                groups[index] = ContainerGroup(containers: groups[index].containers + [container])
            } else {
                folded[bridge] = groups.count
                groups.append(ContainerGroup(containers: [container]))
            }
        }
        return groups
    }
}

extension HostPlan {
    /// The names of its containers that forward IP packets.
    var forwardingContainers: [String] {
        objects.compactMap { planned in
            guard case .forwarding(let forwarding) = planned.object, forwarding.isEnabled,
                case .container(let name) = planned.namespace
            else { return nil }
            return name
        }
    }

    /// Whether the host itself forwards IP packets.
    var isRouter: Bool {
        objects.contains { planned in
            if case .forwarding(let forwarding) = planned.object, planned.namespace == .host {
                forwarding.isEnabled
            } else {
                false
            }
        }
    }
}
