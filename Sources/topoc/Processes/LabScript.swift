import Glibc

/// The compiled `lab.sh` of a topology.
struct LabScript {
    /// The script's path.
    let path: String

    /// The script in a topology's output folder.
    init(folder: String) { path = "\(folder)/lab.sh" }

    /// Runs one of its verbs.
    /// - Returns: its exit status; 128 and the signal's number where topoc itself was asked to stop meanwhile.
    /// - Throws: `FileError` where it cannot be started.
    func run(_ verb: String, _ arguments: [String] = [], isShielded: Bool = false) throws(FileError) -> Int32 {
        var process = ChildProcess(command: ["sh", path, verb] + arguments)
        process.isShielded = isShielded
        let end = try process.run()
        return end.interruption.map { 128 + $0 } ?? end.status
    }

    /// Runs one of its verbs and shows what it says where it fails, else how far it is.
    /// - Parameters:
    ///   - hosts: how many hosts there are.
    ///   - words: what is done, as in `bringing the lab up`.
    /// - Returns: its exit status, as ``run(_:_:isShielded:)``.
    /// - Throws: `FileError` where it cannot be started.
    func runQuietly(_ verb: String, _ arguments: [String], hosts: Int, _ words: String) throws(FileError) -> Int32 {
        let log = try temporaryFile()
        let number = log.number
        var process = ChildProcess(command: ["sh", path, verb] + arguments, output: number)
        process.progress = {
            // Its own place in the file stays where the script writes.
            let done = LabScript.headings(in: number) - 1
            return "\(words), \(max(0, done)) of \(hosts) \(hosts == 1 ? "host" : "hosts") done"
        }
        let end = try process.run()
        let status = end.interruption.map { 128 + $0 } ?? end.status
        if status != 0, lseek(number, 0, SEEK_SET) == 0, let said = log.bytes(upTo: 64 << 20) {
            _ = writeAll(said, to: StandardStream.output.rawValue)
        }
        return status
    }

    /// How many hosts a script has begun with: each begins with a line `--- HOST: SCRIPT ---`.
    private static func headings(in number: Int32) -> Int {
        var status = stat()
        guard fstat(number, &status) == 0, status.st_size > 0 else { return 0 }
        var bytes = [UInt8](repeating: 0, count: min(status.st_size, 64 << 20))
        let count = pread(number, &bytes, bytes.count, 0)
        return bytes.prefix(max(0, count)).split(separator: 0x0A).count { $0.starts(with: "--- ".utf8) }
    }

    /// Runs one of its verbs, and ends topoc with its status.
    /// - Throws: `FileError` where it cannot be started.
    func end(_ verb: String, _ arguments: [String] = []) throws(FileError) -> Never {
        Status.end(with: try run(verb, arguments))
    }
}
