/// Which containers alike on one bridge a figure draws as one.
public enum Folding: Sendable, Hashable {
    /// Those of more than a dozen alike, which would make it too wide to read.
    case automatic
    /// None.
    case never
    /// Those of more than so many alike.
    case above(Int)

    /// How many alike are drawn each for itself.
    var most: Int {
        switch self {
        case .automatic: 12
        case .never: .max
        case .above(let count): count
        }
    }
}
