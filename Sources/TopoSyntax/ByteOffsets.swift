/// Turns libyaml's places, which count Unicode scalars, into byte offsets.
///
/// libyaml's places move forward with small steps back, so a cursor that walks from the last place to the next reads
/// the file about once. In a file that is all ASCII there is nothing to walk.
struct ByteOffsets {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let isASCII: Bool
    private var scalars = 0
    private var offset = 0

    /// Takes well-formed UTF-8.
    init(_ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) {
        self.bytes = bytes
        self.isASCII = isASCII
    }

    /// The offset of the first byte of the scalar that has `index` scalars before it, or the end of the bytes.
    mutating func byteOffset(ofScalar index: Int) -> Int {
        if isASCII { return min(index, bytes.count) }
        while scalars < index, offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            scalars += 1
        }
        while scalars > index {
            offset -= 1
            while bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
            scalars -= 1
        }
        return offset
    }
}
