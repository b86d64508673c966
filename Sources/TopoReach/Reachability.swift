internal import TopoForwarding
public import TopoModel
public import TopoPlan

/// Who reaches whom, of all hosts and containers.
///
/// Its size is that of the classes and of the pairs of classes, whatever the number of pairs of containers.
public struct Reachability: Sendable {
    /// The answers of one family.
    public struct Matrix: Sendable {
        /// The family.
        public let family: AddressFamily
        /// All answers that there are, each once, in the order in which they come first.
        public let answers: [Answer]
        /// For each class that asks, for each class that is asked, a number in `answers`; nil where there is nobody to ask,
        /// or one of the two has no address of the family.
        public let numbers: [[Int?]]

        /// The answer that every member of a class gets from every other member of another class, or of its own.
        public func answer(from source: Int, to target: Int) -> Answer? {
            numbers[source][target].map { answers[$0] }
        }
    }

    /// All hosts and containers, in the order of the plan.
    public let nodes: [NodeName]
    /// The classes of those whom packets cannot tell apart, by their numbers in `nodes`.
    public let classes: [[Int]]
    /// The answers, IPv4's first; a family that nobody has addresses of is left out.
    public let matrices: [Matrix]
    /// What it was predicted by.
    let prediction: Prediction
}
