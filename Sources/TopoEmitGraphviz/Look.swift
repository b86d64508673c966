/// How a kind of thing is drawn: light fills that print well, frames in colours that colour-blind people can tell apart
/// (those of Okabe and Ito, darkened). Colour says nothing that a word does not say too.
enum Look {
    case container
    case bridge
    case nic
    case tunnel
    case router
    case lan

    /// The colour of the frame, and of lines that belong to it.
    var stroke: String {
        switch self {
        case .container: "#007A59"
        case .bridge: "#0072B2"
        case .nic: "#555555"
        case .tunnel: "#C45500"
        case .router: "#9A4F7E"
        case .lan: "#8F6400"
        }
    }

    /// The colour within.
    var fill: String {
        switch self {
        case .container: "#E8F5F0"
        case .bridge: "#E3EEF7"
        case .nic: "#FFFFFF"
        case .tunnel: "#FBEBE1"
        case .router: "#F6EAF1"
        case .lan: "#FFF6DD"
        }
    }
}
