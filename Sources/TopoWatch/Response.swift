/// What is sent back to a request.
struct Response: Hashable {
    /// How it went (RFC 9110, 15).
    enum Status: Int {
        case ok = 200
        case badRequest = 400
        case notFound = 404
        case methodNotAllowed = 405
        case misdirectedRequest = 421
        case headerFieldsTooLarge = 431

        var reason: String {
            switch self {
            case .ok: "OK"
            case .badRequest: "Bad Request"
            case .notFound: "Not Found"
            case .methodNotAllowed: "Method Not Allowed"
            case .misdirectedRequest: "Misdirected Request"
            case .headerFieldsTooLarge: "Request Header Fields Too Large"
            }
        }
    }

    let status: Status
    /// The type of the body, with its charset.
    var type = "text/plain; charset=utf-8"
    /// The body; nil for one whose length is not known before its end.
    var body: String?

    /// A page may run what is in it, speak with the server that it comes from, and nothing else.
    private static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// The response as it is sent.
    /// - Parameter isHead: the request's method was HEAD: the same without the body.
    func text(isHead: Bool = false) -> String {
        var fields = [
            ("Content-Type", type), ("Cache-Control", "no-store"), ("Content-Security-Policy", Response.policy),
            ("Cross-Origin-Resource-Policy", "same-origin"), ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"), ("Connection", "close"),
        ]
        if status == .methodNotAllowed { fields.append(("Allow", "GET, HEAD")) }
        if let body { fields.append(("Content-Length", String(body.utf8.count))) }
        let head = fields.map { "\($0.0): \($0.1)\r\n" }.joined()
        return "HTTP/1.1 \(status.rawValue) \(status.reason)\r\n\(head)\r\n" + (isHead ? "" : body ?? "")
    }
}
