/// What the tests read of a SARIF log.
struct Log: Decodable {
    let runs: [Run]

    struct Run: Decodable {
        let tool: Tool
        let artifacts: [Artifact]
        let results: [Result]
    }

    struct Tool: Decodable {
        let driver: Driver
    }

    struct Driver: Decodable {
        let rules: [Rule]
    }

    struct Rule: Decodable {
        let id: String
    }

    struct Artifact: Decodable {
        let location: ArtifactLocation
    }

    struct ArtifactLocation: Decodable {
        let uri: String
    }

    struct Result: Decodable {
        let ruleId: String
        let ruleIndex: Int
        let message: Message
        let locations: [Location]
        let relatedLocations: [Location]?
        let fixes: [Fix]?
    }

    struct Message: Decodable {
        let text: String
    }

    struct Location: Decodable {
        let id: Int?
        let physicalLocation: PhysicalLocation
        let message: Message?
    }

    struct PhysicalLocation: Decodable {
        let region: Region
    }

    struct Region: Decodable, Equatable {
        let startLine: Int
        let startColumn: Int
        let endLine: Int
        let endColumn: Int

        init(_ startLine: Int, _ startColumn: Int, _ endLine: Int, _ endColumn: Int) {
            self.startLine = startLine
            self.startColumn = startColumn
            self.endLine = endLine
            self.endColumn = endColumn
        }
    }

    struct Fix: Decodable {
        let artifactChanges: [Change]
    }

    struct Change: Decodable {
        let artifactLocation: ArtifactLocation
        let replacements: [Replacement]
    }

    struct Replacement: Decodable {
        let deletedRegion: Region
        let insertedContent: Message
    }
}
