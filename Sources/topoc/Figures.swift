import Glibc
import TopoEmit

/// Draws each DOT file of a build beside it as SVG.
///
/// Graphviz's layout differs with its version and the machine's fonts: a drawing is no part of what a build promises
/// byte for byte, and it takes longer than all the rest.
/// - Returns: how many were drawn.
/// - Throws: `FileError`, also where Graphviz is not there.
func drawFigures(of artifacts: [Artifact], in folder: borrowing OutputFolder) throws(FileError) -> Int {
    var count = 0
    for artifact in artifacts where artifact.path.pathEnding == "dot" {
        let drawing = try Graphviz.draw(artifact.contents, as: .svg)
        try folder.add(String(Substring(artifact.path.utf8.dropLast(4)) + ".svg"), drawing)
        count += 1
    }
    return count
}
