/// Colours the parts of a rendered finding, or leaves them as they are.
struct Ink {
    /// The parts that have a colour of their own.
    enum Part {
        case severity(Diagnostic.Severity)
        case message
        case gutter
        case secondary
        case help
    }

    /// Whether there are colours.
    let style: RenderStyle

    /// The text in the colour of its part.
    func paint(_ text: String, _ part: Part) -> String {
        switch style {
        case .plain: text
        case .colored: text.isEmpty ? "" : "\u{1B}[\(code(part))m\(text)\u{1B}[0m"
        }
    }

    /// The parameters of SGR: bold is 1, the foreground colours are 30 to 37.
    private func code(_ part: Part) -> String {
        switch part {
        case .severity(.error): "1;31"
        case .severity(.warning): "1;33"
        case .message: "1"
        case .gutter, .secondary: "34"
        case .help: "36"
        }
    }
}
