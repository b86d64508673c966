import Foundation
import HostBed
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

extension Bed.Daemon {
    /// Debian's sshd on the hosts, and its Ansible on a node beside them.
    static let sshd = Bed.Daemon(
        "sshd", file: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("sshd.sh"),
        tools: ["sshd", "ssh", "ssh-keygen", "ansible-playbook", "ansible-lint"], foreign: "ANSIBLE_CONFIG")
}

/// A topology's folder, and the node from which Ansible brings it up on the hosts of a bed.
final class ControlNode {
    /// A topology that does not compile.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// The hosts.
    let hosts: [String]
    /// The bed, the control node among its hosts.
    let bed: Bed
    /// Where the artifacts are, with a blank and an apostrophe on the way there.
    let folder: URL

    /// Makes the hosts, and writes the files of a topology.
    init(hosts count: Int, _ topology: String) throws {
        hosts = (1...count).map { "host\($0)" }
        // Keys by the test's own user, whatever agent there is.
        bed = try Bed(.sshd, environment: ["SSH_AUTH_SOCK="], hosts: hosts + ["control"])
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "topoc it's two words-\(UUID().uuidString)")
        try write(topology)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Writes the files of a topology in the place of those that are there.
    func write(_ topology: String) throws {
        let source = SourceFile(path: "fleet.topo", bytes: Array(topology.utf8))
        let outcome = try compile(source, only: ["shell", "ansible"], templates: Templates())
        guard let compilation = outcome.output else {
            throw Refused(description: outcome.diagnostics.map(\.message).joined(separator: "\n"))
        }
        for artifact in compilation.artifacts {
            let file = folder.appendingPathComponent(artifact.path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try artifact.contents.write(to: file, atomically: false, encoding: .utf8)
        }
    }

    /// Changes the text of a file.
    func edit(_ path: String, replacing old: String, with new: String) throws {
        let file = folder.appendingPathComponent(path)
        let text = try String(contentsOf: file, encoding: .utf8)
        guard text.contains(old) else { throw Refused(description: "\(path) has no \"\(old)\"") }
        try text.replacingOccurrences(of: old, with: new).write(to: file, atomically: false, encoding: .utf8)
    }

    /// Runs a command of Ansible on the control node.
    func run(_ words: String...) throws -> Bed.Run { try run(words) }

    /// Runs a command of Ansible on the control node.
    func run(_ words: [String]) throws -> Bed.Run {
        let environment = ["env", "LC_ALL=C.UTF-8", "HOME=/root", "ANSIBLE_NOCOLOR=1", "PYTHONDONTWRITEBYTECODE=1"]
        return try bed.run("control", environment + words)
    }

    /// Runs a playbook.
    func play(_ book: String, _ options: String...) throws -> Play {
        let place = folder.appendingPathComponent("ansible").path
        return Play(
            try run(
                ["ansible-playbook", "-f", "25", "-T", "3", "-i", "\(place)/inventory.yml", "\(place)/\(book).yml"]
                    + options))
    }

    /// What is on the host of what scripts may change.
    func state(of host: String) throws -> State { try State(of: host, in: bed, asking: State.ofHost) }
}

/// What a playbook did.
struct Play {
    /// The exit status, and what was printed.
    let run: Bed.Run
    /// Of each host, how often something was ok, changed, and so on.
    let recap: [String: [String: Int]]

    init(_ run: Bed.Run) {
        self.run = run
        let lines = run.output.components(separatedBy: "PLAY RECAP").last?.split(separator: "\n").dropFirst() ?? []
        recap = Dictionary(
            lines.compactMap { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                guard parts.count == 2 else { return nil }
                let counts = parts[1].split(separator: " ").compactMap { word -> (String, Int)? in
                    let pair = word.split(separator: "=")
                    return pair.count == 2 ? Int(pair[1]).map { (String(pair[0]), $0) } : nil
                }
                return (parts[0].trimmingCharacters(in: .whitespaces), Dictionary(counts) { $1 })
            }
        ) { $1 }
    }

    /// The hosts that have at least one of these.
    func hosts(_ count: String) -> [String] {
        recap.filter { $0.value[count, default: 0] > 0 }.map(\.key).sorted { ($0.count, $0) < ($1.count, $1) }
    }

    /// True where each host was reached, and all went well.
    var isGood: Bool { run.status == 0 && !recap.isEmpty && hosts("failed").isEmpty && hosts("unreachable").isEmpty }
}
