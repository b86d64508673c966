/// The colours of a figure, from a set that colour-blind people can tell apart. Colour says nothing that a word, a
/// symbol or a line's kind does not say too.
public enum Theme: String, Sendable, Hashable, CaseIterable {
    /// Light fills that print well.
    case light
    /// For dark pages and projectors.
    case dark
    /// Black, white and greys: for a printer without colours, and a photocopier after it.
    case bw

    /// The paper.
    public var background: String {
        switch self {
        case .light, .bw: "#ffffff"
        case .dark: "#15191e"
        }
    }

    /// Letters.
    public var text: String {
        switch self {
        case .light, .bw: "#000000"
        case .dark: "#e9edf1"
        }
    }

    /// Lines between things.
    public var line: String {
        switch self {
        case .light: "#333333"
        case .dark: "#aeb7c0"
        case .bw: "#000000"
        }
    }

    /// The frame of a host.
    public var hostStroke: String {
        switch self {
        case .light: "#777777"
        case .dark: "#7d8893"
        case .bw: "#000000"
        }
    }

    /// A host's ground.
    public var hostFill: String {
        switch self {
        case .light: "#f7f7f7"
        case .dark: "#1d2329"
        case .bw: "#ffffff"
        }
    }

    /// The way of a packet, or that of its answer, which is dashed as well.
    func trail(_ packet: TrailMarks.Packet) -> String {
        switch packet {
        case .there: trail
        case .back: trailBack
        }
    }

    /// An answer's way.
    public var trailBack: String {
        switch self {
        case .light: "#2a2ad0"
        case .dark: "#9db2ff"
        case .bw: "#000000"
        }
    }

    /// A packet's way.
    public var trail: String {
        switch self {
        case .light: "#d6006c"
        case .dark: "#ff7ab8"
        case .bw: "#000000"
        }
    }
}
