import Glibc
internal import TopoText

/// A line at the end of a terminal that says what takes so long, and is gone when it is done.
struct ProgressLine {
    private var isShown = false
    private let start = Glibc.time(nil)

    /// Whether somebody looks at standard error who can be shown a line that changes.
    static var isWanted: Bool {
        guard isatty(StandardStream.error.rawValue) == 1 else { return false }
        return getenv("TERM").map { strcmp($0, "dumb") != 0 } ?? false
    }

    /// Shows a text in place of the one before, with how long it has taken.
    mutating func show(_ text: String) {
        isShown = true
        StandardStream.say("\r\(visible(text)): \(LabState.span(max(1, Glibc.time(nil) - start)))\u{1B}[K")
    }

    /// Takes the line away.
    mutating func erase() {
        if isShown { StandardStream.say("\r\u{1B}[K") }
        isShown = false
    }
}
