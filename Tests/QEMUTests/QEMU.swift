import Foundation
import Guests

/// A whole Debian kernel under QEMU, which has NAT by nftables and VLANs, and what is run in it.
final class QEMU {
    /// What a run did.
    struct Run {
        let status: Int32
        let text: String
    }

    /// Why there is no such kernel here; nil where there is one. With CI set it is used, and missed.
    static let obstacle: String? = {
        guard ProcessInfo.processInfo.environment["CI"] == nil else { return nil }
        guard getuid() == 0 else { return "these tests need root" }
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/qemu-system-x86_64") else {
            return "not installed: qemu-system-x86"
        }
        let isThere = FileManager.default.fileExists(atPath: "/var/cache/topoc/kernel/linux")
        return isThere ? nil : "no kernel for QEMU: scripts/setup.sh test unpacks it"
    }()

    private static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// What is copied into the kernel's memory.
    let folder: URL
    private let base: URL

    /// Makes a folder with `run.sh` in it.
    init() throws {
        base = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-qemu-\(UUID().uuidString)")
        folder = base.appendingPathComponent("lab")
        for place in [folder, base.appendingPathComponent("tmp")] {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(
            at: Self.here.appendingPathComponent("run.sh"), to: folder.appendingPathComponent("run.sh"))
    }

    deinit { try? FileManager.default.removeItem(at: base) }

    /// Starts the kernel.
    /// - Returns: the process, its standard input, with which it ends, and what waits for its end.
    func start(seconds: Int) throws -> (process: Process, lifeline: Pipe, end: () throws -> Run) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // Threads of tests block signals, which commands would inherit.
        process.arguments = [
            "--default-signal", "TMPDIR=\(base.path)/tmp", "sh", Self.here.appendingPathComponent("qemu.sh").path,
            folder.path, "\(seconds)",
        ]
        let (lifeline, log) = (Pipe(), base.appendingPathComponent("log"))
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        process.standardInput = lifeline
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = process.standardOutput
        try process.run()
        return (
            process, lifeline,
            {
                process.waitUntilExit()
                let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
                return Run(status: process.terminationStatus, text: text)
            }
        )
    }

    /// What is left of it: files of its own, and processes with the folder in their command line.
    var leftovers: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(base.path)/tmp")) ?? ["it is gone"]
        return files + processes
    }

    /// The processes of this machine with the folder in their command line.
    var processes: [String] { Guests.processes(naming: base.lastPathComponent) }
}
