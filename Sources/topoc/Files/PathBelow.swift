/// A path below a folder, that leads to no other place: one name or several, between single slashes.
///
/// It is divided and compared by bytes, as the kernel does: to Swift's Characters `/` with a mark after it is no `/`,
/// and two ways to write é are one name.
struct PathBelow: Hashable, Comparable {
    /// All of it, in UTF-8.
    private let bytes: [UInt8]
    /// The folders on the way to the file, outermost first.
    let folders: [String]
    /// The file's name.
    let name: String

    /// Linux's PATH_MAX, without the NUL.
    private static let lengthLimit = 4095

    /// Takes a path; nil for one that is absolute, has an empty name, `.` or `..`, a line end or NUL, is not UTF-8, or is
    /// longer than the kernel takes.
    init?(_ bytes: some Collection<UInt8>) {
        self.bytes = Array(bytes)
        guard bytes.count <= PathBelow.lengthLimit, !bytes.contains(0), !bytes.contains(UInt8(ascii: "\n")) else {
            return nil
        }
        var names: [String] = []
        for part in self.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard !part.isEmpty, !part.elementsEqual(".".utf8), !part.elementsEqual("..".utf8),
                let name = String(validating: part, as: UTF8.self)
            else { return nil }
            names.append(name)
        }
        name = names.removeLast()
        folders = names
    }

    /// Takes a path in the same way.
    init?(_ path: String) { self.init(path.utf8) }

    /// The path as it is written.
    var text: String { (folders + [name]).joined(separator: "/") }

    static func == (left: PathBelow, right: PathBelow) -> Bool { left.bytes == right.bytes }

    func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

    static func < (left: PathBelow, right: PathBelow) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}
