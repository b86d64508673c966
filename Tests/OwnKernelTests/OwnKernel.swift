import Foundation
import HostBed
import SideBySide
import TopoTemplates

/// A kernel of its own, user-mode Linux, with a bed of hosts that have real daemons.
enum OwnKernel {
    /// Why there is no such kernel here; nil where there is one. With CI set it is used, and missed.
    static let obstacle: String? = {
        guard ProcessInfo.processInfo.environment["CI"] == nil else { return nil }
        let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/linux.uml")
        return isThere ? nil : "not installed: user-mode-linux"
    }()

    /// What makes the containers.
    enum Daemon: String, Sendable {
        case lxd
        case docker

        /// What `bed.sh` has to know of it, by its place among the tests and its name in the bed.
        fileprivate var files: [(String, String)] {
            switch self {
            case .lxd: [("LXDTests/lxd.sh", "lxd.sh"), ("LXDTests/images.sh", "images.sh")]
            case .docker: [("DockerTests/docker.sh", "docker.sh")]
            }
        }

        /// The processor for its kernel: both kernels run at once.
        fileprivate var processor: Int { self == .lxd ? 0 : 1 }

        /// What is asked of it before and after, as lines of shell.
        fileprivate var questions: String {
            switch self {
            case .lxd: "lxc list --columns ns --format csv\nlxc network list --format csv\nlxc profile show default\n"
            case .docker:
                "docker ps --all --format '{{.Names}} {{.State}}'\ndocker network ls --format '{{.Name}}'\n"
                    + "iptables-save | grep -v '^#' | sed 's/ \\[.*//'\n"
            }
        }
    }

    /// Runs the scripts in a new kernel, by the project's own way to have one.
    /// - Parameter next: those of networks that come after the first on the same hosts, one after the other.
    /// - Returns: all that was printed.
    static func run(_ scripts: Scripts, next: [Scripts], by daemon: Daemon, in folder: URL) throws -> String {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let templates = try Templates()
        let inside = folder.appendingPathComponent("gre")
        try scripts.write(to: inside)
        for (number, scripts) in next.enumerated() {
            try scripts.write(to: inside.appendingPathComponent("next\(number)"))
        }
        try (State.ofHost + daemon.questions).write(
            to: inside.appendingPathComponent("state.sh"), atomically: false, encoding: .utf8)
        try FileManager.default.copyItem(at: Bed.script, to: inside.appendingPathComponent("bed.sh"))
        for (script, name) in daemon.files + [("OwnKernelTests/kernel.sh", "lab.sh")] {
            try FileManager.default.copyItem(
                at: here.deletingLastPathComponent().appendingPathComponent(script),
                to: inside.appendingPathComponent(name))
        }
        for name in ["uml.sh", "uml-init.sh"] {
            let file = folder.appendingPathComponent(name)
            try templates.text(name).write(to: file, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        }
        let log = folder.appendingPathComponent("log")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = onProcessor(
            daemon.processor, ["sh", folder.appendingPathComponent("uml.sh").path, inside.path, "1800"])
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = process.standardOutput
        try process.run()
        process.waitUntilExit()
        return try String(contentsOf: log, encoding: .utf8)
    }
}
