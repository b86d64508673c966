public import TopoDiagnostics
public import TopoModel

extension Topology {
    /// The topology with the routes that `routing: static` stands for, behind those that are written.
    /// - Parameter length: that of the file. Each route has a place of its own, as many such lengths behind the word that stands
    ///   for all of them.
    public func with(_ routes: StaticRoutes, at span: Span, lengthOfFile length: Int) -> Topology {
        // Behind every copy that a range may have made.
        var copy = 1 << 24
        func made(_ ways: [StaticRoutes.Way]) -> [Route] {
            ways.map { way in
                copy += 1
                let place = Span(span.start + copy * length, span.end + copy * length)
                return Route(to: Located(way.to, at: place), action: .via(NextHop(span: place, address: way.via)))
            }
        }
        var next = routes.routes[...]
        let hosts = hosts.map { host -> Host in
            guard let first = next.first, first.host == host.name.value else { return host }
            var own: [Route] = []
            if first.container == nil {
                own = made(first.ways)
                next = next.dropFirst()
            }
            let containers = host.containers.map { container -> Container in
                guard let first = next.first, first.host == host.name.value, first.container == container.name.value
                else { return container }
                next = next.dropFirst()
                return container.with(routes: container.routes + made(first.ways))
            }
            return host.with(routes: host.routes + own, containers: containers)
        }
        return with(hosts: hosts)
    }
}
