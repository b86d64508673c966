/// The one of `names` that `name` was likely meant to be.
///
/// It is the nearest by Damerau-Levenshtein distance (letters added, left out, changed, or swapped with a neighbour),
/// the first of equally near ones; nil where even that differs in more than a third of the letters.
public func didYouMean(_ name: String, among names: [String]) -> String? {
    let written = Array(name.lowercased().unicodeScalars)
    let limit = max(1, (written.count + 1) / 3)
    guard written.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in names where candidate != name {
        let scalars = Array(candidate.lowercased().unicodeScalars)
        guard abs(scalars.count - written.count) <= limit else { continue }
        let distance = distance(written, scalars)
        // Nothing in common is no likeness, however short the names are.
        guard distance <= limit, distance < max(written.count, scalars.count) else { continue }
        if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
}

/// The number of single edits between two words, a swap of neighbours counting as one.
private func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, scalar) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            var edits = min(last[column + 1] + 1, current[column] + 1, last[column] + (scalar == other ? 0 : 1))
            if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
                edits = min(edits, beforeLast[column - 1] + 1)
            }
            current.append(edits)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
