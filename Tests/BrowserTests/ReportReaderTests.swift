import Foundation
import Testing

/// The report for those who read it on a phone or on paper, by keyboard, without JavaScript or in Spanish.
@Suite(.enabled(if: Browser.isThere, "chromium-driver and Graphviz are not installed"), .serialized)
final class ReportReaderTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-reader-\(UUID())")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func page(text: String, _ options: String...) throws -> String {
        let (source, page) = (folder.appendingPathComponent("t.topo"), folder.appendingPathComponent("report.html"))
        try Data(text.utf8).write(to: source)
        let run = try Tool.run(Tool.topoc, ["report", source.path, "-o", page.path] + options)
        try #require(run.status == 0, "\(run.error)")
        return page.path
    }

    /// Routers in a LAN, each with a route to each other's containers.
    private func mesh(hosts: Int, containers: Int) -> String {
        var text = "topology: mesh\nruntime: netns\nlans: {lan: {subnet: 172.16.0.0/16}}\nhosts:\n"
        for host in 1...hosts {
            text += "  h\(host):\n    forwarding: true\n    nics: {eth0: {lan: lan, address: 172.16.1.\(host)/16}}\n"
            text += "    bridges: {br0: {address: 10.\(host).0.1/16}}\n    routes:\n"
            for other in 1...hosts where other != host {
                text += "      - {to: 10.\(other).0.0/16, via: h\(other)}\n"
            }
            text += "    containers:\n      c1..c\(containers): {bridge: br0, address: auto}\n"
        }
        return text
    }

    @Test(arguments: [["--size", "360x740"], ["--size", "794x1123", "--print"]])
    func noTableIsCut(options: [String]) throws {
        let visit = try Browser.visit(try page(text: mesh(hosts: 12, containers: 3)), options)
        #expect(visit.log == [] && visit.cut == [])
        #expect(visit.shown.contains("table-reachability") && visit.shown.contains("table-addresses"))
        #expect(visit.width <= (options.contains("--print") ? 794 : 360))
        #expect(visit.shown.contains("search") != options.contains("--print"), "paper has no field to search in")
    }

    @Test func thePageIsReadWithoutJavaScript() throws {
        let visit = try Browser.visit(try page(text: mesh(hosts: 2, containers: 2)), "--no-script")
        for part in ["figure-l2", "figure-l3", "table-addresses", "table-routes", "reachability"] {
            #expect(visit.shown.contains(part), "\(part)")
        }
        for part in ["trace", "search", "tabs"] { #expect(!visit.shown.contains(part), "\(part) does nothing here") }
        #expect(visit.text.contains("Without JavaScript"))
        #expect(visit.text.contains("10.2.0.0/16"))
    }

    @Test func twoContainersAreChosenByKeyboard() throws {
        let visit = try Browser.visit(
            try page(text: mesh(hosts: 2, containers: 2)), "--focus", "l2/host:h1/container:c1", "--press", "enter",
            "--focus", "l2/host:h2/container:c2", "--press", "space")
        #expect(visit.log == [])
        #expect(visit.hops == ["h1/c1", "h1", "h2", "h2/c2"])
    }

    @Test func aSpanishPageIsSpanishWhatEverIsTraced() throws {
        let visit = try Browser.visit(
            try page(text: mesh(hosts: 2, containers: 2), "--lang", "es"), "--fill", "from=h1/c1", "--fill", "to=h2/c2",
            "--press", "enter")
        #expect(visit.log == [])
        #expect(visit.result.contains("con respuesta, en paquetes de hasta 1500 bytes"))
        #expect(visit.result.contains("La respuesta vuelve por h2, h1."))
        let english = [" the ", " from ", " of ", " and ", " with ", " in ", "Search", "Figures", "host ", "bridge "]
        let words = " " + visit.text.replacingOccurrences(of: "\n", with: " ")
        // The scripts themselves are in details that are closed, and so not in the text.
        #expect(english.filter(words.contains) == [])
    }
}
