import Foundation
import Testing

/// How `topoc watch` begins, whom it answers, and how it ends.
@Suite(.serialized) struct WatchServerTests {
    @Test func onlyItsOwnNamesAndTheTwoPathsAreAnswered() throws {
        let watch = try Watch()
        try watch.start("--port", "0", "--no-build")
        let port = try watch.port
        func status(_ request: String) throws -> String {
            String(try Client.ask(port, request).prefix(while: { !$0.isNewline }))
        }
        let host = "Host: localhost:\(port)\r\n"
        #expect(try status("GET / HTTP/1.1\r\nHost: evil.example:\(port)\r\n\r\n").contains(" 421 "))
        #expect(try status("GET /events HTTP/1.1\r\nHost: evil.example\r\n\r\n").contains(" 421 "))
        #expect(try status("GET /../../etc/passwd HTTP/1.1\r\n\(host)\r\n").contains(" 404 "))
        #expect(try status("GET /net.topo HTTP/1.1\r\n\(host)\r\n").contains(" 404 "))
        #expect(try status("POST / HTTP/1.1\r\n\(host)Content-Length: 5\r\n\r\nhello").contains(" 405 "))
        #expect(try status("GET / HTTP/1.1\r\n\r\n").contains(" 400 "))
        #expect(try status("\u{16}\u{3}\u{1}\r\n\r\n").contains(" 400 "))
        let long = String(repeating: "x", count: 20000)
        #expect(try status("GET / HTTP/1.1\r\n\(host)X: \(long)\r\n\r\n").contains(" 431 "))
        let head = try Client.ask(port, "HEAD / HTTP/1.1\r\n\(host)\r\n")
        #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n") && head.hasSuffix("\r\n\r\n"))
        #expect(head.contains("connect-src 'self'; base-uri 'none'"))
        #expect(!FileManager.default.fileExists(atPath: watch.path("out")), "--no-build writes nothing")
    }

    /// Both addresses, where the machine has both.
    @Test func theAddressOfIPv6IsToldWhereItIsServed() throws {
        let watch = try Watch()
        try watch.start("--port", "0", "--no-build", "--ipv6")
        let said = try watch.eventually("an address or a refusal") { () -> String? in
            let said = try watch.read("said") + watch.read("wrong")
            return said.isEmpty ? nil : said
        }
        let isThere = said.contains("http://127.0.0.1:") && said.contains(" and http://[::1]:")
        #expect(isThere || said.contains("leave --ipv6 out"), "\(said)")
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func aSignalEndsItAndGivesThePortBack(signal: Int32) throws {
        let watch = try Watch()
        try watch.startAndBuild()
        let port = try watch.port
        let open = try Client(port: port)
        open.send("GET /events HTTP/1.1\r\nHost: localhost:\(port)\r\n\r\n")
        #expect(open.read(upTo: "}\n\n").contains("event: edition"))
        let silent = try Client(port: port)
        #expect(watch.stop(signal) == 0)
        #expect(throws: Client.Refused.self) { try Client(port: port) }
        let next = try Watch()
        try next.start("--port", "\(port)", "--no-build")
        #expect(try next.port == port)
        #expect(next.stop() == 0)
        withExtendedLifetime((open, silent)) {}
    }

    @Test func aSignalEndsADrawingToo() throws {
        let watch = try Watch()
        try watch.write(
            """
            #!/bin/sh
            trap ': >stopped; exit 1' TERM
            : >drawing
            i=0
            while [ "$i" -lt 600 ]; do /bin/sleep 0.1; i=$((i + 1)); done

            """, to: "bin/dot")
        #expect(chmod(watch.path("bin/dot"), 0o755) == 0)
        try watch.start("--port", "0")
        _ = try watch.eventually("a drawing") {
            FileManager.default.fileExists(atPath: watch.path("drawing")) ? true : nil
        }
        #expect(watch.stop() == 0)
        #expect(FileManager.default.fileExists(atPath: watch.path("stopped")))
        #expect(!FileManager.default.fileExists(atPath: watch.path("out")))
    }

    @Test func aPortThatIsTakenIsSaidAtOnce() throws {
        let first = try Watch()
        try first.start("--port", "0", "--no-build")
        let port = try first.port
        let second = try Watch()
        try second.start("--port", "\(port)")
        #expect(second.end() == 2)
        #expect(
            try second.read("wrong") == """
                error: cannot serve at port \(port) of 127.0.0.1: address already in use: say --port with another, \
                or 0 for one that is free

                """)
        #expect(!FileManager.default.fileExists(atPath: second.path("out")))
    }

    @Test func aFileThatIsNotThereIsNotWaitedFor() throws {
        let watch = try Watch(nil)
        try watch.start("--port", "0")
        #expect(watch.end() == 3)
        #expect(try watch.read("wrong") == "error: cannot read \"net.topo\": no such file or directory\n")
        #expect(try watch.read("said") == "")
    }

    @Test func aPortIsANumber() throws {
        let watch = try Watch()
        try watch.start("--port", "65536")
        #expect(watch.end() == 2)
    }
}
