public import TopoPlan

/// The identifier that a thing has in an SVG, without the view's name that goes before it: `host:host1/bridge:lxdbr0`.
/// - Parameter path: kinds and names, outermost first.
public func figureIdentifier(_ path: [(kind: String, name: String)]) -> String {
    identifier(path).replacing(" ", with: "%20")
}

/// Which containers a figure draws as one.
/// - Returns: groups of the names of containers, in the order of the plan; each group is drawn under its first name.
public func drawnGroups(_ plan: Plan, folding: Folding) -> [[NodeName]] {
    plan.hosts.flatMap { host in
        ContainerGroup.groups(of: HostFacts(host), most: folding.most).map { group in
            group.containers.map { NodeName(host: host.name, container: $0.name) }
        }
    }
}
