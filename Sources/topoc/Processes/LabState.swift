import Glibc
import TopoDiagnostics
internal import TopoText

/// What is up of a lab, as the files below `/run/topoc-lab/NAME` say that its script and topoc keep there.
struct LabState {
    /// The folder in which each lab that is up has one.
    static let parent = "/run/topoc-lab"

    /// What topoc knows of the topology file that a lab is from.
    struct Origin: Equatable {
        /// The file's path from the root.
        let path: String
        /// The digest of what was in it.
        let digest: String
        /// When the lab came up first, in seconds since 1970.
        let since: Int

        /// As it is kept: a line each.
        var bytes: [UInt8] { Array("\(since)\n\(digest)\n".utf8) + ByteText.bytes(of: path) }

        init(path: String, digest: String, since: Int) { (self.path, self.digest, self.since) = (path, digest, since) }

        /// Reads it back; nil for anything else.
        init?(_ bytes: [UInt8]) {
            let parts = bytes.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let since = Int(String(decoding: parts[0], as: UTF8.self)), !parts[2].isEmpty else {
                return nil
            }
            self.init(path: ByteText.text(parts[2]), digest: String(decoding: parts[1], as: UTF8.self), since: since)
        }
    }

    /// The topology's name.
    let name: String
    /// The compiled folder whose script brought it up.
    let folder: String
    /// True where all of it is up.
    let isComplete: Bool
    /// When it came up, in seconds since 1970.
    let since: Int
    /// The hosts that are there.
    let hosts: [String]
    /// The topology file; nil where the script was run without topoc.
    let origin: Origin?

    /// Looks at one lab; nil where nothing of it is up.
    init?(_ name: String, in parent: String = LabState.parent) {
        let place = "\(parent)/\(name)"
        guard let folder = LabState.read("\(place)/folder") else { return nil }
        self.name = name
        self.folder = ByteText.text(folder.split(separator: 0x0A).first ?? [])
        hosts = (LabState.read("\(place)/hosts") ?? []).split(separator: 0x0A).map { ByteText.text($0) }
        origin = LabState.read("\(place)/\(LabState.originName)").flatMap(Origin.init)
        let completed = LabState.time(of: "\(place)/complete")
        isComplete = completed != nil
        since = origin?.since ?? completed ?? LabState.time(of: "\(place)/folder") ?? 0
    }

    /// All labs of this machine of which something is up, by name.
    /// - Throws: `FileError` where that cannot be seen.
    static func all(in parent: String = LabState.parent) throws(FileError) -> [LabState] {
        guard access(ByteText.cString(parent), F_OK) == 0 else { return [] }
        return try entries(of: parent).compactMap { LabState($0, in: parent) }
    }

    /// Notes of a lab that has come up from which file it is.
    static func note(_ file: String, _ bytes: [UInt8], of name: String, in parent: String = LabState.parent) {
        let place = "\(parent)/\(name)"
        guard let lab = LabState(name, in: parent), let path = resolvedPath(file) else { return }
        let since = lab.origin?.since ?? Glibc.time(nil)
        let origin = Origin(path: path, digest: sha256(bytes), since: since)
        // That a lab is up must not hang on whether this can be noted.
        guard let folder = try? Directory(making: place) else { return }
        try? folder.write(originName, mode: 0o644, bytes: origin.bytes)
    }

    private static let originName = "source"

    private static func read(_ path: String) -> [UInt8]? { try? readRegularFile(path, upTo: 1 << 20) }

    private static func time(of path: String) -> Int? {
        var status = stat()
        return stat(ByteText.cString(path), &status) == 0 ? status.st_mtim.tv_sec : nil
    }
}

extension LabState {
    /// What is up, for a person: several lines.
    /// - Parameter now: seconds since 1970.
    func report(now: Int) -> String {
        var lines = [
            "\(visible(name)): \(isComplete ? "up" : "half up") since \(LabState.clock(since)) (\(LabState.span(now - since)))"
        ]
        if !isComplete { lines.append("  \"topoc lab up\" goes on from here, \"topoc lab down\" takes it away") }
        lines.append("  hosts:   \(hosts.map { visible($0) }.joined(separator: ", "))")
        lines.append("  scripts: \(visiblePath(folder))")
        guard let origin else {
            return (lines + ["  file:    not known: it was brought up by its lab.sh"]).joined(separator: "\n") + "\n"
        }
        lines.append("  file:    \(visiblePath(origin.path)), \(origin.isChanged)")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func clock(_ seconds: Int) -> String {
        var time = seconds
        var parts = tm()
        var text = [CChar](repeating: 0, count: 64)
        guard localtime_r(&time, &parts) != nil, strftime(&text, text.count, "%Y-%m-%d %H:%M:%S", &parts) > 0 else {
            return "\(seconds)"
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// `2 h 5 min`, the two largest parts.
    static func span(_ seconds: Int) -> String {
        let parts = [
            (seconds / 86400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s"),
        ]
        let shown = parts.drop { $0.0 <= 0 }.prefix(2).filter { $0.0 > 0 }
        return shown.isEmpty ? "0 s" : shown.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}

extension LabState.Origin {
    /// Whether the file is as it was, as a phrase.
    var isChanged: String {
        guard let bytes = try? readRegularFile(path, upTo: 1 << 25) else {
            return "which is not there any more"
        }
        return sha256(bytes).isSame(as: digest)
            ? "which has not changed since" : "which has changed since: \"topoc lab up\" brings the lab to it"
    }
}
