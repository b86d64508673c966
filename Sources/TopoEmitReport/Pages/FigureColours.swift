internal import TopoEmitGraphviz

/// The rules by which a page shows figures drawn in the light theme in its own theme.
enum FigureColours {
    /// A colour of the light theme, and of another.
    private typealias Pair = (name: String, light: String, dark: String)

    private static let pairs: [Pair] =
        Look.allCases.flatMap { look in
            [
                ("\(look.rawValue)-stroke", look.stroke(.light), look.stroke(.dark)),
                ("\(look.rawValue)-fill", look.fill(.light), look.fill(.dark)),
            ]
        } + [
            ("line", Theme.light.line, Theme.dark.line),
            ("host-stroke", Theme.light.hostStroke, Theme.dark.hostStroke),
            ("host-fill", Theme.light.hostFill, Theme.dark.hostFill),
            ("background", Theme.light.background, Theme.dark.background),
        ]

    /// Custom properties for both themes, and rules that put them in place of the drawn colours.
    static var css: String {
        let light = pairs.map { "--figure-\($0.name):\($0.light)" } + own(.light)
        let dark = pairs.map { "--figure-\($0.name):\($0.dark)" } + own(.dark)
        let rules = pairs.flatMap { pair in
            ["fill", "stroke"].map { property in
                ".figure svg [\(property)=\"\(pair.light)\"]{\(property):var(--figure-\(pair.name))}"
            }
        }
        return """
            :root{\(light.joined(separator: ";"))}
            @media screen and (prefers-color-scheme:dark){:root:not([data-theme="light"]){\(dark.joined(separator: ";"))}}
            @media screen{:root[data-theme="dark"]{\(dark.joined(separator: ";"))}}
            \(rules.joined(separator: "\n"))
            """
    }

    private static func own(_ theme: Theme) -> [String] {
        [
            "--background:\(theme.background)", "--text:\(theme.text)", "--trail:\(theme.trail)",
            "--panel:\(theme.hostFill)", "--border:\(theme.hostStroke)", "--accent:\(Look.bridge.stroke(theme))",
            "--good:\(Look.container.stroke(theme))", "--bad:\(Look.tunnel.stroke(theme))",
            "color-scheme:\(theme == .dark ? "dark" : "light")",
        ]
    }
}
