import TopoDiagnostics
import TopoModel

extension Findings {
    /// Checks a name as the kernel checks that of an interface (`dev_valid_name` in net/core/dev.c), and a little more.
    mutating func checkDeviceName(_ name: Located<String>, of subject: Subject) {
        let bytes = name.value.utf8
        let kind = subject.kind.rawValue
        if bytes.count > 15 {
            add(
                .nameTooLong, "\(kind) name \"\(name.value)\" is too long: \(bytes.count) bytes of 15", at: name.span,
                "at most 15 bytes", help: ["shorten it, for example to \"\(String(name.value.shortened(to: 15)))\""])
        } else if let reason = deviceNameFault(name.value) {
            add(
                .invalidName, "\(kind) name \"\(name.value)\" \(reason)", at: name.span,
                help: ["take letters and digits, as in \"br0\""])
        } else if kernelDevices.contains(name.value) {
            add(
                .reservedName, "\(kind) name \"\(name.value)\" belongs to the kernel", at: name.span,
                notes: [
                    name.value == "lo"
                        ? "every network namespace has its loopback interface under this name"
                        : "the kernel makes a device of this name itself when its module is loaded"
                ], help: ["take another name, as in \"\(name.value == "lo" ? "dummy" : "t-\(name.value)")\""])
        }
    }
}

/// Devices that the kernel has, or makes in every namespace when a tunnel module is loaded.
let kernelDevices: Set<String> = [
    "lo", "tunl0", "gre0", "gretap0", "erspan0", "ip_vti0", "ip6_vti0", "sit0", "ip6tnl0", "ip6gre0",
]

/// Why a text of at most 15 bytes is no name of an interface; nil where it is one.
private func deviceNameFault(_ name: String) -> String? {
    if name.isEmpty { return "is empty" }
    if [".", ".."].contains(name) { return "is a folder: the kernel shows interfaces as folders below /sys" }
    if ["all", "default"].contains(name) { return "would stand for every interface below /proc/sys/net" }
    if name.hasPrefix("-") { return "begins with \"-\": ip and brctl would take it for an option" }
    for scalar in name.unicodeScalars {
        switch scalar {
        case "/": return "has a \"/\": the kernel shows interfaces as folders below /sys"
        case ":": return "has a \":\": it would name an address label"
        case "%": return "has a \"%\": the kernel puts a number there"
        default: break
        }
        if scalar.isControlOrLineEnd { return "has the control character \(scalar.codePoint)" }
        if scalar.isBlank { return "has white space" }
    }
    // The kernel asks isspace() of each byte, for which 0xA0 is a blank (Latin-1), in the middle of a letter too.
    if let scalar = name.unicodeScalars.first(where: { String($0).utf8.contains(0xA0) }) {
        return "has \"\(scalar)\", whose second byte the kernel takes for white space"
    }
    return nil
}

extension String {
    /// As many leading characters as fit into `count` bytes of UTF-8.
    fileprivate func shortened(to count: Int) -> Substring {
        var result = self[...]
        while result.utf8.count > count { result = result.dropLast() }
        return result
    }
}
