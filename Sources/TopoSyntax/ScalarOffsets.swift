/// Where the Unicode scalars of a text begin: libyaml counts scalars, spans count bytes.
struct ScalarOffsets {
    private let bytes: ArraySlice<UInt8>
    /// The offset of every 64th scalar; empty where all bytes are ASCII.
    private var checkpoints: [Int] = []
    private static let stride = 64

    /// Takes valid UTF-8; counting begins at its first byte.
    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        guard bytes.contains(where: { $0 >= 0x80 }) else { return }
        var count = 0
        for (offset, byte) in zip(bytes.indices, bytes) where byte & 0xC0 != 0x80 {
            if count % ScalarOffsets.stride == 0 { checkpoints.append(offset) }
            count += 1
        }
    }

    /// The byte offset in the file of a scalar, by its number from 0; the end of the text for one past it.
    func byteOffset(ofScalar number: Int) -> Int {
        guard !checkpoints.isEmpty else { return min(bytes.startIndex + number, bytes.endIndex) }
        let checkpoint = number / ScalarOffsets.stride
        guard checkpoint < checkpoints.count else { return bytes.endIndex }
        var offset = checkpoints[checkpoint]
        var left = number % ScalarOffsets.stride
        while left > 0, offset < bytes.endIndex {
            offset += 1
            while offset < bytes.endIndex, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            left -= 1
        }
        return offset
    }
}
