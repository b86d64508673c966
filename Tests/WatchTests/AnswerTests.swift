import Testing

@testable import TopoWatch

@Suite struct AnswerTests {
    private func answer(_ method: String, _ target: String, host: String = "localhost:8047") throws -> Answer {
        let head = try #require(RequestHead(Array("\(method) \(target) HTTP/1.1\r\nHost: \(host)".utf8)))
        return Answer(to: head, at: LoopbackNames(port: 8047), page: "<p>page</p>")
    }

    private func status(_ method: String, _ target: String, host: String = "localhost:8047") throws -> Int {
        switch try answer(method, target, host: host) {
        case .response(let response): response.status.rawValue
        case .editions(let response): response.status.rawValue
        }
    }

    @Test func thereAreTwoThingsToAskFor() throws {
        let page = Response(status: .ok, type: "text/html; charset=utf-8", body: "<p>page</p>")
        #expect(try answer("GET", "/") == .response(page))
        #expect(try answer("GET", "/?x=1") == .response(page))
        guard case .editions = try answer("GET", "/events") else {
            Issue.record("no stream of events")
            return
        }
        for target in [
            "/events/", "//", "/index.html", "/../etc/passwd", "/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "*",
            "http://localhost:8047/", "/events%00", "/a.topo",
        ] {
            #expect(try status("GET", target) == 404, "\(target)")
        }
    }

    /// A HEAD gets the fields alone, of the events too: nobody would read the stream.
    @Test func aHeadEndsTheConnection() throws {
        for target in ["/", "/events"] {
            guard case .response(let response) = try answer("HEAD", target) else {
                Issue.record("\(target) goes on")
                continue
            }
            #expect(response.status == .ok && response.text(isHead: true).utf8.suffix(4).elementsEqual("\r\n\r\n".utf8))
        }
    }

    @Test func nothingIsChanged() throws {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "get", "PATCH"] {
            #expect(try status(method, "/") == 405, "\(method)")
        }
        #expect(Response(status: .methodNotAllowed, body: "").text().utf8.contains("\r\nAllow: GET, HEAD\r\n".utf8))
    }

    @Test(arguments: [
        "evil.example", "evil.example:8047", "localhost", "localhost:80", "127.0.0.1", "127.0.0.1:80470",
        "127.0.0.2:8047", "localhost.:8047", "localhost:8047.evil.example", "[::1]", "::1:8047", "",
        "127.0.0.1:8047, evil.example",
    ])
    func aForeignHostIsRefused(host: String) throws {
        #expect(try status("GET", "/", host: host) == 421)
        #expect(try status("GET", "/events", host: host) == 421)
    }

    @Test func loopbackHasThreeNames() {
        for host in ["localhost:8047", "LocalHost:8047", "127.0.0.1:8047", "[::1]:8047"] {
            #expect(LoopbackNames(port: 8047).contains(host), "\(host)")
        }
        #expect(LoopbackNames(port: 80).contains("localhost"))
    }

    @Test func aHeadHasNoBodyButItsLength() {
        let response = Response(status: .ok, body: "ä")
        let ends = { (text: String, end: String) in text.utf8.suffix(end.utf8.count).elementsEqual(end.utf8) }
        #expect(ends(response.text(), "\r\nContent-Length: 2\r\n\r\nä"))
        #expect(ends(response.text(isHead: true), "\r\nContent-Length: 2\r\n\r\n"))
    }

    @Test func anEventHasNoLineOfAnyoneElse() {
        let notice = Edition.Notice(.error, heading: "h", text: "a\n\nevent: b\rdata: \"c\"\u{2028}")
        let lines = Edition(page: "", version: "1", notice: notice).event.utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        #expect(lines.first?.elementsEqual("event: edition".utf8) == true)
        let data = lines.dropFirst().dropLast(2)
        #expect(data.allSatisfy { $0.starts(with: "data: ".utf8) && !$0.contains(UInt8(ascii: "\r")) })
        #expect(lines.suffix(2).map(\.count) == [0, 0])
    }
}
