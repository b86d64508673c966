/// What a command is to print, where `…` stands for any text in a line, and a line of nothing else for any lines.
struct Expectation {
    let lines: [String]

    /// Says whether these lines are what was expected. Spaces at the end of a line, and empty lines, do not count.
    func matches(_ printed: [String]) -> Bool {
        let wanted = lines.map(Expectation.trimmed).filter { !$0.isEmpty }
        let seen = printed.map(Expectation.trimmed).filter { !$0.isEmpty }
        return Expectation.fits(wanted[...], seen[...], gap: "…") { line, text in
            Expectation.fits(Array(line)[...], Array(text)[...], gap: "…", ==)
        }
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.last?.isWhitespace == true { line.removeLast() }
        return line
    }

    /// Matches a pattern with gaps: after a mismatch, the last gap takes in one more element.
    private static func fits<Element: Equatable>(
        _ pattern: ArraySlice<Element>, _ text: ArraySlice<Element>, gap: Element, _ same: (Element, Element) -> Bool
    ) -> Bool {
        var (at, next) = (pattern.startIndex, text.startIndex)
        var retry: (at: Int, next: Int)?
        while next < text.endIndex {
            if at < pattern.endIndex, pattern[at] == gap {
                retry = (at + 1, next)
                at += 1
            } else if at < pattern.endIndex, same(pattern[at], text[next]) {
                at += 1
                next += 1
            } else if let last = retry {
                retry = (last.at, last.next + 1)
                (at, next) = (last.at, last.next + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == gap }
    }
}
