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
    for artifact in artifacts where artifact.path.hasSuffix(".dot") {
        let source = "\(folder.path)/\(artifact.path)"
        guard let input = FileDescriptor(open(source, O_RDONLY | O_CLOEXEC)) else {
            throw FileError("read", source)
        }
        let inputNumber = input.number
        try folder.add(artifact.path.dropLast(4) + ".svg") { (output) throws(FileError) in
            let dot = ChildProcess(command: ["dot", "-Tsvg"], input: inputNumber, output: output.number)
            let end = try dot.run()
            guard end.status == 0 else {
                throw FileError("draw", source, because: "Graphviz's dot ended with status \(end.status)")
            }
        }
        count += 1
    }
    return count
}
