/// Which values of a kind a figure shows. Pointing at a thing in an SVG shows them all.
public enum Details: String, Sendable, Hashable, CaseIterable {
    /// Those that say something: a MAC that the file gives, an MTU that is not Ethernet's 1500.
    case automatic = "auto"
    /// All.
    case all
    /// None.
    case none
}

extension Details {
    /// Whether an MTU is shown.
    func shows(_ mtu: Int) -> Bool {
        switch self {
        case .automatic: mtu != 1500
        case .all: true
        case .none: false
        }
    }
}
