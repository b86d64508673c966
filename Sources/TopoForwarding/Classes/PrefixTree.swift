import TopoModel

/// All prefixes that routing can tell addresses apart by, each below the next larger one, with whose addresses they hold.
struct PrefixTree {
    /// Whose addresses a prefix holds.
    enum Holding: Hashable {
        /// Nobody's: no packet meets it.
        case nobody
        /// Those of one container and of the host's end of its link.
        case one(Int)
        /// Anyone's.
        case many
    }

    /// The prefixes, sorted.
    let prefixes: [Prefix]
    /// Of each prefix the number of the next larger one.
    private(set) var parents: [Int?]
    /// Of each prefix whose addresses it holds.
    private(set) var holdings: [Holding]
    private var innermost: [IPAddress: Int] = [:]

    /// Sorts the addresses into the prefixes.
    /// - Parameter addresses: with the number of the container whose link each is on; nil for all others.
    init(_ prefixes: [Prefix], _ addresses: [(address: IPAddress, link: Int?)]) {
        let sorted = prefixes.sorted()
        self.prefixes = sorted
        parents = Array(repeating: nil, count: sorted.count)
        holdings = Array(repeating: .nobody, count: sorted.count)
        var next = 0
        var open: [Int] = []
        for (address, link) in addresses.sorted(by: { $0.address < $1.address }) {
            while next < sorted.count, sorted[next].network <= address {
                PrefixTree.close(&open) { sorted[$0].contains(sorted[next]) }
                parents[next] = open.last
                open.append(next)
                next += 1
            }
            PrefixTree.close(&open) { sorted[$0].contains(address) }
            guard let inner = open.last else { continue }
            innermost[address] = inner
            for prefix in open { hold(link, prefix) }
        }
    }

    /// The smallest prefix that holds an address.
    func prefix(holding address: IPAddress) -> Int? { innermost[address] }

    private static func close(_ open: inout [Int], while holds: (Int) -> Bool) {
        while let last = open.last, !holds(last) { open.removeLast() }
    }

    private mutating func hold(_ link: Int?, _ prefix: Int) {
        let new: Holding = link.map { .one($0) } ?? .many
        switch holdings[prefix] {
        case .nobody: holdings[prefix] = new
        case .one: if holdings[prefix] != new { holdings[prefix] = .many }
        case .many: break
        }
    }
}
