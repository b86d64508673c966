import Foundation
import Testing

/// A `topoc watch` at work in a folder of its own, and both gone with this value.
final class Watch {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-watch-\(UUID().uuidString)")
    private let process = Process()

    /// What is served, as `/events` tells it.
    struct State: Decodable {
        let version: String
        var severity: String?
        var heading: String?
        var text: String?
    }

    /// The command that was built with the tests: it lies beside the test bundle.
    static var topoc: String {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("topoc").path
    }

    /// Makes the folder, with a topology in it, and starts nothing.
    init(_ text: String? = Watch.topology()) throws {
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("bin"), withIntermediateDirectories: true)
        if let text { try write(text, to: "net.topo") }
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }

    /// A topology that is right, with a container of that name.
    static func topology(container: String = "c1", bridge: String = "10.1.0.1/24") -> String {
        """
        topology: net
        runtime: netns
        hosts:
          host1:
            bridges:
              br0: {address: \(bridge)}
            containers:
              \(container): {bridge: br0, address: 10.1.0.11/24}

        """
    }

    /// Starts it in the folder, without Graphviz, unless a `dot` is in the folder's `bin`.
    func start(_ arguments: String...) throws {
        process.executableURL = URL(fileURLWithPath: Watch.topoc)
        process.arguments = ["watch", "net.topo"] + arguments
        process.currentDirectoryURL = folder
        // TOPOC_SLIP of scripts/slips goes on to it.
        process.environment = ProcessInfo.processInfo.environment.filter { $0.key == "TOPOC_SLIP" }
            .merging(["PATH": path("bin"), "TMPDIR": folder.path]) { $1 }
        process.standardInput = FileHandle.nullDevice
        for (name, isError) in [("said", false), ("wrong", true)] {
            try write("", to: name)
            let file = try FileHandle(forWritingTo: folder.appendingPathComponent(name))
            if isError { process.standardError = file } else { process.standardOutput = file }
        }
        try process.run()
    }

    /// Starts it at a port that is free, and waits for what the first build gives.
    func startAndBuild(_ arguments: String...) throws {
        try start("--port", "0")
        try until("the first build") { state in
            try state.heading != nil || page().contains("<section id=\"figures\">")
        }
    }

    /// The port that it says it serves.
    var port: UInt16 {
        get throws {
            let said = try eventually("an address") { try read("said").firstMatch(of: /127\.0\.0\.1:([0-9]+)/) }
            return try #require(UInt16(said.1))
        }
    }

    /// What is served now.
    func state() throws -> State {
        let client = try Client(port: try port)
        client.send("GET /events HTTP/1.1\r\nHost: localhost:\(try port)\r\n\r\n")
        var text = client.read(upTo: "\n\n")
        if !text.contains("data:") { text += client.read(upTo: "\n\n") }
        // Another one may have come with the first: the last is what is served.
        let last = text.components(separatedBy: "event: edition\n").last ?? ""
        let lines = last.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("data: ") }.map { $0.dropFirst(6) }
        return try JSONDecoder().decode(State.self, from: Data(lines.joined(separator: "\n").utf8))
    }

    /// Waits for something to be served.
    @discardableResult
    func until(_ what: String, _ isSo: (State) throws -> Bool) throws -> State {
        try eventually(what) {
            let state = try state()
            return try isSo(state) ? state : nil
        }
    }

    /// The page as it is served now, without what stands before it.
    func page() throws -> String {
        let answer = try Client.ask(try port, "GET / HTTP/1.1\r\nHost: localhost:\(try port)\r\n\r\n")
        let start = try #require(answer.range(of: "\r\n\r\n"))
        return String(answer[start.upperBound...])
    }

    /// Asks it to stop, and waits until it has.
    /// - Returns: its exit status; 128 and the signal's number where that ended it.
    func stop(_ signal: Int32 = SIGTERM) -> Int32 {
        kill(process.processIdentifier, signal)
        return end()
    }

    /// Waits for its end.
    func end() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }
}

extension Watch {
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func read(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    /// Writes into the file that is there, as a shell's `>` does.
    func write(_ text: String, to name: String) throws {
        try text.write(toFile: path(name), atomically: false, encoding: .utf8)
    }

    /// What something gives once it gives something, within half a minute.
    func eventually<Value>(_ what: String, _ body: () throws -> Value?) throws -> Value {
        let deadline = Date(timeIntervalSinceNow: 30)
        while Date() < deadline {
            if let value = try body() { return value }
            usleep(20_000)
        }
        throw Late(description: "there was never \(what)")
    }

    /// Something that did not come.
    struct Late: Error, CustomStringConvertible {
        let description: String
    }
}
