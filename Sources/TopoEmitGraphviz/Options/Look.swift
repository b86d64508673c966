/// A kind of thing that is drawn, with colours from those of Okabe and Ito, darkened or lightened.
public enum Look: String, Sendable, Hashable, CaseIterable {
    case container
    case bridge
    case nic
    case tunnel
    case router
    case lan

    /// The colour of the frame, and of lines that belong to it.
    public func stroke(_ theme: Theme) -> String {
        switch theme {
        case .light: lightStroke
        case .dark: darkStroke
        case .bw: "#000000"
        }
    }

    /// The colour within.
    public func fill(_ theme: Theme) -> String {
        switch theme {
        case .light: lightFill
        case .dark: darkFill
        case .bw: greyFill
        }
    }

    private var lightStroke: String {
        switch self {
        case .container: "#007a59"
        case .bridge: "#0072b2"
        case .nic: "#555555"
        case .tunnel: "#c45500"
        case .router: "#9a4f7e"
        case .lan: "#8f6400"
        }
    }

    private var darkStroke: String {
        switch self {
        case .container: "#2fc79b"
        case .bridge: "#62b8ee"
        case .nic: "#b4bcc4"
        case .tunnel: "#ff9148"
        case .router: "#e39dc6"
        case .lan: "#e3b341"
        }
    }

    private var lightFill: String {
        switch self {
        case .container: "#e8f5f0"
        case .bridge: "#e3eef7"
        case .nic: "#fefefe"
        case .tunnel: "#fbebe1"
        case .router: "#f6eaf1"
        case .lan: "#fff6dd"
        }
    }

    private var darkFill: String {
        switch self {
        case .container: "#10352b"
        case .bridge: "#12304a"
        case .nic: "#262d34"
        case .tunnel: "#43250f"
        case .router: "#3c2433"
        case .lan: "#3a2f10"
        }
    }

    private var greyFill: String {
        switch self {
        case .container, .nic: "#ffffff"
        case .bridge: "#eeeeee"
        case .router: "#f6f6f6"
        case .tunnel: "#dddddd"
        case .lan: "#e6e6e6"
        }
    }
}
