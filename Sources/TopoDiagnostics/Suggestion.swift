/// The name that was likely meant by one that is unknown.
/// - Parameters:
///   - name: what was written.
///   - candidates: the names that exist, in the order in which they are preferred.
/// - Returns: the nearest candidate, where it is near: one edit for names of up to 4 characters, two up to 8, three
///   beyond. An edit inserts, deletes or replaces a character, or swaps two neighbours; a change of case alone is none.
public func didYouMean(_ name: String, among candidates: [String]) -> String? {
    let wanted = Array(name.lowercased())
    let allowed = wanted.count <= 4 ? 1 : wanted.count <= 8 ? 2 : 3
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != name {
        let found = Array(candidate.lowercased())
        // Every character too many or too few costs an edit; names that share nothing are no hint.
        guard abs(found.count - wanted.count) <= allowed else { continue }
        let distance = editDistance(wanted, found)
        guard distance <= allowed, distance < max(wanted.count, found.count) else { continue }
        if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
    }
    return best?.name
}

/// The number of edits between two words: Damerau and Levenshtein's, each place edited once at most.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast = [Int]()
    var last = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
            var least = min(replaced, last[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                least = min(least, beforeLast[column - 1] + 1)
            }
            current.append(least)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
