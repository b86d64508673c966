public import TopoPlan
internal import TopoText

/// The identifier that a thing has in an SVG, without the view's name that goes before it: `host:host1/bridge:lxdbr0`.
/// - Parameter path: kinds and names, outermost first.
public func figureIdentifier(_ path: [(kind: String, name: String)]) -> String {
    identifier(path).replacingBytes(" ", with: "%20")
}

/// Which containers a figure draws as one.
/// - Returns: groups of the names of containers, in the order of the plan; each group is drawn under its first name.
public func drawnGroups(_ plan: Plan, folding: Folding) -> [[NodeName]] {
    let hosts = plan.hosts.map(HostFacts.init)
    let most = folding.most(hosts)
    return hosts.flatMap { host in
        ContainerGroup.groups(of: host, most: most).map { group in
            group.containers.map { NodeName(host: host.name, container: $0.name) }
        }
    }
}

/// A node's identifier from its kinds and names, outermost first: `"host:host1/bridge:lxdbr0"`.
func dotID(_ path: [(kind: String, name: String)]) -> String { "\"\(identifier(path))\"" }

/// The identifier that a thing has in a figure's SVG: the view's name, then as `dotID`; without spaces, which HTML does
/// not have in identifiers.
func svgID(_ view: FigureView, _ path: [(kind: String, name: String)]) -> String {
    "\"\(DOT.identifier(view.name))/\(identifier(path))\"".replacingBytes(" ", with: "%20")
}

func identifier(_ path: [(kind: String, name: String)]) -> String {
    path.map { "\($0.kind):\(DOT.identifier($0.name))" }.joined(separator: "/")
}
