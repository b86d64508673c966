import Foundation

/// Commands that count the changes which a script makes, and stop it at one of them.
struct Shim {
    /// What happens at the chosen change.
    enum Action: String {
        /// The script is killed when its command is about to run.
        case before
        /// The script is killed when its command is done.
        case after
        /// The script is sent SIGTERM while its command is at work.
        case term
        /// The command fails.
        case fail
    }

    /// The commands of both kinds of iptables.
    private static let filters = ["iptables-nft", "iptables-legacy", "ip6tables-nft", "ip6tables-legacy"]

    /// A change at which a script is stopped.
    struct Step: Sendable {
        /// Which of the changes it is, from 1 on.
        let number: Int
        /// What the command looks like without names, addresses, numbers and files.
        let form: String
    }

    let folder: URL
    private let machine: Machine

    /// Makes the commands in a folder of the lab's machine.
    init(in lab: Lab) throws {
        machine = lab.machine
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
            [ ! -e "${SHIM}/changes" ] || mv "${SHIM}/changes" "${SHIM}/earlier"
            echo 0 >"${SHIM}/count"; : >"${SHIM}/changes"
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

    /// The changes of the last script, one of each form, and its first and last: `forms.sh` says what a form is.
    /// - Parameter known: the forms at which other scripts were stopped; those of this one are added.
    func steps(without known: inout Set<String>) throws -> [Step] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("forms.sh")
        let files = ["changes", "earlier"].map { folder.appendingPathComponent($0).path }
        let run = try machine.run(["sh", script.path] + files)
        let all = run.lines.compactMap { line -> Step? in
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2, let number = Int(parts[0]) else { return nil }
            return Step(number: number, form: String(parts[1]))
        }
        guard run.status == 0, all.count == run.lines.count, all.last?.number == (try changes()) else {
            throw Machine.Unmade(description: "no forms: \(run.text)")
        }
        return all.enumerated().filter { index, step in
            known.insert(step.form).inserted || index == 0 || index == all.count - 1
        }.map(\.element)
    }
}
