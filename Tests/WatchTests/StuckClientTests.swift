import Glibc
import Testing

@testable import TopoWatch

@Suite struct StuckClientTests {
    /// As many clients as there are places are served at once, and no more.
    @Test func everyPlaceIsGiven() throws {
        let server = try serve(
            Board(Edition(page: "<p>page</p>", version: "1")), port: 0, limits: ServingLimits(places: 2))
        defer { server.stop() }
        let request = "GET /events HTTP/1.1\r\nHost: localhost:\(server.port)\r\n\r\n"
        let clients = try (0..<3).map { _ in try Client(port: server.port) }
        // In turn: a connection that is accepted has its place before the next one asks.
        let answers = clients.map { client in
            client.send(request)
            return client.read(upTo: "\n\n")
        }
        #expect(answers.map { $0.utf8.starts(with: "HTTP/1.1 200 ".utf8) } == [true, true, false])
        #expect(answers[2] == "")
    }

    /// A client that takes each piece in time, and the whole for ever, loses its place too.
    @Test func anAnswerHasAnEnd() throws {
        let page = String(repeating: "<p>page</p>\n", count: 2 << 20)
        let limits = ServingLimits(places: 1, piece: .seconds(600), answer: .milliseconds(100))
        let server = try serve(Board(Edition(page: page, version: "1")), port: 0, limits: limits)
        defer { server.stop() }
        let head = "Host: localhost:\(server.port)\r\n\r\n"
        let slow = try Client(port: server.port)
        slow.send("GET / HTTP/1.1\r\n\(head)")
        var answer = ""
        for _ in 0..<500 where answer.isEmpty {
            usleep(20_000)
            answer = try Client.ask(server.port, "HEAD / HTTP/1.1\r\n\(head)")
        }
        #expect(answer.utf8.starts(with: "HTTP/1.1 200 ".utf8))
        withExtendedLifetime(slow) {}
    }

    @Test func clientsThatReadNothingLoseTheirPlaces() throws {
        // More than the kernel's buffers of a connection hold.
        let page = String(repeating: "<p>page</p>\n", count: 2 << 20)
        let limits = ServingLimits(places: 2, piece: .milliseconds(100))
        let server = try serve(Board(Edition(page: page, version: "1")), port: 0, limits: limits)
        defer { server.stop() }
        let request = "GET / HTTP/1.1\r\nHost: localhost:\(server.port)\r\n\r\n"
        let stuck = try (0..<2).map { _ in try Client(port: server.port) }
        for client in stuck { client.send(request) }
        // Without a place a connection is closed at once: a reader who comes again gets one in the end, and all of it.
        var answer = ""
        for _ in 0..<500 where answer.isEmpty {
            usleep(20_000)
            answer = try Client.ask(server.port, request)
        }
        #expect(answer.utf8.count > page.utf8.count)
        #expect(answer.utf8.suffix(5).elementsEqual("</p>\n".utf8))
        withExtendedLifetime(stuck) {}
    }
}
