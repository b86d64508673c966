public import TopoModel
internal import TopoText

/// A file of systemd's: systemd.netdev(5), systemd.network(5).
public struct UnitFile: Sendable, Hashable {
    /// Its name, without a folder.
    public let name: String
    /// Lines for the reader at its head.
    public let comments: [String]
    /// Its sections, in order; those that are empty are not written.
    public let sections: [UnitSection]

    /// Makes a file.
    public init(name: String, comments: [String] = [], sections: [UnitSection]) {
        self.name = name
        self.comments = comments
        self.sections = sections
    }

    /// The `.network` of the loopback interface, which systemd-networkd leaves its own addresses.
    public static func loopback(_ addresses: [InterfaceAddress], comments: [String] = []) -> UnitFile {
        UnitFile(
            name: "05-topoc-lo.network", comments: comments,
            sections: [
                UnitSection("Match", [("Name", .word("lo"))]),
                UnitSection("Network", addresses.map { (key: "Address", value: .address($0)) }),
            ])
    }

    /// Its lines.
    public var lines: [String] {
        let parts = sections.filter { !$0.isEmpty }.map { ["[\($0.name)]"] + $0.lines }
        let head = comments.map { "# " + shellComment($0) }
        return Array(((head.isEmpty ? [] : [head]) + parts).joined(separator: [""]))
    }

    /// Its text.
    public var text: String { lines.joined(separator: "\n") + "\n" }
}
