extension RandomAccessCollection {
    /// Looks for the place that divides a collection in two: all elements before it are so, and none from it on.
    ///
    /// Takes time in the logarithm of the count (a binary search).
    ///
    /// - Parameter isSo: what holds for a first part of the collection, and for nothing behind it.
    /// - Returns: the index of the first element that is not so; `endIndex` where all are.
    public func partitionIndex(where isSo: (Element) -> Bool) -> Index {
        var (first, count) = (startIndex, self.count)
        while count > 0 {
            let half = count / 2
            let middle = index(first, offsetBy: half)
            if isSo(self[middle]) {
                first = index(after: middle)
                count -= half + 1
            } else {
                count = half
            }
        }
        return first
    }
}
