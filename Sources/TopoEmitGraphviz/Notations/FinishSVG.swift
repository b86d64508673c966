/// Makes of Graphviz's SVG one that stands by itself: named and described for those who do not see it, without the
/// document type that names a place on the network, and without Graphviz's version.
///
/// Title and description are the figure's own, found in the drawing: its label and its tooltip.
/// - Parameters:
///   - svg: what `dot -Tsvg` wrote.
///   - widths: how wide its texts are; those that are known fit into their boxes with any font.
/// - Returns: the SVG, from its `<svg>` on; the text as it was where that is none of Graphviz's.
public func finishSVG(_ svg: String, _ widths: TextWidths = TextWidths()) -> String {
    // By bytes: a sign of XML with a mark after it is one Character to Swift, and not that sign.
    let bytes = svg.utf8
    guard let start = bytes.firstRange(of: "<svg ".utf8),
        let end = bytes[start.upperBound...].firstIndex(of: UInt8(ascii: ">")),
        let figure = bytes.firstRange(of: "class=\"graph\"".utf8)
    else { return svg }
    let graph = bytes[figure.upperBound...]
    let description = text(in: graph, after: "xlink:title=\"", until: "\"")
    let title = text(in: graph, after: "<text ", until: "</text>").map {
        Substring($0.utf8.drop { $0 != UInt8(ascii: ">") }.dropFirst())
    }
    let id = bytes[..<figure.lowerBound].ranges(of: "<g id=\"".utf8).last.map {
        Substring(bytes[$0.upperBound...].prefix { $0 != UInt8(ascii: "\"") })
    }
    let name = id.map(String.init) ?? "figure"
    var head = "<svg role=\"img\" aria-labelledby=\"\(name)/title \(name)/description\" "
    head += svg[start.upperBound..<bytes.index(after: end)]
    head += "\n<title id=\"\(name)/title\">\(title ?? "")</title>"
    head += "\n<desc id=\"\(name)/description\">\(onOneLine(description ?? ""))</desc>"
    return head + fitTexts(svg[bytes.index(after: end)...].utf8, widths)
}

private func text(in svg: Substring.UTF8View, after start: String, until end: String) -> Substring? {
    guard let start = svg.firstRange(of: start.utf8), let end = svg[start.upperBound...].firstRange(of: end.utf8)
    else { return nil }
    return Substring(svg[start.upperBound..<end.lowerBound])
}

/// A text of an attribute with a space for each line end.
private func onOneLine(_ text: Substring) -> String {
    String(decoding: Array(text.utf8).replacing("&#10;".utf8, with: " ".utf8), as: UTF8.self)
}
