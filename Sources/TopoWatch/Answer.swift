internal import TopoJSON

/// What a request gets.
enum Answer: Hashable {
    /// A response, and the end of the connection.
    case response(Response)
    /// A response's head, and then each edition as it is put up.
    case editions(Response)

    /// Finds it. There are two things to ask for: the page, and `/events`.
    /// - Parameter page: the page, made only where it is asked for.
    init(to head: RequestHead, at names: LoopbackNames, page: @autoclosure () -> String) {
        guard names.contains(head.host) else {
            self = .refusal(.misdirectedRequest, "this server is \"localhost\", and no other")
            return
        }
        guard head.method == "GET" || head.method == "HEAD" else {
            self = .refusal(.methodNotAllowed, "there is nothing here to change")
            return
        }
        switch Substring(head.target.utf8.prefix { $0 != UInt8(ascii: "?") }) {
        case "/":
            self = .response(Response(status: .ok, type: "text/html; charset=utf-8", body: page()))
        case "/events":
            let response = Response(status: .ok, type: "text/event-stream; charset=utf-8")
            self = head.method == "HEAD" ? .response(response) : .editions(response)
        default:
            self = .refusal(.notFound, "there is the report at / and nothing else")
        }
    }

    /// A refusal, with a line that says why.
    static func refusal(_ status: Response.Status, _ reason: String) -> Answer {
        .response(Response(status: status, body: reason + "\n"))
    }
}

extension Edition {
    /// All but the page, as an event of a stream of events (HTML Standard, 9.2): a line of JSON after each `data:`.
    var event: String {
        let value: JSON = .members([
            "version": .string(version), "severity": (notice?.severity.rawValue).map(JSON.string),
            "heading": (notice?.heading).map(JSON.string), "text": (notice?.text).map(JSON.string),
        ])
        return "event: edition\n"
            + value.text.utf8.split(separator: UInt8(ascii: "\n")).map { "data: \(Substring($0))\n" }.joined() + "\n"
    }
}
