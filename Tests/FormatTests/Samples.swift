import TopoDiagnostics
import TopoFindings

extension FileFindings {
    /// A finding with everything, in a file with letters of one, two and four bytes.
    static let withEdits = FileFindings(
        SourceFile(path: "./some where/a:b.topo", bytes: Array("\u{FEFF}é𝄞x\nab\r".utf8)),
        [
            Diagnostic(
                .invalidValue, "a message", at: .init(Span(9, 10), "here"), and: [.init(Span(11, 14), "related")],
                notes: ["a note"], help: ["a way out"],
                edits: [Edit(Span(9, 10), "X"), Edit(Span(11, 11), "\"\n")])
        ])

    /// A finding whose words are not to be trusted.
    static let hostile = FileFindings(
        SourceFile(path: "a\n::error::%.topo", bytes: Array("a,b\n".utf8)),
        [Diagnostic(.unusedName, "\u{1B}]0;\"\\\n\u{0}", at: .init(Span(0, 4), "100%, all: \r"))])
}
