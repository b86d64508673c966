import Foundation

/// All that scripts may change in a host, or the lab on a machine, as the kernel shows it.
struct State: Equatable {
    let lines: [String]

    /// What changes by itself: counters, numbers given anew, addresses that the kernel makes of a MAC when a link is up.
    private static let volatile: Set<String> = ["ifindex", "link_index", "link_netnsid", "tentative", "dadfailed"]

    /// Takes what `state.sh` printed.
    /// - Parameter isExact: true to have the interfaces' numbers in it, which tell a new interface from an old one.
    init(_ text: String, isExact: Bool) throws {
        var lines: [String] = []
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[1].first == "[" else {
                lines.append(String(line))
                continue
            }
            let values = try JSONSerialization.jsonObject(with: Data(parts[1].utf8))
            for value in values as? [Any] ?? [] {
                guard let settled = State.settled(value, isExact: isExact) else { continue }
                let data = try JSONSerialization.data(withJSONObject: settled, options: [.sortedKeys])
                lines.append("\(parts[0]) \(String(decoding: data, as: UTF8.self))")
            }
        }
        self.lines = lines
    }

    /// A value without what changes by itself; nil where nothing is left of it.
    private static func settled(_ value: Any, isExact: Bool) -> Any? {
        if let array = value as? [Any] { return array.compactMap { settled($0, isExact: isExact) } }
        guard let object = value as? [String: Any] else { return value }
        let isLinkLocal = [object["local"], object["dst"]].contains { ($0 as? String)?.hasPrefix("fe80:") ?? false }
        if isLinkLocal || object.isEmpty { return nil }
        return object.filter { key, _ in isExact && key != "tentative" || !volatile.contains(key) }
            .compactMapValues { settled($0, isExact: isExact) }
    }

    /// Whether a line is of something else than up.sh's own notes.
    static func isTheHosts(_ line: String) -> Bool { !line.contains("file /run/topoc") }

    /// Whether it is that, and neither what a bridge has learned nor what comes a moment later by itself.
    static func isLasting(_ line: String) -> Bool {
        isTheHosts(line) && !line.contains("\"mac\":\"33:33:ff")
            && !(line.contains(" fdb ") && line.contains("\"state\":\"\""))
    }

    /// What is here and not there, and what is there and not here.
    func difference(from other: State) -> String {
        let (mine, others) = (Set(lines), Set(other.lines))
        let more = lines.filter { !others.contains($0) }.map { "+ \($0)" }
        let less = other.lines.filter { !mine.contains($0) }.map { "- \($0)" }
        return (more + less).joined(separator: "\n")
    }
}

extension Machine {
    /// The state of the machine itself.
    func state(isExact: Bool = false) throws -> State {
        try State(run(["sh", State.script]).text, isExact: isExact)
    }
}

extension Lab {
    /// The state of a host.
    func state(of host: String, isExact: Bool = false) throws -> State {
        try State(exec(host, "sh", State.script).text, isExact: isExact)
    }

    /// How a host differs from a state, empty where it does not, by the lines that count. Links come and go a moment after they
    /// are told to.
    func difference(
        of host: String, from expected: State, where counts: (String) -> Bool = { _ in true }
    ) throws -> String {
        var difference = ""
        for _ in 0..<50 {
            difference = try state(of: host).difference(from: expected).split(separator: "\n").map(String.init)
                .filter(counts).joined(separator: "\n")
            if difference.isEmpty { break }
            usleep(100_000)
        }
        return difference
    }
}

extension State {
    fileprivate static var script: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("state.sh").path
    }
}
