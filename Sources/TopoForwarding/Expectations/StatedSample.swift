import TopoModel
import TopoPlan

/// What of the user's checks is asked at run time, where ranges and groups stand for very many.
///
/// A host asks up to 200 of them. Of more it asks one of each pair of classes first, and says how many are left out. What is to be
/// traced or looked at inside a tunnel is asked in any case.
struct StatedSample {
    /// What is asked, in the order of the checks.
    private(set) var expectations: [Expectation] = []
    /// How many are not, by the host of who would ask.
    private(set) var leftOut: [String: Int] = [:]

    init(_ stated: [Expectation], _ network: Network, _ classes: ClassNumbers) {
        var counts: [String: Int] = [:]
        for expectation in stated { counts[expectation.source.host, default: 0] += 1 }
        guard counts.values.contains(where: { $0 > Isolation.pairsOfHost }) else {
            expectations = stated
            return
        }
        var pairs: Set<[Int]> = []
        var asked: [String: Int] = [:]
        for expectation in stated {
            let host = expectation.source.host
            let isOwn = expectation.isTraced || expectation.carriage != nil
            guard !isOwn, counts[host, default: 0] > Isolation.pairsOfHost else {
                expectations.append(expectation)
                continue
            }
            let ends = [expectation.source, expectation.target].compactMap { network.node(named: $0) }.map {
                classes[$0]
            }
            let isNew = pairs.insert(ends + [expectation.address.family == .ipv4 ? 0 : 1]).inserted
            guard isNew, asked[host, default: 0] < Isolation.pairsOfHost else {
                leftOut[host, default: 0] += 1
                continue
            }
            asked[host, default: 0] += 1
            expectations.append(expectation)
        }
    }
}
