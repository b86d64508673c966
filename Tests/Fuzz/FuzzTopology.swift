import TopoDiagnostics
import TopoDriver
import TopoFindings
import TopoTemplates

/// What libFuzzer calls with one input after another: the whole way through the compiler, with every way to write what
/// was found. It must come back, whatever the bytes are.
/// - Returns: 0, for libFuzzer to keep the input if it reached something new.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTopology(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let source = SourceFile(path: "fuzz.topo", bytes: Array(UnsafeBufferPointer(start: data, count: count)))
    let mending = mend(source)
    for file in [source, mending.source] { compileAll(file) }
    precondition(mend(mending.source).changes.isEmpty, "what can be mended is mended at once")
    return 0
}

/// The templates, parsed once.
private let templates = try? Templates()

private func compileAll(_ source: SourceFile) {
    guard let templates else { preconditionFailure("the templates that are built in can be read") }
    do {
        let outcome = try compile(source, templates: templates)
        precondition((outcome.output == nil) == outcome.diagnostics.hasErrors, "files, or errors")
        for diagnostic in outcome.diagnostics { checkPlaces(of: diagnostic, in: source) }
        let findings = FileFindings(source, outcome.diagnostics)
        let texts = [
            render(outcome.diagnostics, of: source, style: .colored), renderShort(outcome.diagnostics, of: source),
            jsonDocument([findings]), sarifDocument([findings], version: "0.0.0"), githubCommands(findings),
        ]
        precondition(outcome.diagnostics.isEmpty || texts.allSatisfy { !$0.isEmpty })
    } catch {
        preconditionFailure("\(error)")
    }
}

private func checkPlaces(of diagnostic: Diagnostic, in source: SourceFile) {
    let spans = [diagnostic.primary.span] + diagnostic.secondary.map(\.span) + diagnostic.edits.map(\.span)
    precondition(spans.allSatisfy { $0.end <= source.bytes.count }, "a place outside of the file")
    precondition(!diagnostic.message.isEmpty, "a finding without words")
}
