/// An end of a link, `r1:eth1`: an interface of a host or container. The name of a node may have a colon, that of an interface
/// has none.
public struct LinkEnd: Sendable {
    /// The host's or container's name.
    public let node: String
    /// The interface's name.
    public let interface: String

    /// Takes an end apart; nil for a text without one of the two names.
    public init?(_ text: String) {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        node = String(decoding: text.utf8[..<colon], as: UTF8.self)
        interface = String(decoding: text.utf8[text.utf8.index(after: colon)...], as: UTF8.self)
        guard !node.isEmpty, !interface.isEmpty else { return nil }
    }
}
