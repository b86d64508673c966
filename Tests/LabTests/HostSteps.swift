import Foundation
import Testing

extension Lab {
    /// Brings the lab up, and expects that all its checks hold, those among them that have these words.
    func expectUp(holding checks: [String]) throws {
        let up = try run("up")
        try #require(up.status == 0, "\(up.text)")
        let test = try run("test")
        #expect(test.status == 0 && !test.lines.contains { $0.hasPrefix("not ok ") }, "\(test.text)")
        for words in checks {
            #expect(test.lines.contains { $0.hasPrefix("ok ") && $0.contains(words) }, "\(words)")
        }
    }

    /// Runs a host's up.sh with `--confirm`, while a file is made by which it is answered.
    func confirmed(_ host: String, _ up: String, _ options: [String] = []) throws -> Machine.Run {
        // Until it asks: of what an earlier run has left, a confirmation too early is forgotten.
        let line = """
            said=$(mktemp)
            sh '\(up)' --confirm 30 \(options.joined(separator: " ")) >"$said" 2>&1 & up=$!
            until grep -q 'still reached' "$said" || ! grep -q . "/proc/$up/cmdline"; do sleep 0.1; done
            journal=$(find /run/topoc -name journal 2>/dev/null | head -n 1)
            [ -z "$journal" ] || touch "${journal%/*}/confirmed"
            wait "$up"; status=$?
            cat "$said"; rm "$said"; exit "$status"
            """
        return try exec(host, "sh", "-c", line)
    }

    /// An interface that has never been up shows that, and never again: this one has been.
    func raiseOnce(_ interface: String, of host: String) throws {
        let line = "ip link set dev \(interface) up && sleep 0.1 && ip link set dev \(interface) down"
        let run = try exec(host, "sh", "-c", line)
        try #require(run.status == 0, "\(run.text)")
    }

    /// The scripts of another topology, a folder for each host, beside those of this one.
    func scripts(ofTopology text: String) throws -> URL {
        let other = try Lab(text: text, on: machine, despiteErrors: true)
        let kept = machine.folder.appendingPathComponent("kept")
        try FileManager.default.copyItem(at: other.folder, to: kept)
        return kept
    }
}
