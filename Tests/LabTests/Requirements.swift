import Foundation
import TopoForwarding
import TopoNetwork

/// What the tests of the lab need of the machine that they run on.
enum Requirements {
    /// True where they are to run: with CI set they run anyway, and fail where something is missing.
    static let areMet = obstacle == nil || ProcessInfo.processInfo.environment["CI"] != nil

    /// What is known of the kernel that the lab's hosts have.
    static let kernel = KernelAssumptions(
        tunnelLevels: TunnelLevels.carried(
            byKernel: (try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)) ?? ""))

    /// Why no kernel of the test's own can run here; nil where it can, and with CI set.
    static let kernelObstacle: String? = {
        guard ProcessInfo.processInfo.environment["CI"] == nil else { return nil }
        if let obstacle { return obstacle }
        let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/linux.uml")
        return isThere ? nil : "not installed: user-mode-linux"
    }()

    /// Why they cannot run here; nil where they can.
    static let obstacle: String? = {
        guard getuid() == 0 else { return "the lab needs root" }
        let tools = [
            "ip", "brctl", "sysctl", "nsenter", "unshare", "flock", "ping", "traceroute", "tcpdump", "awk", "timeout",
        ]
        let places = ["/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"]
        let missing = tools.filter { tool in
            !places.contains { FileManager.default.isExecutableFile(atPath: $0 + tool) }
        }
        return missing.isEmpty ? nil : "not installed: \(missing.joined(separator: ", "))"
    }()
}
