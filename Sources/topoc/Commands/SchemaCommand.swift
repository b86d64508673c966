import ArgumentParser
import TopoSchema

/// `topoc schema`: prints the JSON Schema of the language.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print a JSON Schema of the language, for editors.",
        discussion: """
            With the schema, an editor that has a YAML language server completes keys and marks mistakes while you \
            type. Save the schema with "topoc schema > topology.schema.json", and start a topology with the line "# \
            yaml-language-server: $schema=topology.schema.json".
            """)

    func run() throws { try StandardStream.output.write(languageSchema()) }
}
