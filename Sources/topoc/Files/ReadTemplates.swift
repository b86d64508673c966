import Glibc
import TopoDiagnostics
import TopoTemplates
internal import TopoText

/// The most that a template may hold, 1 MiB.
private let templateSizeLimit = 1 << 20

/// The templates: those built in, and in place of some those of a folder.
/// - Throws: `FileError`.
func readFrames(_ folder: String?) throws -> Templates {
    do {
        guard let folder else { return try Templates() }
        return try Templates(replacing: try readTemplates(in: folder))
    } catch let error as TemplateError {
        throw FileError("use", error.path, because: "\(error)")
    }
}

/// Reads those files of a folder, and of the folders in it, that have the name of a template.
/// - Returns: them; a folder without any is a mistake.
/// - Throws: `FileError`.
func readTemplates(in folder: String) throws(FileError) -> [Templates.Replacement] {
    var replacements: [Templates.Replacement] = []
    for place in [folder] + (try entries(of: folder).map { "\(folder)/\($0)" }.filter(isFolder)) {
        for name in try entries(of: place) where Templates.names.contains(name) {
            let path = "\(place)/\(name)"
            let bytes = try readRegularFile(path, upTo: templateSizeLimit + 1)
            guard bytes.count <= templateSizeLimit else {
                throw FileError("use", path, because: "it is larger than 1 MiB")
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw FileError("use", path, because: "it is not UTF-8")
            }
            replacements.append(Templates.Replacement(name, path: path, text: text))
        }
    }
    guard !replacements.isEmpty else {
        throw FileError(
            "use", folder, because: "no template is in it; they are called \(Templates.names.joined(separator: ", "))")
    }
    return replacements
}

/// The names in a folder, sorted, without those that begin with a dot.
func entries(of folder: String) throws(FileError) -> [String] {
    guard let stream = opendir(ByteText.cString(folder)) else { throw FileError("read the folder", folder) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { name in
                ByteText.text(UnsafeBufferPointer(start: name, count: strlen(name)))
            }
        }
        if name.utf8.first != UInt8(ascii: ".") { names.append(name) }
    }
    return names.sorted()
}

/// Whether a path leads to a folder, by whatever links.
func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(ByteText.cString(path), &status) == 0 && status.isDirectory
}
