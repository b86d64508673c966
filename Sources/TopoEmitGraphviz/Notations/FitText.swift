internal import TopoText

/// Tells the texts of an SVG how wide they are, so that they fit into their boxes with any font.
func fitTexts(_ svg: Substring.UTF8View, _ widths: TextWidths) -> String {
    var fitted: [UInt8] = []
    var rest = svg
    while let start = rest.firstRange(of: "<text ".utf8),
        let head = rest[start.upperBound...].firstIndex(of: UInt8(ascii: ">")),
        let end = rest[head...].firstRange(of: "</text>".utf8)
    {
        let attributes = Substring(rest[start.upperBound..<head])
        let text = plain(Substring(rest[rest.index(after: head)..<end.lowerBound]))
        fitted += rest[..<start.upperBound]
        // Blanks at an end are not drawn, and are not to be made up for.
        let isWhole = text.utf8.first != UInt8(ascii: " ") && text.utf8.last != UInt8(ascii: " ")
        if isWhole, let size = attribute("font-size", of: attributes).flatMap(Double.init),
            let width = widths.width(
                text, size: size, isBold: attribute("font-weight", of: attributes)?.begins(with: "bold") ?? false)
        {
            fitted += "textLength=\"\(width)\" lengthAdjust=\"spacingAndGlyphs\" ".utf8
        }
        fitted += rest[start.upperBound..<end.upperBound]
        rest = rest[end.upperBound...]
    }
    return String(decoding: fitted + Array(rest), as: UTF8.self)
}

private func attribute(_ name: String, of attributes: Substring) -> String? {
    guard let start = attributes.utf8.firstRange(of: "\(name)=\"".utf8) else { return nil }
    return String(decoding: attributes.utf8[start.upperBound...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
}

/// The text that XML's references stand for, with a space for one that does not break.
private func plain(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8
    let names = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
    while let sign = rest.first {
        rest = rest.dropFirst()
        guard sign == UInt8(ascii: "&"), let end = rest.firstIndex(of: UInt8(ascii: ";")) else {
            bytes.append(sign)
            continue
        }
        let name = String(decoding: rest[..<end], as: UTF8.self)
        let code =
            name.utf8.first == UInt8(ascii: "#") ? UInt32(String(decoding: name.utf8.dropFirst(), as: UTF8.self)) : nil
        if let scalar = code.flatMap(Unicode.Scalar.init) {
            bytes += scalar.value == 0xA0 ? [UInt8(ascii: " ")] : Array(String(scalar).utf8)
        } else {
            bytes += (names[name] ?? "&\(name);").utf8
        }
        rest = rest[rest.index(after: end)...]
    }
    return String(decoding: bytes, as: UTF8.self)
}
