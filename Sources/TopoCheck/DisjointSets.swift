/// Sets of numbers that grow together: union by size with path halving.
struct DisjointSets {
    private var parents: [Int]
    private var sizes: [Int]

    /// The numbers below `count`, each in a set of its own.
    init(count: Int) {
        parents = Array(0..<count)
        sizes = Array(repeating: 1, count: count)
    }

    /// The number that stands for the set of `number`.
    mutating func root(of number: Int) -> Int {
        var number = number
        while parents[number] != number {
            parents[number] = parents[parents[number]]
            number = parents[number]
        }
        return number
    }

    /// Makes two sets one; false where they are one already.
    mutating func join(_ one: Int, _ other: Int) -> Bool {
        let (left, right) = (root(of: one), root(of: other))
        guard left != right else { return false }
        let (large, small) = sizes[left] >= sizes[right] ? (left, right) : (right, left)
        parents[small] = large
        sizes[large] += sizes[small]
        return true
    }
}
