public import TopoDiagnostics
internal import TopoLower
public import TopoSyntax

/// Writes a file's ranges out: `c1..c20` becomes twenty elements, each with the same value.
///
/// Each value keeps the place of what it came from. Of one place that has several copies, those after the first lie whole
/// lengths of the file further on, in the order in which they would stand if they were written out:
/// ``TopoDiagnostics/SourceFile/written(_:)`` leads back. So no two elements share a place, as in a file without ranges.
/// - Returns: the tree with plain names alone, and what is wrong with its ranges. A part that could not be written out is
///   not in the tree.
public func expand(_ tree: Node, of source: SourceFile) -> Outcome<Node> {
    var expander = Expander()
    let plain = source.hasTwoDots ? expander.value(tree, as: .mapping(.topology), host: nil).node : tree
    var placing = Placing(lengthOfFile: source.lengthWithEnd)
    return Outcome(placing.placed(plain), expander.diagnostics)
}

extension SourceFile {
    /// False where no range can be in the file, as in most.
    fileprivate var hasTwoDots: Bool {
        let dot = UInt8(ascii: ".")
        return bytes.withUnsafeBufferPointer { bytes in
            zip(bytes, bytes.dropFirst()).contains { $0 == dot && $1 == dot }
        }
    }
}
