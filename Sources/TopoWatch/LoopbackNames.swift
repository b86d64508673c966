/// The names under which this server may be spoken to.
///
/// A page of somebody else's can make a browser come here under a name of that page's own, which it has made to mean
/// 127.0.0.1 (DNS rebinding), and would then be let read what is served. Under these names it cannot.
struct LoopbackNames: Hashable {
    /// The port that is served.
    let port: UInt16

    /// Whether a request's Host is one of them.
    func contains(_ host: String) -> Bool {
        let names = ["localhost", "127.0.0.1", "[::1]"]
        let host = host.lowercased()
        // A browser leaves out the port that a scheme has by itself (RFC 9110, 4.2.1).
        return names.contains { host == "\($0):\(port)" || (port == 80 && host == $0) }
    }
}
