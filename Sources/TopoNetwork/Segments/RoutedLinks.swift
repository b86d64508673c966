public import TopoModel

extension Host {
    /// The links of its containers that have a single address at the container's end, each with the container's interface, in the
    /// order of the file.
    public var routedLinks: [(link: PointToPointLink, interface: InterfaceName)] {
        containers.flatMap { container in
            container.interfaces.flatMap { interface in
                let name = InterfaceName(
                    host: self.name.value, container: container.name.value, interface: interface.name.value)
                return interface.links.filter(\.isRouted).map { ($0, name) }
            }
        }
    }
}
