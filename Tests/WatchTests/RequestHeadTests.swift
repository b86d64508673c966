import Testing

@testable import TopoWatch

@Suite struct RequestHeadTests {
    private func reading(_ text: String) -> RequestHead? { RequestHead(Array(text.utf8)) }

    @Test func aBrowsersHeadIsRead() throws {
        let head = try #require(
            reading("GET /events HTTP/1.1\r\nhOsT: \t localhost:8047 \r\nAccept: text/html, */*\r\nX-Empty:"))
        #expect(head.method == "GET")
        #expect(head.target == "/events")
        #expect(head.host == "localhost:8047")
    }

    @Test(arguments: [
        "", "GET /", "GET / HTTP/1.1", "GET / HTTP/2\r\nHost: a", "GET  / HTTP/1.1\r\nHost: a",
        " GET / HTTP/1.1\r\nHost: a", "G(T / HTTP/1.1\r\nHost: a", "GET / HTTP/1.1\r\nHost: a\r\nHost: a",
        "GET / HTTP/1.1\r\nHost : a", "GET / HTTP/1.1\r\nX Y: a\r\nHost: a", "GET / HTTP/1.1\r\nHost: a\r\n folded",
        "GET / HTTP/1.1\r\nHost: a\u{0}",
        "GET / HTTP/1.1\r\nHost: a\rX: b", "GET / HTTP/1.1\r\n: a\r\nHost: a", "GET / HTTP/1.1\r\nHost: a\r\nnothing",
    ])
    func whatIsNoHeadIsNotGuessedAt(text: String) {
        #expect(reading(text) == nil)
    }

    @Test func aHeadEndsWithAnEmptyLine() {
        #expect(RequestHead.end(in: Array("GET / HTTP/1.1\r\nHost: a\r\n".utf8)) == nil)
        #expect(RequestHead.end(in: []) == nil)
        for (head, rest) in [("GET / HTTP/1.1\r\nHost: a\r", "\n\r\nbody\n\n"), ("GET / HTTP/1.1\nHost: a", "\n\n")] {
            #expect(RequestHead.end(in: Array((head + rest).utf8)) == head.utf8.count)
        }
    }
}
