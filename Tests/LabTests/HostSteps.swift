import Foundation
import Testing

extension Lab {
    /// Runs a host's up.sh with `--confirm`, while a file is made by which it is answered.
    func confirmed(_ host: String, _ up: String, _ options: [String] = []) throws -> Machine.Run {
        let line = """
            sh '\(up)' --confirm 30 \(options.joined(separator: " ")) & up=$!
            tries=0
            until grep -qs confirm "/proc/$up/cmdline" && [ -e "$(find /run/topoc -name journal 2>/dev/null | head -n 1)" ]; do
                tries=$((tries + 1)); [ "$tries" -lt 50 ] || break; sleep 0.1
            done
            sleep 1; touch "$(dirname "$(find /run/topoc -name journal | head -n 1)")/confirmed"; wait "$up"
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
