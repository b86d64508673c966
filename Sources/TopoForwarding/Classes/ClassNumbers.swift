/// The class of each node, as far as it is asked for: made when it is first needed.
final class ClassNumbers {
    private let network: Network
    private lazy var numbers: [Int] = {
        var numbers = [Int](repeating: 0, count: network.nodes.count)
        for (number, nodes) in NodeClasses(network).classes.enumerated() {
            for node in nodes { numbers[node] = number }
        }
        return numbers
    }()

    init(_ network: Network) { self.network = network }

    /// The number of a node's class.
    subscript(node: Int) -> Int { numbers[node] }
}
