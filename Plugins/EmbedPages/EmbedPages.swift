import Foundation
import PackagePlugin

/// Embeds the pages of `docs/diagnostics` as string literals: a page is there once its file is.
///
/// SwiftPM's own `.embedInCode` makes an array of bytes of each file, which takes the compiler seconds for what a literal
/// takes it none, and wants every file to be named in the code.
@main
struct EmbedPages: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let folder = root.appending(path: "docs/diagnostics")
        let pages = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.wholeMatch(of: /T\d{4}\.md/) != nil }
            .sorted { $0.path < $1.path }
        let script = root.appending(path: "scripts/embed-pages.sh")
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedPages.swift")
        return [
            .buildCommand(
                displayName: "Embedding the pages of docs/diagnostics",
                executable: URL(fileURLWithPath: "/bin/sh"),
                arguments: [script.path, output.path] + pages.map(\.path),
                inputFiles: [script] + pages, outputFiles: [output])
        ]
    }
}
