/// The broadcast domains of Ethernets on which frames may have VLAN tags (IEEE 802.1Q): the domain of each pair of a wire and a
/// tag. A wire is what passes frames on as they are: LANs, veth pairs, tunnels, and bridges that do not tell VLANs apart.
///
/// Wires meet where a tag is put on or taken off: at the ports of a bridge with VLAN filtering, which has a domain for each VLAN
/// inside, and at VLAN interfaces. A pair is where frames with this tag are; 0 is for frames without one.
public struct TaggedDomains: Sendable {
    /// Frames at a place with a tag; of a bridge with VLAN filtering: frames inside it of a VLAN.
    public struct Pair: Sendable, Hashable {
        /// The number of a LAN, or of an interface.
        public let element: Int
        /// The VLAN of the tag; 0 for none.
        public let tag: Int

        /// Makes a pair.
        public init(_ element: Int, _ tag: Int = 0) { (self.element, self.tag) = (element, tag) }
    }

    /// Two pairs that are one domain.
    public struct Crossing: Sendable, Hashable {
        /// One of them.
        public let one: Pair
        /// The other.
        public let other: Pair
        /// True where the spanning tree protocol cuts a loop that goes through here.
        public let isCut: Bool

        /// Makes a crossing.
        public init(_ one: Pair, _ other: Pair, isCut: Bool = false) {
            (self.one, self.other, self.isCut) = (one, other, isCut)
        }
    }

    private var numbers: [Pair: Int] = [:]
    private var parents: [Int]
    private var cut: [Int]
    /// The pairs at which a domain has a loop.
    public private(set) var loops: [Pair] = []
    /// The tags that are in use on each wire, by the wire's element, in order.
    public let tags: [Int: [Int]]
    /// The pairs of bridges with VLAN filtering, by the bridge's element: the VLANs inside it, in order.
    public let inner: [Int: [Int]]

    /// Joins the pairs.
    /// - Parameters:
    ///   - count: how many elements there are.
    ///   - filtering: the elements of bridges with VLAN filtering.
    ///   - wire: the element that stands for a wire, the lowest in it.
    public init(
        count: Int, crossings: [Crossing], filtering: Set<Int>, wire: (Int) -> Int
    ) {
        parents = Array(0..<count)
        cut = parents
        var tags: [Int: Set<Int>] = [:]
        var inner: [Int: Set<Int>] = [:]
        for pair in crossings.flatMap({ [$0.one, $0.other] }) where pair.tag != 0 {
            if filtering.contains(pair.element) {
                inner[pair.element, default: []].insert(pair.tag)
            } else {
                tags[wire(pair.element), default: []].insert(pair.tag)
            }
        }
        self.tags = tags.mapValues { $0.sorted() }
        self.inner = inner.mapValues { $0.sorted() }
        for crossing in crossings {
            let (one, other) = (number(of: crossing.one, wire), number(of: crossing.other, wire))
            _ = Self.join(one, other, &parents)
            if !crossing.isCut, !Self.join(one, other, &cut) { loops.append(crossing.one) }
        }
        for vertex in parents.indices { parents[vertex] = Self.root(of: vertex, &parents) }
    }

    /// The domain of frames at an element with a tag, by the number of the element that stands for it; nil where nobody sends or
    /// gets any.
    public func domain(of element: Int, _ tag: Int = 0, wire: (Int) -> Int) -> Int? {
        if tag == 0 { return parents[wire(element)] }
        return (numbers[Pair(element, tag)] ?? numbers[Pair(wire(element), tag)]).map { parents[$0] }
    }

    /// The number of a pair. Of a bridge with VLAN filtering the inner pairs are its own, others are their wires'.
    private mutating func number(of pair: Pair, _ wire: (Int) -> Int) -> Int {
        if pair.tag == 0 { return wire(pair.element) }
        let place = inner[pair.element] == nil ? Pair(wire(pair.element), pair.tag) : pair
        if let known = numbers[place] { return known }
        let new = parents.count
        parents.append(new)
        cut.append(new)
        numbers[place] = new
        return new
    }

    private static func root(of vertex: Int, _ parents: inout [Int]) -> Int {
        var vertex = vertex
        while parents[vertex] != vertex {
            parents[vertex] = parents[parents[vertex]]
            vertex = parents[vertex]
        }
        return vertex
    }

    private static func join(_ one: Int, _ other: Int, _ parents: inout [Int]) -> Bool {
        let (left, right) = (root(of: one, &parents), root(of: other, &parents))
        parents[max(left, right)] = min(left, right)
        return left != right
    }
}
