/// Names of files and words of the command line as Swift texts, without a loss.
///
/// Linux takes any bytes in them but NUL. A byte that is not part of UTF-8 becomes one scalar, U+10F780 to U+10F7FF, in
/// a plane for private use. So do the bytes of such a scalar itself: no two names become one text.
public enum ByteText {
    private static let base: UInt32 = 0x10F700

    /// The byte that a scalar stands for; nil for one that stands for itself.
    static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        base + 0x80...base + 0xFF ~= scalar.value ? UInt8(scalar.value - base) : nil
    }

    /// The text of these bytes.
    public static func text(_ bytes: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        var decoder = Unicode.UTF8.ForwardParser()
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            var next = rest.makeIterator()
            let parsed = decoder.parseScalar(from: &next)
            decoder = Unicode.UTF8.ForwardParser()
            if case .valid(let encoded) = parsed, byte(of: Unicode.UTF8.decode(encoded)) == nil {
                text.append(Unicode.UTF8.decode(encoded))
                rest = rest.dropFirst(encoded.count)
            } else {
                // The first byte of what is no scalar is above 0x7F: every byte below is one.
                text.append(Unicode.Scalar(base + UInt32(rest.removeFirst())) ?? "?")
            }
        }
        return String(text)
    }

    /// The bytes that a text stands for.
    public static func bytes(of text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if let byte = byte(of: scalar) { bytes.append(byte) } else { bytes += String(scalar).utf8 }
        }
        return bytes
    }

    /// The text with U+FFFD for each byte that is not part of UTF-8: for documents, which must be UTF-8.
    public static func replaced(_ text: String) -> String {
        var replaced = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { replaced.append(byte(of: scalar) == nil ? scalar : "\u{FFFD}") }
        return String(replaced)
    }
}

/// A file's name, or a word of the command line, for a message: what would act on a terminal is made visible. Other
/// bytes that are not UTF-8 stay in it, and are written as they are by whoever writes `ByteText.bytes(of:)`.
public func visiblePath(_ path: String) -> String {
    var text = ""
    for scalar in path.unicodeScalars {
        switch ByteText.byte(of: scalar) {
        // C1 controls, for a terminal that does not speak UTF-8.
        case .some(0x80...0x9F): text += "<\(String(scalar.value & 0xFF, radix: 16, uppercase: true))>"
        case .some: text.unicodeScalars.append(scalar)
        case nil: text += visible(String(scalar))
        }
    }
    return text
}
