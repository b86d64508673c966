import Foundation
import Testing

/// A visit to a page in headless Chromium, as `scripts/browser.py` makes it.
struct Browser: Decodable {
    let title: String
    let text: String
    let hops: [String]
    let steps: [String]
    let result: String
    /// What a served page says above the report.
    let live: [String]
    let lit: [String]
    let rows: Int
    let width: Int
    /// How long the main thread worked to load the page, in milliseconds of processor time.
    let load: Double
    /// The tables that are cut.
    let cut: [String]
    /// The parts that are to be seen.
    let shown: [String]
    let background: String
    let requests: [String]
    let log: [String]

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Whether a browser is there; in CI one must be.
    static let isThere =
        ProcessInfo.processInfo.environment["CI"] == "true"
        || ["/usr/bin/chromium", "/usr/bin/chromedriver", "/usr/bin/dot"].allSatisfy {
            FileManager.default.isExecutableFile(atPath: $0)
        }

    /// Visits a page and does there what the arguments say.
    static func visit(_ page: String, _ arguments: String...) throws -> Browser { try visit(page, arguments) }

    /// Visits a page and does there what the arguments say.
    static func visit(_ page: String, _ arguments: [String]) throws -> Browser {
        let script = root.appendingPathComponent("scripts/browser.py").path
        let run = try Tool.run("/usr/bin/python3", [script, page] + arguments)
        try #require(run.status == 0, "\(run.error)")
        return try JSONDecoder().decode(Browser.self, from: Data(run.output.utf8))
    }
}
