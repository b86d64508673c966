import TopoDiagnostics
import TopoModel

extension Findings {
    /// Checks the name of a topology or host, which becomes that of a folder.
    mutating func checkFolderName(_ name: Located<String>, of subject: Subject) {
        let text = name.value
        let kind = subject.kind.rawValue
        if text.utf8.count > 63 {
            add(
                .nameTooLong, "\(kind) name \"\(text)\" is too long: \(text.utf8.count) bytes of 63", at: name.span,
                "at most 63 bytes", help: ["shorten it; a description may say more"])
        } else if let reason = folderNameFault(text) {
            add(
                .invalidName, "\(kind) name \"\(text)\" \(reason)", at: name.span,
                "letters, digits, \"-\", \"_\" and \".\", the first a letter or digit",
                help: ["it is the name of a folder: take one such as \"\(kind)1\""])
        } else if subject.kind == .host, reservedFolders.contains(text) {
            add(
                .reservedName, "host name \"\(text)\" is taken: topoc writes out/TOPOLOGY/\(text) itself",
                at: name.span,
                help: ["take another name, as in \"host1\""])
        }
    }

    /// Checks the name of a LAN, which is shown and quoted and is no name of anything in Linux.
    mutating func checkLANName(_ name: Located<String>) {
        if name.value.utf8.count > 63 {
            add(
                .nameTooLong, "LAN name \"\(name.value)\" is too long: \(name.value.utf8.count) bytes of 63",
                at: name.span, "at most 63 bytes", help: ["shorten it; a description may say more"])
        } else if name.value.isEmpty || name.value.unicodeScalars.contains(where: \.isControlOrLineEnd) {
            let reason = name.value.isEmpty ? "is empty" : "has a control character"
            add(.invalidName, "LAN name \"\(name.value)\" \(reason)", at: name.span, help: ["take a text on one line"])
        }
    }
}

/// Names in a topology's folder that are not hosts'.
let reservedFolders: Set<String> = [
    "lab", "lab.sh", "virtualbox.sh", "topology.json", "RUNBOOK.md", "l2.dot", "l2.svg", "l3.dot", "l3.svg",
]

/// Why a text is no name of a host or topology; nil where it is one.
private func folderNameFault(_ name: String) -> String? {
    guard let first = name.utf8.first else { return "is empty" }
    if let scalar = name.unicodeScalars.first(where: { !($0.isASCIILetterOrDigit || "-_.".unicodeScalars.contains($0)) }
    ) {
        return scalar.isControlOrLineEnd ? "has the control character \(scalar.codePoint)" : "has \"\(scalar)\""
    }
    if !Unicode.Scalar(first).isASCIILetterOrDigit { return "begins with \"\(Unicode.Scalar(first))\"" }
    if AddressOrName.looksLikeAddress(name) { return "reads as an address" }
    return nil
}

extension Unicode.Scalar {
    /// True for A to Z, a to z and 0 to 9.
    var isASCIILetterOrDigit: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
    }
}
