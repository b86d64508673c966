import ArgumentParser
import TopoDiagnostics
import TopoExplain
internal import TopoText

/// `topoc explain`: prints the page of a code.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain the code of a message, or list all of them.")

    @Argument(help: "A code, as in \"error[T0302]\"; without one, topoc lists them all.", completion: .codes)
    var code: String?

    func run() throws {
        guard let code else {
            try StandardStream.output.write(diagnosticPages.map { $0.title + "\n" }.joined())
            return
        }
        guard let page = diagnosticPages.first(where: { $0.code == code.uppercased() }) else {
            throw UsageError("there is no code \"\(visiblePath(code))\": \"topoc explain\" lists all of them")
        }
        try StandardStream.output.write(page.text)
    }
}
