/// A command that has one processor for all its processes, where there is one of that number; else it is as it was.
///
/// For user-mode Linux: it has one, and its processes take turns. On two they would wake each other across processors at
/// each system call, which takes a quarter more of the processors' time.
public func onProcessor(_ number: Int, _ words: [String]) -> [String] {
    let script = #"taskset -c "$0" true 2>/dev/null && exec taskset -c "$0" "$@"; exec "$@""#
    return ["sh", "-c", script, "\(number)"] + words
}
