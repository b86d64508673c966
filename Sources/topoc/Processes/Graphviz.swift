import Glibc
import TopoDiagnostics
import TopoEmitGraphviz
internal import TopoText

/// Graphviz's `dot`, found in PATH.
enum Graphviz {
    /// What it can draw.
    enum Picture: String {
        case svg
        case pdf
        case png
    }

    /// The most that a drawing may hold, 512 MiB.
    private static let sizeLimit = 512 << 20

    /// Draws a DOT figure. The same figure gives the same bytes with the same Graphviz and fonts: no time is in them.
    /// - Returns: the picture's bytes.
    /// - Throws: `FileError`, also where Graphviz is not there.
    static func draw(_ figure: String, as picture: Picture) throws(FileError) -> [UInt8] {
        guard isInstalled else {
            throw FileError(
                "run", "dot",
                because: """
                    Graphviz draws the pictures, and is not installed; on Debian and Ubuntu: apt install graphviz
                    --format dot, mermaid and d2 do without it
                    """)
        }
        let input = try temporaryFile()
        let output = try temporaryFile()
        guard input.write(figure), lseek(input.number, 0, SEEK_SET) == 0 else { throw FileError("write", "figure") }
        // 200 dots an inch print well; a PNG has no other size to go by.
        // Of an SVG's texts, what `xdot` tells after it are the widths.
        let options: [String] =
            switch picture {
            case .svg: ["-Txdot"]
            case .pdf: []
            case .png: ["-Gdpi=200"]
            }
        var dot = ChildProcess(
            command: ["dot", "-T\(picture.rawValue)"] + options, input: input.number, output: output.number)
        dot.progress = { "Graphviz is drawing a \(picture.rawValue)" }
        let end = try dot.run()
        // It was asked to stop meanwhile, and now does, or finds the signal where it looks for it.
        if let signal = end.interruption { kill(getpid(), signal) }
        guard end.status == 0 else {
            throw FileError("draw", "figure", because: "Graphviz's dot ended with status \(end.status)")
        }
        guard lseek(output.number, 0, SEEK_SET) == 0, let bytes = output.bytes(upTo: sizeLimit) else {
            throw FileError("read", "figure")
        }
        guard !bytes.isEmpty else {
            throw FileError("draw", "figure", because: "Graphviz's dot ended well, and wrote nothing")
        }
        let complaint: String? =
            switch picture {
            case .svg: nil
            case .pdf: PictureSize.complaint(pdf: bytes)
            case .png: PictureSize.complaint(png: bytes)
            }
        if let complaint { throw FileError("draw", "figure", because: complaint) }
        switch picture {
        case .svg:
            let end = bytes.firstRange(of: "</svg>\n".utf8)?.upperBound ?? bytes.endIndex
            let widths = TextWidths(xdot: String(decoding: bytes[end...], as: UTF8.self))
            return Array(finishSVG(String(decoding: bytes[..<end], as: UTF8.self), widths).utf8)
        case .pdf: return withoutTime(bytes)
        case .png: return bytes
        }
    }

    /// Whether it is in PATH.
    static var isInstalled: Bool {
        let path = getenv("PATH").map { ByteText.text(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? ""
        return path.utf8.split(separator: UInt8(ascii: ":")).contains { folder in
            access(ByteText.cString("\(Substring(folder))/dot"), X_OK) == 0
        }
    }

    /// A PDF whose time of making is 1970's begin; the text has the same length, as a PDF's table of places wants.
    private static func withoutTime(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let key = Array("/CreationDate (D:".utf8)
        let time = Array("19700101000000".utf8)
        guard let found = bytes.firstRange(of: key), found.upperBound + time.count <= bytes.count else { return bytes }
        bytes.replaceSubrange(found.upperBound..<(found.upperBound + time.count), with: time)
        return bytes
    }
}
