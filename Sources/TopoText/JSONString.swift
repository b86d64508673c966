/// A string of JSON (RFC 8259, 7), in quotes. It keeps the text: controls, bidirectional formatting and whatever else a
/// reader would not see stand as `\u` and their code units.
/// - Parameter isForHTML: whether `<`, `>` and `&` are escaped as well, so that no element of HTML ends in it.
public func jsonString(_ text: String, isForHTML: Bool = false) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": bytes += "\\\"".utf8
        case "\\": bytes += "\\\\".utf8
        case "\n" where !isForHTML: bytes += "\\n".utf8
        case "\r" where !isForHTML: bytes += "\\r".utf8
        case "\t" where !isForHTML: bytes += "\\t".utf8
        case "<", ">", "&": isForHTML ? addEscape(of: scalar, to: &bytes) : bytes.append(UInt8(ascii: scalar))
        case " "..."~": bytes.append(UInt8(ascii: scalar))
        default:
            if standIn(for: scalar) == nil {
                bytes += UTF8.encode(scalar).map(Array.init) ?? []
            } else {
                addEscape(of: scalar, to: &bytes)
            }
        }
    }
    bytes.append(UInt8(ascii: "\""))
    return bytes
}

private func addEscape(of scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    for unit in UTF16.encode(scalar).map(Array.init) ?? [] {
        let digits = String(unit, radix: 16)
        bytes += ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8
    }
}
