import TopoDiagnostics
import TopoModel

extension Findings {
    /// Checks a container's name against what its runtime takes.
    mutating func checkContainerName(_ name: Located<String>, runtime: Runtime) {
        guard let fault = runtime.nameFault(name.value) else { return }
        add(
            .nameRefusedByRuntime, "container name \"\(name.value)\" is not allowed by \(runtime.title): it \(fault)",
            at: name.span, runtime.nameRule, help: ["choose a name such as \"c1\""])
    }
}

extension Runtime {
    /// The runtime's name as its makers write it.
    var title: String {
        switch self {
        case .lxd: "LXD"
        case .incus: "Incus"
        case .docker: "Docker"
        case .netns: "ip netns"
        }
    }

    /// What it takes for a name.
    fileprivate var nameRule: String {
        switch self {
        case .lxd, .incus: "1 to 63 letters, digits and hyphens, not beginning or ending with a hyphen, not only digits"
        case .docker: "2 or more \(NamePattern.folder.words)"
        case .netns: "up to 255 \(NamePattern.device.words)"
        }
    }

    /// Why it refuses a name; nil where it takes it.
    fileprivate func nameFault(_ name: String) -> String? {
        switch self {
        case .lxd, .incus: NamePattern.instance.fault(in: name) ?? instanceNameFault(name)
        case .docker:
            NamePattern.folder.fault(in: name) ?? (name.utf8.count < 2 ? "has a single character" : nil)
        case .netns:
            NamePattern.device.fault(in: name) ?? (name.utf8.count > 255 ? "has \(name.utf8.count) bytes" : nil)
        }
    }
}

/// Why LXD refuses a name of letters, digits and hyphens that begins with none of these: it is a host name (RFC 1123).
private func instanceNameFault(_ name: String) -> String? {
    if name.utf8.count > 63 { return "has \(name.utf8.count) characters" }
    if name.utf8.last == UInt8(ascii: "-") { return "has a hyphen last" }
    return name.utf8.allSatisfy { (48...57).contains($0) } ? "has only digits" : nil
}
