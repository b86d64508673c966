import Glibc
import TopoDiagnostics
internal import TopoText

/// The topology files that a command line names: each file, and of a folder all of its `.topo` files by their names.
/// - Parameter words: files, folders and at most one `-`, which is standard input; where there are none, the folder that
///   the user is in, which must have one `.topo` file.
/// - Throws: `UsageError` where it is not clear which file is meant, `FileError`.
func topologyFiles(_ words: [String]) throws -> [String] {
    guard !words.isEmpty else { return [try onlyTopology()] }
    guard words.count(where: isStandardInput) <= 1 else { throw UsageError("standard input can be read once") }
    return try words.flatMap { word in
        guard !isStandardInput(word), isFolder(word) else { return [word] }
        let files = try topologies(in: word)
        guard !files.isEmpty else { throw UsageError("there is no .topo file in \"\(visiblePath(word))\"") }
        return files
    }
}

/// The only `.topo` file of the folder that the user is in.
private func onlyTopology() throws -> String {
    let files = try topologies(in: ".")
    guard files.count <= 1 else {
        let names = files.prefix(5).map { "\"\(visiblePath($0))\"" }
        let more = files.count > 5 ? " and \(files.count - 5) more" : ""
        throw UsageError(
            "there are several .topo files here: name one of \(names.joined(separator: ", "))\(more), or \".\" for all")
    }
    guard let file = files.first else {
        throw UsageError("there is no .topo file here: name one, or write one to start from with \"topoc init\"")
    }
    return file
}

private func topologies(in folder: String) throws(FileError) -> [String] {
    let isHere = folder.isSame(as: ".")
    let start = isHere ? "" : folder.ends(with: "/") ? folder : "\(folder)/"
    return try entries(of: folder).filter { $0.ends(with: ".topo") }.map { start + $0 }.filter { !isFolder($0) }
}
