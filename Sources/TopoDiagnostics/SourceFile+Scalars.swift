extension SourceFile {
    /// One step through the file's text.
    public struct Step: Sendable, Hashable {
        /// The scalar read; nil where the bytes are no UTF-8.
        public let scalar: Unicode.Scalar?
        /// The bytes it takes, at least 1; of bytes that are no UTF-8, always 1.
        public let length: Int
    }

    /// The Unicode scalar that begins at a byte, by the table of well-formed UTF-8 (Unicode 16, table 3-7).
    /// - Parameter offset: less than the number of bytes.
    public func scalar(at offset: Int) -> Step {
        let first = bytes[offset]
        if first < 0x80 { return Step(scalar: Unicode.Scalar(first), length: 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard (0xC2...0xF4).contains(first), offset + length <= bytes.count else { return Step(scalar: nil, length: 1) }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for byte in bytes[(offset + 1)..<(offset + length)] {
            guard byte & 0xC0 == 0x80 else { return Step(scalar: nil, length: 1) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let least: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
        // Unicode.Scalar refuses surrogates and what is above U+10FFFF.
        guard value >= least, let scalar = Unicode.Scalar(value) else { return Step(scalar: nil, length: 1) }
        return Step(scalar: scalar, length: length)
    }

    /// The length of the byte order mark at the file's start: 3 or 0.
    public var byteOrderMarkLength: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
}
