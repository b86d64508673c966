import TopoText

/// The name that was likely meant by one that is unknown.
/// - Parameters:
///   - name: what was written.
///   - candidates: the names that exist, in the order in which they are preferred.
/// - Returns: the nearest candidate, where it is near: one edit for names of up to 4 characters, two up to 8, three
///   beyond. An edit inserts, deletes or replaces a character, or swaps two neighbours; a change of case alone is none.
public func didYouMean(_ name: String, among candidates: [String]) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars)
    let allowed = wanted.count <= 4 ? 1 : wanted.count <= 8 ? 2 : 3
    var best: (name: String, distance: Int)?
    for candidate in candidates where !candidate.isSame(as: name) {
        let found = Array(candidate.lowercased().unicodeScalars)
        // Every character too many or too few costs an edit; names that share nothing are no hint.
        guard abs(found.count - wanted.count) <= allowed else { continue }
        let distance = editDistance(wanted, found)
        guard distance <= allowed, distance < max(wanted.count, found.count) else { continue }
        if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
    }
    return best?.name
}

/// The word of a closed vocabulary, such as that of the keys, that was likely meant by one that is unknown.
/// - Returns: the nearest word, where it is near: one edit where the longer of the two has up to 5 letters, two beyond. Words of
///   up to 5 letters begin alike, but for the first two swapped: `vlan` is no slip of `lan`. An edit inserts, deletes or
///   replaces a letter, or swaps two neighbours; a change of case alone is none.
public func wordMeant(_ word: String, among vocabulary: [String]) -> String? {
    guard let best = didYouMean(word, among: vocabulary) else { return nil }
    let (wanted, found) = (Array(word.lowercased().unicodeScalars), Array(best.lowercased().unicodeScalars))
    let isShort = max(wanted.count, found.count) <= 5
    guard editDistance(wanted, found) <= (isShort ? 1 : 2) else { return nil }
    let beginsAlike =
        wanted.first == found.first || wanted.first == found.dropFirst().first && wanted.count == found.count
    return isShort && !beginsAlike ? nil : best
}

/// The word of a closed vocabulary that was meant without a doubt by one that is unknown.
/// - Returns: the word that ``wordMeant(_:among:)`` gives, where it has three letters or more, the same first letter and the same
///   digits, and no other is as near; nil where there is none such.
public func certainWord(_ word: String, among vocabulary: [String]) -> String? {
    guard let best = wordMeant(word, among: vocabulary), best.unicodeScalars.count >= 3 else { return nil }
    let wanted = Array(word.lowercased().unicodeScalars)
    guard wanted.first == best.lowercased().unicodeScalars.first,
        wanted.filter(\.isNumber) == best.unicodeScalars.filter(\.isNumber)
    else { return nil }
    let distances = vocabulary.map { editDistance(wanted, Array($0.lowercased().unicodeScalars)) }
    let least = distances.min()
    return distances.count { $0 == least } == 1 ? best : nil
}

/// The name that was meant without a doubt by one that is unknown, among names that the user has made up.
///
/// Names are often alike on purpose, as `host1` and `host2`, or `left-a` and `right-a`. What is certain are slips of the
/// fingers: upper case for lower case, two neighbours swapped, a letter that is there twice or once too little.
/// - Returns: the only name that such a slip turns into what was written.
public func certainName(_ name: String, among names: [String]) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars)
    let found = names.filter { isSlip(wanted, of: Array($0.lowercased().unicodeScalars)) }
    return found.count == 1 && !found[0].isSame(as: name) ? found[0] : nil
}

private func isSlip(_ word: [Unicode.Scalar], of name: [Unicode.Scalar]) -> Bool {
    if word == name { return true }
    guard abs(word.count - name.count) <= 1, min(word.count, name.count) >= 3 else { return false }
    let start = zip(word, name).prefix { $0 == $1 }.count
    if word.count == name.count {
        var swapped = word
        guard start + 1 < word.count, !word[start].isNumber, !word[start + 1].isNumber else { return false }
        swapped.swapAt(start, start + 1)
        return swapped == name
    }
    var longer = word.count > name.count ? word : name
    // The first difference is just after the letter that is there twice, or further on where there are three.
    guard start > 0, start < longer.count, longer[start] == longer[start - 1], !longer[start].isNumber else {
        return false
    }
    longer.remove(at: start)
    return longer == (word.count > name.count ? name : word)
}

extension Unicode.Scalar {
    fileprivate var isNumber: Bool { properties.numericType != nil }
}

/// The number of edits between two words: Damerau and Levenshtein's, each place edited once at most.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
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
