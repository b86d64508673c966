public import TopoDiagnostics
internal import TopoLower
public import TopoSyntax

/// A topology file whose short forms are written out, in the one layout, with the comments of the file that they are in.
///
/// A comment above what was written out says where it comes from. Of several copies the first has the file's own comments.
/// - Parameters:
///   - tree: the file's values, written out; their places lead back by ``TopoDiagnostics/SourceFile/written(_:)``.
///   - source: the file, in which ``TopoSyntax/read(_:)`` finds no errors.
/// - Returns: the file; nil where it cannot be written so that it says the same.
public func writeOut(_ tree: Node, of source: SourceFile) -> SourceFile? {
    guard let marks = marks(of: source), !marks.isEmpty else { return nil }
    var reader = PieceReader(source, marks)
    let plain = tree.withoutShortKeys
    var composer = PieceComposer(source, comments: reader.root())
    var writer = PieceWriter()
    writer.write(composer.root(plain), .element(.topology))
    let written = SourceFile(
        path: source.path, bytes: Array((writer.lines.joined(separator: "\n") + "\n").utf8))
    guard let after = read(written).output, after.says(plain) else { return nil }
    return written
}

extension Node {
    /// A file's value without the keys that mean nothing, and those that are written out: what was shared by them stands where
    /// it is wanted.
    fileprivate var withoutShortKeys: Node {
        guard case .mapping(let entries) = content else { return self }
        let short = ["networks", "groups", "links", "routing"]
        let plain = entries.filter { !ElementKind.topology.ignores(key: $0.key) && !short.contains($0.key) }
        return Node(.mapping(plain), at: span)
    }
}
