import Foundation
import Testing

/// `topoc watch` as a user starts it, asked as a browser asks.
@Suite(.serialized) struct WatchCommandTests {
    @Test func thePageIsTheReportAndWhatIsLive() throws {
        let watch = try Watch()
        try watch.startAndBuild()
        let page = try watch.page()
        let live = try #require(page.firstRange(of: "<body>")).upperBound
        let rest = try #require(page.firstRange(of: "\n<a class=\"skip\""))
        let report = Process()
        report.executableURL = URL(fileURLWithPath: Watch.topoc)
        report.arguments = ["report", "net.topo", "-o", "report.html"]
        report.currentDirectoryURL = watch.folder
        report.environment = ["PATH": watch.path("bin")]
        try report.run()
        report.waitUntilExit()
        #expect(page[live..<rest.lowerBound].contains("new EventSource(\"/events\")"))
        let withoutLive = page[..<live] + page[rest.lowerBound...]
        #expect(withoutLive.replacing("; connect-src 'self'", with: "") == (try watch.read("report.html")))
        #expect(withoutLive.contains("; connect-src 'self'\">"))
    }

    @Test func anErrorIsShownOverTheLastReportUntilItIsMended() throws {
        let watch = try Watch()
        try watch.startAndBuild()
        let first = try watch.state()
        let script = try watch.read("out/net/host1/up.sh")
        try watch.write(Watch.topology(bridge: "10.1.0.11/24"), to: "net.topo")
        let wrong = try watch.until("an error") { $0.severity == "error" }
        #expect(wrong.version == first.version)
        #expect(wrong.heading == "net.topo has errors: below is the last report that had none")
        #expect(wrong.text?.contains("┌─ net.topo:8:34\n") == true)
        #expect(wrong.text?.contains("^^^^^^^") == true)
        #expect(try watch.read("wrong").hasPrefix(try #require(wrong.text)), "the terminal is told the same")
        #expect(try watch.page().contains("10.1.0.1/24"))
        #expect(try watch.read("out/net/host1/up.sh") == script, "nothing is written over")
        try watch.write(Watch.topology(container: "c2"), to: "net.topo")
        let mended = try watch.until("another page") { $0.version != first.version }
        #expect(mended.heading == nil)
        #expect(try watch.page().contains("host1/c2"))
        #expect(try watch.read("out/net/host1/up.sh").contains("c2"))
        try watch.write(Watch.topology(container: "c2") + "# a comment\n", to: "net.topo")
        try watch.write(Watch.topology(), to: "net.topo")
        #expect(try watch.until("the first page again") { $0.version == first.version }.heading == nil)
    }

    @Test func whateverWayAFileIsSavedItIsSeen() throws {
        let watch = try Watch()
        try watch.startAndBuild()
        // As vim: a new file is renamed over the old one.
        try watch.write(Watch.topology(container: "renamed"), to: "net.topo~")
        #expect(rename(watch.path("net.topo~"), watch.path("net.topo")) == 0)
        try watch.until("what was renamed") { _ in try watch.page().contains("host1/renamed") }
        // Deleted, and made anew.
        #expect(unlink(watch.path("net.topo")) == 0)
        let gone = try watch.until("a file that is gone") { $0.severity == "error" }
        #expect(gone.text == "error: cannot read \"net.topo\": no such file or directory\n")
        #expect(gone.heading == "net.topo: this is the last report that could be made")
        #expect(try watch.page().contains("host1/renamed"))
        try watch.write(Watch.topology(container: "anew"), to: "net.topo")
        try watch.until("what was made anew") { _ in try watch.page().contains("host1/anew") }
        // Through a symbolic link, whose target is another file from then on.
        try watch.write(Watch.topology(container: "linked"), to: "other.topo")
        #expect(unlink(watch.path("net.topo")) == 0)
        #expect(symlink("other.topo", watch.path("net.topo")) == 0)
        try watch.until("what was linked") { _ in try watch.page().contains("host1/linked") }
        try watch.write(Watch.topology(container: "inside"), to: "other.topo")
        try watch.until("what the link leads to") { _ in try watch.page().contains("host1/inside") }
    }

    @Test func anOpenConnectionIsToldOfEachChange() throws {
        let watch = try Watch()
        try watch.startAndBuild()
        let client = try Client(port: try watch.port)
        client.send("GET /events HTTP/1.1\r\nHost: 127.0.0.1:\(try watch.port)\r\n\r\n")
        #expect(client.read(upTo: "}\n\n").contains("event: edition\n"))
        try watch.write("nonsense", to: "net.topo")
        #expect(client.read(upTo: "}\n\n").contains("T0"))
        #expect(watch.stop() == 0)
        #expect(client.read() == "", "the connection has ended")
    }

    @Test func aFileWithErrorsFromTheBeginningHasAPageToo() throws {
        let watch = try Watch(Watch.topology(bridge: "10.1.0.11/24"))
        try watch.startAndBuild()
        #expect(try watch.state().severity == "error")
        #expect(try watch.page().contains("There is no report yet"))
        #expect(!FileManager.default.fileExists(atPath: watch.path("out")))
        try watch.write(Watch.topology(), to: "net.topo")
        try watch.until("a report") { _ in try watch.page().contains("host1/c1") }
        #expect(try watch.state().heading == nil)
    }

    @Test func deniedWarningsAreErrorsAndNothingIsWritten() throws {
        let text = Watch.topology() + "lans: {spare: {subnet: 172.16.9.0/24}}\n"
        let lenient = try Watch(text)
        try lenient.startAndBuild()
        #expect(try lenient.state().severity == "warning")
        #expect(FileManager.default.fileExists(atPath: lenient.path("out/net/host1/up.sh")))
        let watch = try Watch(text)
        try watch.start("--port", "0", "--deny", "warnings")
        try watch.until("an error") { $0.severity == "error" }
        #expect(try watch.page().contains("There is no report yet"))
        #expect(!FileManager.default.fileExists(atPath: watch.path("out")))
    }

    @Test func filesOfSomebodyElseAreToldOfAndLeft() throws {
        let watch = try Watch()
        try FileManager.default.createDirectory(
            atPath: watch.path("out/net/host1"), withIntermediateDirectories: true)
        try watch.write("mine\n", to: "out/net/host1/up.sh")
        try watch.startAndBuild()
        #expect(try watch.state().text?.contains("topoc did not write it") == true)
        #expect(try watch.page().contains("host1/c1"), "the report is shown all the same")
        #expect(try watch.read("out/net/host1/up.sh") == "mine\n")
    }
}
