import Glibc
import TopoDiagnostics
internal import TopoText

/// The path from the root of a file that is there, by whatever links; nil, with `errno` set, for one that is not.
func resolvedPath(_ path: String) -> String? {
    guard let resolved = realpath(ByteText.cString(path), nil) else { return nil }
    defer { free(resolved) }
    return ByteText.text(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
}

extension ByteText {
    /// A path as the C library takes it.
    static func cString(_ path: String) -> [CChar] { bytes(of: path).map(CChar.init(bitPattern:)) + [0] }
}

extension String {
    /// The folder of a path and the name in it, divided by bytes at the last `/`: `("/", "a")` of `/a`, `("", "a")` of
    /// `a`. The bytes of a `/` are never part of another character's; in Swift's Characters they may be.
    var folderAndName: (folder: String, name: String) {
        guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", self) }
        let folder = String(self[..<slash])
        return (folder.isEmpty ? "/" : folder, String(self[utf8.index(after: slash)...]))
    }

    /// What stands after the last point of a path's last name; nil where there is none.
    var pathEnding: String? {
        let name = folderAndName.name
        return name.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(name[name.utf8.index(after: $0)...]) }
    }
}
