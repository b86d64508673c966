import Foundation

/// What the tests of the lab need of the machine that they run on.
enum Requirements {
    /// True where they are to run: with CI set they run anyway, and fail where something is missing.
    static let areMet = obstacle == nil || ProcessInfo.processInfo.environment["CI"] != nil

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
