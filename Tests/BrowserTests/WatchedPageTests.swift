import Foundation
import Testing

/// The page of `topoc watch` in a real browser, while its file is saved.
@Suite(.enabled(if: Browser.isThere, "chromium-driver and Graphviz are not installed"), .serialized)
final class WatchedPageTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-watched-\(UUID())")
    private let watch = Process()

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit {
        if watch.isRunning { kill(watch.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Writes a topology with two containers, and a third that has this address.
    private func write(_ name: String, third: String? = nil) throws {
        let text = """
            topology: net
            title: "</script><b>bold</b>"
            runtime: netns
            hosts:
              host1:
                bridges:
                  br0: {address: 10.1.0.1/24}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24}
                  c2: {bridge: br0, address: 10.1.0.12/24}

            """ + (third.map { "      c3: {bridge: br0, address: \($0)} # <img src=x onerror=alert(1)>\n" } ?? "")
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    /// Starts `topoc watch`, and waits until it says where it serves.
    private func start() throws -> String {
        try Data().write(to: folder.appendingPathComponent("said"))
        watch.executableURL = URL(fileURLWithPath: Tool.topoc)
        watch.arguments = ["watch", "net.topo", "--port", "0", "--no-build"]
        watch.currentDirectoryURL = folder
        watch.standardInput = FileHandle.nullDevice
        watch.standardOutput = try FileHandle(forWritingTo: folder.appendingPathComponent("said"))
        watch.standardError = FileHandle.nullDevice
        try watch.run()
        for _ in 0..<1000 {
            let said = try String(contentsOfFile: path("said"), encoding: .utf8)
            if let address = said.firstMatch(of: /http:[^ ,]*/) { return String(address.0) }
            usleep(20_000)
        }
        Issue.record("topoc watch does not say where it serves")
        return ""
    }

    @Test func aSavedFileIsShownWithWhatWasChosenAndAnErrorOverIt() throws {
        try write("net.topo")
        try write("next", third: "10.1.0.13/24")
        try write("wrong", third: "10.1.0.11/24")
        let visit = try Browser.visit(
            try start(),
            [
                "--until", "[id='l2/host:host1/container:c2']", "--fill", "from=c1", "--fill", "to=c2", "--press",
                "enter",
                "--click", "tab-l3", "--save", "\(path("next"))=\(path("net.topo"))",
                "--until", "[id='l2/host:host1/container:c3']", "--until", "#tab-l3[aria-selected=true]",
                "--save", "\(path("wrong"))=\(path("net.topo"))", "--until", "#live.error:not([hidden])",
            ])
        #expect(visit.log == [], "nothing for the console")
        #expect(visit.live.first == "net.topo has errors: below is the last report that had none")
        let text = try #require(visit.live.last)
        #expect(text.contains("error[T0303]: duplicate address: \"10.1.0.11\" is on one segment twice"))
        #expect(text.contains("c3: {bridge: br0, address: 10.1.0.11/24} # <img src=x onerror=alert(1)>"))
        #expect(text.contains("^^^^^^^^^^^^ container \"c3\" has 10.1.0.11"))
        #expect(visit.hops == ["host1/c1", "host1/c2"], "the trace is there again in the last report")
        #expect(visit.title == "✗ </script><b>bold</b>")
        #expect(visit.requests.allSatisfy { $0.hasSuffix("/events") })
        kill(watch.processIdentifier, SIGTERM)
        watch.waitUntilExit()
        #expect(watch.terminationReason == .exit && watch.terminationStatus == 0)
    }
}
