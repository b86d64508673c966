/// Makes of Graphviz's SVG one that stands by itself: named and described for those who do not see it, without the
/// document type that names a place on the network, and without Graphviz's version.
///
/// Title and description are the figure's own, found in the drawing: its label and its tooltip.
/// - Parameter svg: what `dot -Tsvg` wrote.
/// - Returns: the SVG, from its `<svg>` on; the text as it was where that is none of Graphviz's.
public func finishSVG(_ svg: String) -> String {
    guard let start = svg.firstRange(of: "<svg "), let end = svg[start.upperBound...].firstIndex(of: ">"),
        let figure = svg.firstRange(of: "class=\"graph\"")
    else { return svg }
    let graph = svg[figure.upperBound...]
    let description = text(in: graph, after: "xlink:title=\"", until: "\"")
    let title = text(in: graph, after: "<text ", until: "</text>").map { $0.drop { $0 != ">" }.dropFirst() }
    let id = svg[..<figure.lowerBound].ranges(of: "<g id=\"").last.map { svg[$0.upperBound...].prefix { $0 != "\"" } }
    let name = id.map(String.init) ?? "figure"
    var head = "<svg role=\"img\" aria-labelledby=\"\(name)/title \(name)/description\" "
    head += svg[start.upperBound...end]
    head += "\n<title id=\"\(name)/title\">\(title ?? "")</title>"
    head += "\n<desc id=\"\(name)/description\">\((description ?? "").replacing("&#10;", with: " "))</desc>"
    return head + svg[svg.index(after: end)...]
}

private func text(in svg: Substring, after start: String, until end: String) -> Substring? {
    guard let start = svg.firstRange(of: start), let end = svg[start.upperBound...].firstRange(of: end) else {
        return nil
    }
    return svg[start.upperBound..<end.lowerBound]
}
