import TopoDiagnostics
internal import TopoText

/// How a file differs from what it would be, in the unified format of `diff -u`; "" where they are the same.
///
/// Mending changes lines and neither adds nor removes any, so that line stands against line.
func difference(from old: SourceFile, to new: SourceFile) -> String {
    guard old.bytes != new.bytes, old.lineCount == new.lineCount else { return "" }
    let changed = (1...old.lineCount).filter { lineBytes(old, $0) != lineBytes(new, $0) }
    // Changes whose three lines of context meet are one hunk.
    var hunks: [(first: Int, last: Int)] = []
    for line in changed {
        if let last = hunks.last?.last, line - last <= 6 {
            hunks[hunks.count - 1].last = line
        } else {
            hunks.append((line, line))
        }
    }
    let name = visiblePath(old.path)
    return "--- \(name)\n+++ \(name)\n"
        + hunks.map { hunk(old, new, from: $0.first, to: $0.last, changed: Set(changed)) }.joined()
}

private func hunk(_ old: SourceFile, _ new: SourceFile, from first: Int, to last: Int, changed: Set<Int>) -> String {
    // The place after a file's last line end is no line.
    let count = old.span(ofLine: old.lineCount).length == 0 ? old.lineCount - 1 : old.lineCount
    let lines = max(1, first - 3)...min(count, last + 3)
    var text = "@@ -\(lines.lowerBound),\(lines.count) +\(lines.lowerBound),\(lines.count) @@\n"
    var line = lines.lowerBound
    while line <= lines.upperBound {
        guard changed.contains(line) else {
            text += shown(old, line, after: " ")
            line += 1
            continue
        }
        let run = (line...lines.upperBound).prefix(while: changed.contains)
        for line in run { text += shown(old, line, after: "-") }
        for line in run { text += shown(new, line, after: "+") }
        line += run.count
    }
    return text
}

private func shown(_ source: SourceFile, _ line: Int, after sign: String) -> String {
    let bytes = lineBytes(source, line)
    let text = sign + String(decoding: bytes, as: UTF8.self)
    return bytes.last == 0x0A ? text : text + "\n\\ No newline at end of file\n"
}

/// A line's bytes with its end.
private func lineBytes(_ source: SourceFile, _ line: Int) -> ArraySlice<UInt8> {
    let end = line < source.lineCount ? source.span(ofLine: line + 1).start : source.bytes.count
    return source.bytes[source.span(ofLine: line).start..<end]
}
