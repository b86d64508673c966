import Foundation
import TopoDiagnostics
import TopoDriver
import TopoTemplates

/// Where the files that these tests read are.
enum Fixtures {
    /// The project's folder.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// Topologies that are wrong, `CODE-WHAT.topo`, each with its messages beside it in `CODE-WHAT.txt`.
    static let errors = root.appendingPathComponent("Tests/Fixtures/Errors")
    /// The codes' pages.
    static let pages = root.appendingPathComponent("docs/diagnostics")
    /// Whether expected messages are written anew instead of compared.
    static let isUpdating = ProcessInfo.processInfo.environment["TOPOC_UPDATE_GOLDEN"] == "1"

    /// The names, without what they end in, of the files in a folder that end in `.` and `ending`; sorted.
    static func names(in folder: URL, ending: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return all.filter { $0.hasSuffix("." + ending) }.map { String($0.dropLast(ending.count + 1)) }.sorted()
    }

    /// A file of `Errors`, under the name by which its messages call it, with the lock beside it.
    static func topology(_ name: String) throws -> SourceFile {
        let bytes = try Data(contentsOf: errors.appendingPathComponent("\(name).topo"))
        let lock = try? Data(contentsOf: errors.appendingPathComponent("\(name).topo.lock"))
        return SourceFile(path: "\(name).topo", bytes: Array(bytes), lock: lock.map { Array($0) })
    }

    /// What is found in each file of `Errors`, by its name.
    static let found: Result<[String: [Diagnostic]], any Error> = Result {
        let names = Fixtures.names(in: Fixtures.errors, ending: "topo")
        return Dictionary(uniqueKeysWithValues: zip(names, try names.map { examine(try topology($0)).diagnostics }))
    }

    /// A page's blocks of `topo`, in order.
    static func blocks(of page: String) throws -> [String] {
        let text = try String(contentsOf: pages.appendingPathComponent("\(page).md"), encoding: .utf8)
        return text.components(separatedBy: "```topo\n").dropFirst().map { rest in
            rest.components(separatedBy: "```")[0]
        }
    }

    /// What a page is called, without its code.
    static func title(of page: String) throws -> String {
        let text = try String(contentsOf: pages.appendingPathComponent("\(page).md"), encoding: .utf8)
        return String(text.prefix { $0 != "\n" }.dropFirst("# \(page): ".count))
    }
}

/// The built-in templates, whose functions and frames are read once for all tests of the module.
let builtIn = Result { try Templates() }
