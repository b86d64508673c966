import Foundation
import FoundationXML
import Testing

/// A figure drawn by Graphviz, as a reader of its SVG finds it.
struct Drawing {
    /// What `dot` complained of; empty where all is well.
    let complaints: String
    let status: Int32
    /// The texts and tooltips shown, as a person reads them.
    let texts: [String]
    /// Whether the SVG is well-formed XML.
    let isWellFormed: Bool

    /// Without Graphviz nothing can be drawn; in CI that is a failure.
    static let isPossible =
        ProcessInfo.processInfo.environment["CI"] == "true"
        || (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/dot")
        }

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
        let svg = (try? Data(contentsOf: folder.appendingPathComponent("out.svg"))) ?? Data()
        let reader = SVGReader()
        let parser = XMLParser(data: svg)
        parser.delegate = reader
        isWellFormed = parser.parse()
        texts = reader.texts
    }
}

/// Collects the texts and tooltips of an SVG.
private final class SVGReader: NSObject, XMLParserDelegate {
    var texts: [String] = []
    private var isInText = false

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        isInText = element == "text"
        if isInText { texts.append("") }
        if let tooltip = attributes["xlink:title"] { texts.append(tooltip) }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if isInText { texts[texts.count - 1] += text.replacing("\u{A0}", with: " ") }
    }

    func parser(_ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) {
        isInText = false
    }
}
