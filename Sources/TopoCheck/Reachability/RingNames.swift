extension Network {
    /// The nodes of a ring by their names: `host1, host2, c1`, and of more than six the first five.
    /// - Parameter ring: indices in `nodes`, in the order of the way.
    func names(ofRing ring: [Int]) -> String {
        let shown = ring.prefix(ring.count > 6 ? 5 : 6).map { names.plain(nodes[$0]) }
        return (shown + (ring.count > 6 ? ["\(ring.count - 5) more"] : [])).joined(separator: ", ")
    }
}
