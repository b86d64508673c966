import TopoDiagnostics
import TopoModel

extension Findings {
    /// Checks the name of an interface: as the kernel does (`dev_valid_name` in net/core/dev.c), and more strictly.
    mutating func checkDeviceName(_ name: Located<String>, of subject: Subject) {
        let bytes = name.value.utf8
        let kind = subject.kind.rawValue
        if bytes.count > 15 {
            add(
                .nameTooLong, "\(kind) name \"\(name.value)\" is too long: it has \(bytes.count) bytes", at: name.span,
                "at most 15 bytes", help: ["shorten it, for example to \"\(String(name.value.shortened(to: 15)))\""])
        } else if let fault = NamePattern.device.fault(in: name.value) {
            add(
                .invalidName, "\(kind) name \"\(name.value)\" \(fault)", at: name.span, NamePattern.device.words,
                help: ["choose another name, for example \"br0\""])
        } else if namesOfAllInterfaces.contains(name.value) {
            add(
                .invalidName, "\(kind) name \"\(name.value)\" would stand for every interface below /proc/sys/net",
                at: name.span, help: ["choose another name, for example \"br0\""])
        } else if kernelDevices.contains(name.value) {
            add(
                .reservedName, "\(kind) name \"\(name.value)\" belongs to the kernel", at: name.span,
                notes: [
                    name.value == "lo"
                        ? "every network namespace has its loopback interface under this name"
                        : "the kernel creates a device with this name when it loads the module"
                ], help: ["choose another name, for example \"\(name.value == "lo" ? "dummy" : "t-\(name.value)")\""])
        }
    }

    /// Checks the name of a bridge or interface that LXD or Incus makes: their `IsInterfaceName` wants 2 to 15 bytes, and
    /// takes fewer signs than the kernel does. Called for names that ``checkDeviceName(_:of:)`` takes.
    mutating func checkInstanceDeviceName(_ name: Located<String>, _ runtime: Runtime, of subject: Subject) {
        guard NamePattern.device.fault(in: name.value) == nil else { return }
        let fault = name.value.utf8.count < 2 ? "has a single character" : NamePattern.folder.fault(in: name.value)
        guard let fault else { return }
        add(
            .nameRefusedByRuntime,
            "\(subject.kind.rawValue) name \"\(name.value)\" is not allowed by \(runtime.title): it \(fault)",
            at: name.span, "2 to 15 letters, digits, \"_\", \".\" and \"-\"", help: ["choose a name such as \"eth1\""])
    }
}

/// Devices that the kernel has, or makes in every namespace when a tunnel module is loaded.
let kernelDevices: Set<String> = [
    "lo", "tunl0", "gre0", "gretap0", "erspan0", "ip_vti0", "ip6_vti0", "sit0", "ip6tnl0", "ip6gre0",
]

/// Folders below /proc/sys/net/ipv4/conf that are no interfaces.
let namesOfAllInterfaces = ["all", "default"]

extension String {
    /// As many leading scalars as fit into `count` bytes of UTF-8.
    fileprivate func shortened(to count: Int) -> Substring {
        var result = self[...]
        while result.utf8.count > count { result.unicodeScalars.removeLast() }
        return result
    }
}
