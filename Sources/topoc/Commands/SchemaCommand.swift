import ArgumentParser
import TopoSchema

/// `topoc schema`: prints the JSON Schema of the language.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print a JSON Schema of the language, for editors.",
        discussion: """
            An editor with a YAML language server completes keys and marks mistakes while you type: write the schema to a \
            file, "topoc schema > topology.schema.json", and begin a topology with the line \
            "# yaml-language-server: $schema=topology.schema.json".
            """)

    func run() throws { try StandardStream.output.write(languageSchema()) }
}
