/// Finding where a value's own bytes begin and end.
extension UnsafeBufferPointer<UInt8> {
    /// Where a value begins that libyaml gives with its anchor and tag: past these, and past the white space, line
    /// ends and comments after them. Where nothing follows them, just after the last of them.
    /// - Parameters:
    ///   - start: where the first anchor or tag begins.
    ///   - end: where the value ends; of a collection, where its start ends.
    func contentStart(from start: Int, to end: Int) -> Int {
        var offset = start
        var afterProperty = start
        while offset < count {
            switch self[offset] {
            case UInt8(ascii: "&"), UInt8(ascii: "!"):
                while offset < count, !isBlank(self[offset]), !isFlowIndicator(self[offset]) { offset += 1 }
                afterProperty = offset
            case UInt8(ascii: "#"):
                while offset < count, self[offset] != 0x0A, self[offset] != 0x0D { offset += 1 }
            case let byte where isBlank(byte):
                offset += 1
            default:
                return offset < end || end > afterProperty ? offset : afterProperty
            }
        }
        return afterProperty
    }

    /// The end of a text without the blanks and line ends at its end.
    func trimmedEnd(from start: Int, to end: Int) -> Int {
        var end = end
        while end > start, isBlank(self[end - 1]) { end -= 1 }
        return end
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private func isFlowIndicator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
        default: false
        }
    }
}
