import TopoModel
import TopoPlan

extension Walker {
    /// A router on a path of which `traceroute(8)` would learn nothing: the probe whose TTL ends there is lost before, or
    /// the router's answer has no way back. All ways of the path are by the same routers.
    mutating func silentHop(on path: Path) -> (node: NodeName, reason: String)? {
        everyWay { $0.silentHop(onOneWayOf: path) }.lazy.compactMap(\.self).first
    }

    private mutating func silentHop(onOneWayOf path: Path) -> (node: NodeName, reason: String)? {
        guard let sender = network.node(named: path.source), let source = path.sourceAddress else { return nil }
        for (index, router) in path.routers.enumerated() {
            let probe = walk(from: sender, to: path.destination, source: source, ttl: index + 1)
            guard probe.ending.reason == .timeToLiveExceeded, probe.ending.node == router else {
                return (router, "the probe is lost: \(probe.ending.reason.words(at: probe.ending.node))")
            }
            guard let number = network.node(named: router) else { continue }
            let answer = walk(from: number, to: source, source: self.source(from: number, to: source))
            if !answer.isDelivered {
                return (router, "its answer is lost: \(answer.ending.reason.words(at: answer.ending.node))")
            }
        }
        let last = walk(from: sender, to: path.destination, source: source, ttl: path.routers.count + 1)
        if last.isDelivered { return nil }
        return (path.there.ending.node, "the probe is lost: \(last.ending.reason.words(at: last.ending.node))")
    }
}
