import TopoDiagnostics

/// What is found when a file's bytes are read as text.
struct TextCheck {
    /// True where every byte is ASCII, but for a byte order mark at the start.
    let isASCII: Bool
    /// The first thing that is no text.
    let diagnostic: Diagnostic?

    /// Reads all bytes once: well-formed UTF-8, and the characters that YAML allows (1.1, 5.1).
    init(_ source: SourceFile) {
        if let encoding = Self.otherEncoding(source.bytes) {
            isASCII = false
            diagnostic = Self.notUTF8(source, at: 0, what: "the file is in \(encoding), not in UTF-8")
            return
        }
        var offset = source.byteOrderMarkLength
        var isASCII = true
        source.bytes.withUnsafeBufferPointer { bytes in
            while offset < bytes.count {
                let byte = bytes[offset]
                if byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                    offset += 1
                    continue
                }
                let step = source.scalar(at: offset)
                guard let scalar = step.scalar, Self.isAllowed(scalar) else { return }
                isASCII = false
                offset += step.length
            }
        }
        self.isASCII = isASCII
        diagnostic = offset < source.bytes.count ? Self.refusal(source, at: offset) : nil
    }

    /// YAML 1.1's printable characters; a byte order mark inside of the text is none of them.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x85, 0x20...0x7E, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private static func otherEncoding(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) { return "UTF-16 (little-endian)" }
        if bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16 (big-endian)" }
        return nil
    }

    private static func refusal(_ source: SourceFile, at offset: Int) -> Diagnostic {
        let step = source.scalar(at: offset)
        guard let scalar = step.scalar else {
            let byte = hexadecimal(UInt32(source.bytes[offset]), digits: 2)
            return notUTF8(source, at: offset, what: "byte 0x\(byte) at offset \(offset) is not valid UTF-8")
        }
        let code = "U+" + hexadecimal(scalar.value, digits: 4)
        let what =
            switch scalar.value {
            case 0: "a NUL byte (\(code))"
            case 0xFEFF: "a byte order mark (\(code)) in the middle of the file"
            case 0xFFFE, 0xFFFF: "the character \(code)"
            default: "the control character \(code)"
            }
        return Diagnostic(
            .unsupportedYAML, "\(what) is not allowed in YAML", at: .init(Span(offset, offset + step.length)),
            help: [
                scalar.value == 0
                    ? "check that it is a text file; UTF-16 must be saved as UTF-8" : "remove the character"
            ])
    }

    private static func notUTF8(_ source: SourceFile, at offset: Int, what: String) -> Diagnostic {
        Diagnostic(
            .notUTF8, what, at: .init(Span(offset, min(offset + 1, source.bytes.count))),
            help: ["save the file as UTF-8"])
    }

    private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
