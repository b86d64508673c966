internal import TopoModel
public import TopoPlan

extension Plan {
    /// The hosts, and what is outside, whose checks ask what must not pass: after all others, since it proves nothing while
    /// nothing passes.
    public var silentHosts: Set<String> { Set(expectations.filter { !$0.isToReach }.map(\.source.host)) }

    /// The hosts, and what is outside, that checks of these others connect to: somebody must take the connections.
    public func listeningHosts(to others: [String]) -> Set<String> {
        let others = Set(others)
        return Set(
            expectations.filter { check in
                check.port != nil && check.isToReach && check.source.host != check.target.host
                    && others.contains(check.source.host)
            }.map(\.target.host))
    }
}
