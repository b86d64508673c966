internal import TopoEmit
public import TopoPlan
public import TopoTemplates
internal import TopoText

/// Draws a figure of a plan.
/// - Parameters:
///   - notation: the language to write it in.
///   - templates: the frames of DOT figures.
/// - Returns: the figure's text.
/// - Throws: `FigureError` where the topology has nothing of what the view shows.
public func drawFigure(
    _ plan: Plan, _ options: FigureOptions, in notation: FigureNotation = .dot, templates: Templates
) throws(FigureError) -> String {
    let subject = try FigureSubject(plan, options)
    let style = Style(options, subject)
    let title = "\(plan.title): \(style.words.view(options.view))"
    // These languages have one line for a title.
    let line = ([title] + options.trail.captions).joined(separator: "; ")
    switch notation {
    case .dot:
        return dotFigure(
            plan, subject, style, title: ([title] + options.trail.captions).joined(separator: "\n"), templates)
    case .mermaid:
        return MermaidText(
            sketch: sketch(subject, style), theme: style.theme, title: line, comment: "Written by topoc"
        ).text
    case .d2:
        return D2Text(
            sketch: sketch(subject, style), theme: style.theme, title: line, comment: "Written by topoc"
        ).text
    }
}

private func sketch(_ subject: FigureSubject, _ style: Style) -> Sketch {
    switch style.options.view {
    case .layer2, .underlay, .overlay, .host: L2Sketch(subject: subject, style: style).sketch
    case .layer3: L3Sketch(subject: subject, style: style).sketch
    }
}

private func dotFigure(
    _ plan: Plan, _ subject: FigureSubject, _ style: Style, title: String, _ templates: Templates
) -> String {
    let (template, lines): (String, [String]) =
        switch style.options.view {
        case .layer2, .underlay, .overlay, .host: ("l2.dot", L2Figure(subject, style).lines())
        case .layer3: ("l3.dot", L3Figure(subject, style).lines())
        }
    let description = [plan.description, subject.summary(style.words)].compactMap { $0 }.joined(separator: "\n")
    let values: [String: Filling] = [
        "name": .text(dotID([(style.words.view(style.options.view), plan.name)])),
        "id": .text(svgID(style.options.view, [("figure", plan.name)])),
        "title": .text(DOT.string(title)),
        "titleComment": .text(shellComment("\"\(plan.title)\"")),
        "description": .text(DOT.string(description)),
        "background": .text(style.theme.background),
        "text": .text(style.theme.text),
        "line": .text(style.theme.line),
        "lines": .texts(lines),
    ]
    return templates.render(template, values)
}
