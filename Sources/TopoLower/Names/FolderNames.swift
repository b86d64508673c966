import TopoDiagnostics
import TopoModel

extension Findings {
    /// Checks the name of a topology or host, which becomes that of a folder.
    mutating func checkFolderName(_ name: Located<String>, of subject: Subject) {
        let text = name.value
        let kind = subject.kind.rawValue
        if let fault = lengthFault(text) {
            add(
                .nameTooLong, "\(kind) name \"\(text)\" \(fault)", at: name.span, "at most 63 bytes",
                help: ["shorten it; a description may say more"])
        } else if let reason = folderNameFault(text) {
            add(
                .invalidName, "\(kind) name \"\(text)\" \(reason)", at: name.span,
                NamePattern.folder.words,
                help: ["it is also the name of a folder: choose one such as \"\(kind)1\""])
        } else if subject.kind == .host, reservedFolders.contains(text) {
            add(
                .reservedName, "host name \"\(text)\" is taken: topoc writes out/TOPOLOGY/\(text) itself",
                at: name.span,
                help: ["choose another name, for example \"host1\""])
        } else if subject.kind == .host, inventoryGroups.contains(text) {
            add(
                .reservedName, "host name \"\(text)\" is taken: Ansible's inventory has a group of this name",
                at: name.span,
                help: ["choose another name, for example \"host1\""])
        }
    }

    /// Checks the name of a LAN or network.
    mutating func checkLANName(_ name: Located<String>, calling kind: String = ElementKind.lan.rawValue) {
        if name.value.utf8.count > 63 {
            add(
                .nameTooLong,
                "\(kind) name \"\(name.value)\" is too long: it has \(name.value.utf8.count) bytes",
                at: name.span, "at most 63 bytes", help: ["shorten it; a description may say more"])
        } else if let fault = NamePattern.device.fault(in: name.value) {
            add(
                .invalidName, "\(kind) name \"\(name.value)\" \(fault)", at: name.span,
                NamePattern.device.words,
                help: ["choose a name such as \"internal\"; a description may say more"])
        }
    }
}

/// Names in a topology's folder that are not hosts'.
let reservedFolders: Set<String> = [
    "ansible", "lab", "lab.sh", "outside", "virtualbox.sh", "topology.json", "RUNBOOK.md", "l2.dot", "l2.svg", "l3.dot",
    "l3.svg",
]

/// Groups of `inventory.yml`. Ansible gives a host of such a name the group's variables, or loses it.
let inventoryGroups: Set<String> = ["all", "ungrouped", "topoc", "topoc_listening", "topoc_silent"]

/// Why a text cannot be a topology's name, as a phrase after the name such as `has white space`; nil where it can.
public func topologyNameFault(_ name: String) -> String? { lengthFault(name) ?? folderNameFault(name) }

private func lengthFault(_ name: String) -> String? {
    name.utf8.count > 63 ? "is too long: it has \(name.utf8.count) bytes, at most 63" : nil
}

/// Why a text is no name of a host or topology; nil where it is one.
private func folderNameFault(_ name: String) -> String? {
    NamePattern.folder.fault(in: name) ?? (AddressOrName.looksLikeAddress(name) ? "reads as an address" : nil)
}
