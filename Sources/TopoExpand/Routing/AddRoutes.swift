public import TopoDiagnostics
internal import TopoModel
public import TopoSyntax
internal import TopoText

/// A host or container with routes to be written into a tree.
public struct RoutesInTree: Sendable {
    /// The host's name.
    public let host: String
    /// The container's name; nil for the host itself.
    public let container: String?
    /// Destinations and next hops, as they are written.
    public let ways: [(to: String, via: String)]

    /// Makes them.
    public init(host: String, container: String?, ways: [(to: String, via: String)]) {
        self.host = host
        self.container = container
        self.ways = ways
    }
}

extension Node {
    /// A file's values with more routes, which stand for what is at a place.
    public func adding(_ routes: [RoutesInTree], at place: Span) -> Node {
        var ofHosts: [String: [RoutesInTree]] = [:]
        for one in routes { ofHosts[one.host, default: []].append(one) }
        return changing("hosts") { hosts in
            hosts.changingEach { name, host in
                guard let own = ofHosts[name] else { return host }
                let changed = host.adding(own.filter { $0.container == nil }.flatMap(\.ways), at: place)
                var ofContainers: [String: [(to: String, via: String)]] = [:]
                for one in own { if let container = one.container { ofContainers[container] = one.ways } }
                guard !ofContainers.isEmpty else { return changed }
                return changed.changing("containers") { containers in
                    containers.changingEach { name, container in
                        ofContainers[name].map { container.adding($0, at: place) } ?? container
                    }
                }
            }
        }
    }

    private func adding(_ ways: [(to: String, via: String)], at place: Span) -> Node {
        let routes = ways.map { way in
            Node.made(
                [
                    Entry(made: "to", at: place, .made(way.to, at: place)),
                    Entry(made: "via", at: place, .made(way.via, at: place)),
                ], at: place)
        }
        return adding(routes, toList: "routes", at: place)
    }
}
