public import TopoDiagnostics

/// Reads a topology file as YAML 1.1 in the way of libyaml, with the byte span of every value.
/// - Returns: the document's value; nil, with errors, where the file is no single YAML document within `Limits`.
public func read(_ source: SourceFile) -> Outcome<Node> {
    if let refusal = refusal(of: source) { return Outcome(nil, [refusal]) }
    let start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = source.bytes[start...]
    return text.withUnsafeBufferPointer { buffer in
        var builder = TreeBuilder(source: source, parser: EventParser(buffer, offsets: ScalarOffsets(text)))
        return builder.build()
    }
}

/// What keeps a file from being read as text at all.
private func refusal(of source: SourceFile) -> Diagnostic? {
    let bytes = source.bytes
    if bytes.count > Limits.fileSize {
        return Diagnostic(
            .fileTooLarge, "the file has \(bytes.count) bytes, and \(Limits.fileSize) are allowed",
            at: .init(Span(0, 0)),
            help: ["describe parts that do not touch each other in files of their own"])
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        return Diagnostic(
            .notUTF8, "the file is in UTF-16, and UTF-8 is expected", at: .init(Span(0, 2), "UTF-16's byte order mark"),
            help: ["save it as UTF-8; on Linux: iconv -f UTF-16 -t UTF-8 FILE"])
    }
    guard let offset = firstInvalidByte(of: bytes) else { return nil }
    let byte = String(bytes[offset], radix: 16, uppercase: true)
    return Diagnostic(
        .notUTF8, "the file is not in UTF-8: byte 0x\(byte) at offset \(offset)",
        at: .init(Span(offset, offset + 1), "no part of a UTF-8 character"),
        help: ["save it as UTF-8; from Latin-1 on Linux: iconv -f LATIN1 -t UTF-8 FILE"])
}

/// The offset of the first byte that is not part of a character in UTF-8 (RFC 3629); nil where all are.
private func firstInvalidByte(of bytes: [UInt8]) -> Int? {
    guard bytes.contains(where: { $0 >= 0x80 }), String(validating: bytes, as: UTF8.self) == nil else { return nil }
    var decoder = UTF8()
    var iterator = CountingIterator(bytes)
    while true {
        let start = iterator.count
        switch decoder.decode(&iterator) {
        case .scalarValue: continue
        case .emptyInput: return nil
        case .error:
            // The decoder has read on; the byte that ended a good beginning is the one after it.
            return (start..<bytes.count).first {
                String(validating: bytes[start...$0], as: UTF8.self) == nil && bytes[$0] >= 0x80
            }
        }
    }
}

/// An iterator over bytes that counts those it has given.
private struct CountingIterator: IteratorProtocol {
    private let bytes: [UInt8]
    private(set) var count = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> UInt8? {
        guard count < bytes.count else { return nil }
        defer { count += 1 }
        return bytes[count]
    }
}
