import Foundation
import FoundationXML
import Synchronization
import Testing
import TopoEmitGraphviz

/// A figure drawn by Graphviz, as a reader of its SVG finds it.
struct Drawing: Sendable {
    /// What `dot` complained of; empty where all is well.
    let complaints: String
    let status: Int32
    /// The texts and tooltips shown, as a person reads them.
    let texts: [String]
    /// Whether the SVG is well-formed XML.
    let isWellFormed: Bool
    /// The SVG as it is given to a user.
    let svg: String
    /// Every identifier in it.
    let identifiers: [String]
    /// Where its texts are.
    let boxes: [TextBox]
    /// Its width and height in points; nil where it is no picture.
    let size: (width: Double, height: Double)?

    /// Without Graphviz nothing can be drawn; in CI that is a failure.
    static let isPossible =
        ProcessInfo.processInfo.environment["CI"] == "true"
        || (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/dot")
        }

    /// What Graphviz draws, as it tells other programs.
    static func xdot(_ figure: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["dot", "-Txdot"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        input.fileHandleForWriting.write(Data(figure.utf8))
        try input.fileHandleForWriting.close()
        return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    /// The drawing of a figure. Several tests look at the same ones: each is drawn once.
    static func of(_ figure: String) throws -> Drawing {
        if let drawing = drawn.withLock({ $0[figure] }) { return drawing }
        let drawing = try Drawing(figure)
        drawn.withLock { $0[figure] = drawing }
        return drawing
    }

    /// Draws several figures side by side, to be looked at afterwards.
    static func draw(_ figures: [String]) {
        DispatchQueue.concurrentPerform(iterations: figures.count) { _ = try? of(figures[$0]) }
    }

    private static let drawn = Mutex<[String: Drawing]>([:])

    /// Draws a figure.
    init(_ figure: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-figure-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let errors = folder.appendingPathComponent("errors")
        try Data(figure.utf8).write(to: folder.appendingPathComponent("in.dot"))
        try Data().write(to: errors)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["dot", "-Tsvg", "in.dot", "-o", "out.svg"]
        process.currentDirectoryURL = folder
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        status = process.terminationStatus
        complaints = try String(contentsOf: errors, encoding: .utf8)
        let drawn = (try? Data(contentsOf: folder.appendingPathComponent("out.svg"))) ?? Data()
        svg = finishSVG(String(decoding: drawn, as: UTF8.self))
        let reader = SVGReader()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = reader
        isWellFormed = parser.parse()
        texts = reader.texts
        identifiers = reader.identifiers
        boxes = reader.boxes
        size = svg.firstMatch(of: /width="(\d+)pt" height="(\d+)pt"/).flatMap { match in
            Double(match.1).flatMap { width in Double(match.2).map { (width, $0) } }
        }
    }
}

/// Collects the texts and tooltips of an SVG.
private final class SVGReader: NSObject, XMLParserDelegate {
    var texts: [String] = []
    var identifiers: [String] = []
    var boxes: [TextBox] = []
    private var place: [String: String] = [:]
    private var isInText = false

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        isInText = element == "text"
        if isInText {
            texts.append("")
            place = attributes
        }
        if let identifier = attributes["id"] { identifiers.append(identifier) }
        if let tooltip = attributes["xlink:title"] { texts.append(tooltip) }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if isInText { texts[texts.count - 1] += text.replacing("\u{A0}", with: " ") }
    }

    func parser(_ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) {
        if isInText, element == "text", let box = TextBox(texts[texts.count - 1], place) { boxes.append(box) }
        isInText = false
    }
}
