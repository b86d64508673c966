/// What stands between two values beside the signs that divide them.
enum GapItem {
    /// An empty line, or several.
    case blank
    /// A comment behind something; whether that is what stands before the gap, or the comment before.
    case note(Piece.Note, onSameLine: Bool)
    /// A comment on its own line, or a line that begins or ends a document; the scalars before it.
    case line(String, column: Int)
}

/// Reads what is between two values of a file.
struct GapReader {
    let bytes: [UInt8]

    /// The comments and empty lines of some bytes.
    func items(from start: Int, to end: Int) -> [GapItem] {
        var items: [GapItem] = []
        var isOwnLine = start == 0 || isBreak(start - 1)
        var breaks = isOwnLine && start > 0 ? 1 : 0
        var isSameLine = true
        var offset = start
        while offset < end {
            let length = breakLength(at: offset)
            if length > 0 {
                breaks += 1
                isOwnLine = true
                isSameLine = false
                offset += length
                continue
            }
            guard let stop = endOfLineItem(at: offset, isOwnLine: isOwnLine) else {
                if bytes[offset] != 0x20, bytes[offset] != 0x09, !isMark(offset) {
                    if breaks > 1 { items.append(.blank) }
                    (isOwnLine, breaks) = (false, 0)
                }
                offset += 1
                continue
            }
            if breaks > 1, !(items.isEmpty && start == 0) { items.append(.blank) }
            breaks = 0
            let text = bytes[offset..<stop].trimmed.text
            items.append(
                isOwnLine
                    ? .line(text, column: column(of: offset))
                    : .note(.init(text: text, column: noteColumn(offset)), onSameLine: isSameLine))
            isOwnLine = false
            isSameLine = true
            offset = stop
        }
        if breaks > 1 { items.append(.blank) }
        return items
    }

    /// The scalars before a place on its line.
    func column(of offset: Int) -> Int {
        var start = offset
        while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
        let isFirst = start == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
        return bytes[start..<offset].count { $0 & 0xC0 != 0x80 } - (isFirst ? 1 : 0)
    }

    private func noteColumn(_ offset: Int) -> Int? {
        var start = offset
        while start > 0, bytes[start - 1] == 0x20 { start -= 1 }
        return start > 0 && bytes[start - 1] == 0x09 ? nil : column(of: offset)
    }

    /// Where a comment ends that begins here, or a line of a document's start or end; nil for anything else.
    private func endOfLineItem(at offset: Int, isOwnLine: Bool) -> Int? {
        let isFirst = isOwnLine && column(of: offset) == 0
        if bytes[offset] == UInt8(ascii: "#") || isFirst && bytes[offset] == UInt8(ascii: "%") {
            var end = offset
            while end < bytes.count, breakLength(at: end) == 0 { end += 1 }
            return end
        }
        let sign = bytes[offset...].prefix(3)
        guard isFirst, sign.elementsEqual("---".utf8) || sign.elementsEqual("...".utf8) else { return nil }
        return offset + 3
    }

    /// True for a byte order mark's bytes.
    private func isMark(_ offset: Int) -> Bool { offset < 3 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) }

    private func isBreak(_ offset: Int) -> Bool { bytes[offset] == 0x0A || bytes[offset] == 0x0D }

    /// The bytes of a line's end, by libyaml's count: also NEL, LS and PS end a comment.
    private func breakLength(at offset: Int) -> Int {
        switch bytes[offset] {
        case 0x0A: 1
        case 0x0D: offset + 1 < bytes.count && bytes[offset + 1] == 0x0A ? 2 : 1
        case 0xC2: bytes[offset...].starts(with: [0xC2, 0x85]) ? 2 : 0
        case 0xE2:
            bytes[offset...].starts(with: [0xE2, 0x80, 0xA8]) || bytes[offset...].starts(with: [0xE2, 0x80, 0xA9])
                ? 3 : 0
        default: 0
        }
    }
}
