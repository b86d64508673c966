import TopoDiagnostics
import TopoModel

extension Findings {
    /// Checks a container's name against what its runtime takes.
    mutating func checkContainerName(_ name: Located<String>, runtime: Runtime) {
        guard let reason = runtime.nameFault(name.value) else { return }
        add(
            .nameRefusedByRuntime, "container name \"\(name.value)\" is refused by \(runtime.title): it \(reason)",
            at: name.span, runtime.nameRule, help: ["take a name such as \"c1\""])
    }
}

extension Runtime {
    /// The runtime's name as its makers write it.
    fileprivate var title: String {
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
        case .lxd, .incus: "1 to 63 letters, digits and hyphens, no hyphen first or last, not digits alone"
        case .docker: "2 or more letters, digits, \"_\", \".\" and \"-\", the first a letter or digit"
        case .netns: "a file name of at most 255 bytes without white space"
        }
    }

    /// Why it refuses a name; nil where it takes it.
    fileprivate func nameFault(_ name: String) -> String? {
        if name.isEmpty { return "is empty" }
        return switch self {
        case .lxd, .incus: instanceNameFault(name)
        case .docker: dockerNameFault(name)
        case .netns: namespaceNameFault(name)
        }
    }
}

private func instanceNameFault(_ name: String) -> String? {
    if let odd = name.unicodeScalars.first(where: { !($0.isASCIILetterOrDigit || $0 == "-") }) { return odd.asFault }
    if name.utf8.count > 63 { return "has \(name.utf8.count) characters" }
    if name.hasPrefix("-") || name.hasSuffix("-") { return "has a hyphen \(name.hasPrefix("-") ? "first" : "last")" }
    if name.utf8.allSatisfy({ (48...57).contains($0) }) { return "is digits alone" }
    return nil
}

private func dockerNameFault(_ name: String) -> String? {
    if let odd = name.unicodeScalars.first(where: { !($0.isASCIILetterOrDigit || "_.-".unicodeScalars.contains($0)) }) {
        return odd.asFault
    }
    if let first = name.unicodeScalars.first, !first.isASCIILetterOrDigit { return "begins with \"\(first)\"" }
    return name.utf8.count < 2 ? "has a single character" : nil
}

private func namespaceNameFault(_ name: String) -> String? {
    if name == "." || name == ".." { return "is a folder" }
    if name.hasPrefix("-") { return "begins with \"-\" and would be taken for an option" }
    let odd = name.unicodeScalars.first { $0 == "/" || $0.isControlOrLineEnd || $0.isBlank }
    if let odd { return odd.asFault }
    return name.utf8.count > 255 ? "has \(name.utf8.count) bytes" : nil
}

extension Unicode.Scalar {
    /// Why a name with this character is refused.
    fileprivate var asFault: String {
        if isControlOrLineEnd { return "has the control character \(codePoint)" }
        return isBlank ? "has white space" : "has \"\(self)\""
    }
}
