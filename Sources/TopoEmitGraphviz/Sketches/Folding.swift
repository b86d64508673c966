/// Which containers alike on one bridge a figure draws as one.
public enum Folding: Sendable, Hashable {
    /// Those of more than a dozen alike, which would make it too wide to read; of fewer where there are many in all.
    case automatic
    /// None.
    case never
    /// Those of more than so many alike.
    case above(Int)

    /// How many boxes of containers are readable on one page.
    private static let readable = 40

    /// How many alike are drawn each for itself in a figure of these hosts.
    func most(_ hosts: [HostFacts]) -> Int {
        switch self {
        case .automatic:
            [12, 8, 5, 3, 2].first { most in
                hosts.reduce(0) { $0 + ContainerGroup.groups(of: $1, most: most).count } <= Folding.readable
            } ?? 1
        case .never: .max
        case .above(let count): count
        }
    }
}
