internal import TopoDiagnostics
internal import TopoJSON
internal import TopoText

/// Places of a file in SARIF's words. Columns count UTF-16 code units, as editors do.
struct SARIFPlaces {
    /// The file.
    let source: SourceFile
    /// What the file is called (3.4).
    let artifact: JSON

    /// A location (3.28) with what is said of it.
    /// - Parameter number: its number among a result's related locations.
    func location(_ label: Diagnostic.Label, number: Int?) -> JSON {
        let text: JSON? = label.text.isEmpty ? nil : ["text": .string(label.text)]
        return .members([
            "id": number.map(JSON.number),
            "physicalLocation": ["artifactLocation": artifact, "region": region(label.span)],
            "message": text,
        ])
    }

    /// A fix (3.55) of all edits together; nil where there are none.
    func fix(_ edits: [Edit]) -> JSON? {
        guard !edits.isEmpty else { return nil }
        let replacements = edits.map { edit in
            JSON.members([
                "deletedRegion": region(edit.span), "insertedContent": ["text": .string(edit.replacement)],
            ])
        }
        return ["artifactChanges": [["artifactLocation": artifact, "replacements": .array(replacements)]]]
    }

    /// A region (3.30): from its first character up to, and without, the one at its end.
    private func region(_ span: Span) -> JSON {
        [
            "startLine": .number(source.line(at: span.start)), "startColumn": .number(column(at: span.start)),
            "endLine": .number(source.line(at: span.end)), "endColumn": .number(column(at: span.end)),
        ]
    }

    /// The column, from 1, in UTF-16 code units: what UTF-8 writes in four bytes takes two. A byte order mark is no
    /// character of the text (3.30.2).
    private func column(at offset: Int) -> Int {
        let position = source.position(at: offset)
        let line = source.span(ofLine: position.line)
        guard !source.isASCII else { return position.column }
        return position.column + source.bytes[line.start..<max(line.start, min(offset, line.end))].count { $0 >= 0xF0 }
    }
}

/// A path as a URI reference (RFC 3986): from the root with the scheme `file`, otherwise relative to the folder in which
/// topoc was run.
func uriReference(_ path: String) -> String {
    let bytes = ByteText.bytes(of: path)
    var parts = bytes.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
    // A relative reference cannot be empty; topoc reads no folder, so that this is for the reader alone.
    if parts.isEmpty { parts = [Array(".".utf8)[...]] }
    let encoded = parts.map { part in
        part.map { byte in
            let isUnreserved =
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "~"):
                    true
                default: false
                }
            if isUnreserved { return String(Unicode.Scalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
        }.joined()
    }.joined(separator: "/")
    return bytes.first == UInt8(ascii: "/") ? "file:///\(encoded)" : encoded
}
