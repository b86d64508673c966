import Foundation

/// Commands that count the changes which a script makes, and stop it at one of them.
struct Shim {
    /// What happens at the chosen change.
    enum Action: String {
        /// The script is killed when its command is about to run.
        case before
        /// The script is killed when its command is done.
        case after
        /// The command fails.
        case fail
    }

    /// The commands of both kinds of iptables.
    private static let filters = ["iptables-nft", "iptables-legacy", "ip6tables-nft", "ip6tables-legacy"]

    let folder: URL

    /// Makes the commands in a folder of the lab's machine.
    init(in lab: Lab) throws {
        folder = lab.machine.folder.appendingPathComponent("shim-\(UUID().uuidString)")
        let files = FileManager.default
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("shim.sh")
        for command in ["ip", "brctl", "sysctl", "bridge", "umount"] + Shim.filters {
            let file = folder.appendingPathComponent(command)
            try files.copyItem(at: script, to: file)
            try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        }
    }

    /// The words that run a script with these commands.
    /// - Parameter limit: the number of the change to stop it at; 0 for none.
    func words(_ script: URL, _ options: [String] = [], _ action: Action, at limit: Int) -> [String] {
        let line = """
            echo 0 >"${SHIM}/count"
            sh -c 'echo "$$" >"${SHIM}/pid"; PATH=${SHIM}:${PATH} exec sh "$@"' sh "$@"
            exit "$?"
            """
        return ["env", "SHIM=\(folder.path)", "LIMIT=\(limit)", "ACTION=\(action.rawValue)", "sh", "-c", line, "sh"]
            + [script.path] + options
    }

    /// The number of changes that the last script came to.
    func changes() throws -> Int {
        let count = try String(contentsOf: folder.appendingPathComponent("count"), encoding: .utf8)
        return Int(count.trimmingCharacters(in: .newlines)) ?? 0
    }
}
