/// What stands before a request's body (RFC 9112, 2), as far as this server has a use for it.
struct RequestHead: Hashable {
    /// The method, as sent: methods have capital letters (RFC 9110, 9.1).
    let method: String
    /// What is asked for, as sent: `/events`.
    let target: String
    /// Whom the client believes to speak with: `127.0.0.1:8047`.
    let host: String

    /// The most that a head may take, in bytes.
    static let sizeLimit = 16384

    /// Reads a head, without the empty line that ends it.
    /// - Returns: nil for what is no head of HTTP/1, or names its host not exactly once (RFC 9112, 3.2).
    init?(_ bytes: some Collection<UInt8>) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { RequestHead.withoutReturn(Array($0)) }
        guard let first = lines.first, lines.allSatisfy({ $0.allSatisfy(RequestHead.isText) }) else { return nil }
        let words = first.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard words.count == 3, words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else { return nil }
        guard !words[0].isEmpty, words[0].utf8.allSatisfy(RequestHead.isTokenSign), !words[1].isEmpty else {
            return nil
        }
        var hosts: [String] = []
        for line in lines.dropFirst() {
            guard let (name, value) = RequestHead.field(line) else { return nil }
            if name == "host" { hosts.append(value) }
        }
        guard hosts.count == 1 else { return nil }
        method = words[0]
        target = words[1]
        host = hosts[0]
    }

    /// Where the empty line that ends a head begins; nil where it has not come yet.
    static func end(in bytes: [UInt8]) -> Int? {
        var lineStart = 0
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            if withoutReturn(Array(bytes[lineStart..<index])).isEmpty, lineStart > 0 { return lineStart - 1 }
            lineStart = index + 1
        }
        return nil
    }

    /// A field's name in lower case, and its value. A space before the colon, and a line that goes on another, are
    /// refused: what others read differently is not guessed at (RFC 9112, 5.1 and 5.2).
    private static func field(_ line: [UInt8]) -> (name: String, value: String)? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            line[..<colon].allSatisfy(isTokenSign)
        else { return nil }
        let value = line[(colon + 1)...].drop(while: isBlank)
        let end = value.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? value.startIndex
        let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
        return (name, String(decoding: value[..<end], as: UTF8.self))
    }

    private static func withoutReturn(_ line: [UInt8]) -> [UInt8] {
        line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isText(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == 0x09 }

    /// A sign of a token (RFC 9110, 5.6.2).
    private static func isTokenSign(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
