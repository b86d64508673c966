import TopoModel

/// Nodes that packets cannot tell apart.
///
/// Two containers are alike where the network stays the same network when they change places: names, MACs, addresses
/// and links of their own go with them, and nothing else is different. All ways then stay the same, too, so that any two
/// members of two classes (or of one) stand for every two of them. Containers of one host with one interface each and no
/// forwarding can be alike; whatever speaks of one of them by name (a route of another node, the end of a tunnel) or
/// takes it for being first makes it a class of its own, as every host and every other container is.
struct NodeClasses {
    /// The nodes of each class by number, in the order of the plan.
    let classes: [[Int]]

    init(_ network: Network) {
        let links = NodeLinks(network)
        var places: [ContainerKind: Int] = [:]
        var classes: [[Int]] = []
        for node in network.nodes.indices {
            guard let link = links.links[node], !links.isNamed(link), let kind = links.kind(link) else {
                classes.append([node])
                continue
            }
            if let place = places[kind] {
                classes[place].append(node)
            } else {
                places[kind] = classes.count
                classes.append([node])
            }
        }
        self.classes = classes
    }
}
