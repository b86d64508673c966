public import ArgumentParser
import TopoDiagnostics
public import TopoEmitGraphviz
internal import TopoText

/// What `--format` of a figure takes.
enum PictureFormat: String, CaseIterable, ExpressibleByArgument {
    case dot
    case svg
    case pdf
    case png
    case mermaid
    case d2

    /// The format that a file's name asks for; dot where there is no file.
    /// - Throws: `UsageError` for an ending that says nothing.
    init(ending path: String?) throws(UsageError) {
        guard let path = ResultPlace(path).path else {
            self = .dot
            return
        }
        let ending = path.pathEnding ?? ""
        let known = ["gv": PictureFormat.dot, "mmd": .mermaid]
        guard let format = PictureFormat(rawValue: ending) ?? known[ending] else {
            throw UsageError(
                "\"\(visiblePath(path))\" does not tell the format: say --format \(PictureFormat.allValueStrings.joined(separator: ", "))"
            )
        }
        self = format
    }

    /// The language that the figure is written in, or drawn from.
    var notation: FigureNotation {
        switch self {
        case .dot, .svg, .pdf, .png: .dot
        case .mermaid: .mermaid
        case .d2: .d2
        }
    }

    /// What Graphviz makes of it; nil for a text.
    var picture: Graphviz.Picture? {
        switch self {
        case .dot, .mermaid, .d2: nil
        case .svg: .svg
        case .pdf: .pdf
        case .png: .png
        }
    }

    /// Whether it can be read on a terminal.
    var isText: Bool {
        switch self {
        case .dot, .mermaid, .d2, .svg: true
        case .pdf, .png: false
        }
    }
}

extension FigureView: ExpressibleByArgument {
    /// `l2`, `l3`, `underlay`, `overlay` or `host=NAME`.
    public init?(argument: String) {
        switch argument {
        case "l2": self = .layer2
        case "l3": self = .layer3
        case "underlay": self = .underlay
        case "overlay": self = .overlay
        default:
            guard argument.begins(with: "host="), argument.utf8.count > 5 else { return nil }
            self = .host(String(Substring(argument.utf8.dropFirst(5))))
        }
    }

    /// As it is written on the command line.
    public var defaultValueDescription: String { name }
}

extension Folding: ExpressibleByArgument {
    /// `auto`, `never`, or a number of 1 at least.
    public init?(argument: String) {
        switch argument {
        case "auto": self = .automatic
        case "never": self = .never
        default:
            guard let count = Int(argument), count >= 1 else { return nil }
            self = .above(count)
        }
    }

    /// What `--fold` says of itself, wherever it is taken.
    static let help = ArgumentHelp(
        """
        When similar containers on one bridge are drawn as one: auto (more than 12 of them, or fewer in a large figure), never, or \
        more than N.
        """, valueName: "auto|never|N")

    /// As it is written on the command line.
    public var defaultValueDescription: String {
        switch self {
        case .automatic: "auto"
        case .never: "never"
        case .above(let count): "\(count)"
        }
    }
}

extension Details: ExpressibleByArgument {}
extension Theme: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}
