/// Questions about the UTF-8 bytes of a text.
///
/// Swift's own `==`, `hasPrefix`, `split` and `contains` look at Characters: to them an apostrophe with a combining mark is
/// no apostrophe, CR LF is one sign, and two spellings of `é` are equal. Shells, kernels and parsers see bytes.
extension StringProtocol {
    /// Whether the first bytes are those of `prefix`.
    public func begins(with prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

    /// Whether the last bytes are those of `suffix`.
    public func ends(with suffix: String) -> Bool { utf8.reversed().starts(with: suffix.utf8.reversed()) }

    /// Whether the bytes are those of `other`: é in one scalar and é in two are different.
    public func isSame(as other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }

    /// Whether one of the ASCII signs in `signs` is among the bytes.
    public func hasByte(of signs: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: signs.utf8Start, count: signs.utf8CodeUnitCount)
        return utf8.contains { wanted.contains($0) }
    }

    /// The texts between the bytes that are the ASCII sign `separator`; empty ones too.
    public func parts(at separator: Unicode.Scalar) -> [String] {
        utf8.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The text with `replacement` for every byte that is the ASCII sign `sign`.
    public func replacingBytes(_ sign: Unicode.Scalar, with replacement: String) -> String {
        let wanted = UInt8(ascii: sign)
        guard utf8.contains(wanted) else { return String(self) }
        var bytes = [UInt8]()
        bytes.reserveCapacity(utf8.count + replacement.utf8.count)
        for byte in utf8 {
            if byte == wanted { bytes += replacement.utf8 } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
