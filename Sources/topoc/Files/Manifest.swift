internal import TopoText

/// The list, in an output folder, of the files there that topoc wrote: only these does it ever replace or remove, and of
/// these only what nobody has edited.
struct Manifest: Equatable {
    /// Its name in the output folder.
    static let name = ".topoc"

    /// The files, each with the digests of what topoc wrote under that name last. There are two while a build is under
    /// way, and none where it is not known: what is there is then topoc's, whatever it is.
    private(set) var digests: [PathBelow: Set<String>] = [:]

    /// The paths below the output folder, sorted by their bytes.
    var paths: [PathBelow] { digests.keys.sorted() }

    /// Lists no files.
    init() {}

    /// Reads a list back, by bytes; a line that is no path below the folder is not believed. A line is a digest and a path as
    /// `sha256sum` prints them, or a path alone, as in lists of earlier versions.
    init(reading bytes: some Collection<UInt8>) {
        var unknown: Set<PathBelow> = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
            let (digest, path) = Manifest.parts(of: line)
            guard let path = PathBelow(path) else { continue }
            if let digest { digests[path, default: []].insert(digest) } else { unknown.insert(path) }
        }
        for path in unknown { digests[path] = [] }
    }

    /// Lists a file, with the digest of what is to be there or nil where that is not known.
    mutating func list(_ path: PathBelow, _ digest: String?) { digests[path] = digest.map { [$0] } ?? [] }

    /// The list of both: under a name that both have, what either wrote is topoc's.
    func joined(with other: Manifest) -> Manifest {
        var all = self
        all.digests.merge(other.digests) { $0.isEmpty || $1.isEmpty ? [] : $0.union($1) }
        return all
    }

    /// The list with what another has in place of what this one has of the same name.
    func replaced(by other: Manifest) -> Manifest {
        var all = self
        all.digests.merge(other.digests) { $1 }
        return all
    }

    /// True where topoc wrote a file, and did not write these bytes.
    func isEdited(_ path: PathBelow, _ bytes: some Sequence<UInt8>) -> Bool {
        guard let known = digests[path], !known.isEmpty else { return false }
        return !known.contains(sha256(bytes))
    }

    /// The list as it is kept: `sha256sum -c .topoc` reads it too.
    var text: String {
        "# The files here that topoc wrote, and may replace or remove. Anything else it leaves alone.\n"
            + paths.flatMap { path in
                let known = (digests[path] ?? []).sorted()
                return known.isEmpty ? ["\(path.text)\n"] : known.map { "\($0)  \(path.text)\n" }
            }.joined()
    }

    /// The digest and the path of a line.
    private static func parts(of line: some Collection<UInt8>) -> (digest: String?, path: [UInt8]) {
        let bytes = Array(line)
        let digest = bytes.prefix(64)
        let isDigest = digest.allSatisfy {
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
        }
        guard bytes.count > 66, isDigest, bytes[64] == 0x20, bytes[65] == 0x20 else { return (nil, bytes) }
        return (String(decoding: digest, as: UTF8.self), Array(bytes[66...]))
    }
}
