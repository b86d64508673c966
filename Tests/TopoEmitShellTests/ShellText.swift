import Foundation
import TopoEmit
import TopoTemplates

/// Runs a script that is read from standard input.
/// - Returns: the lines that it prints.
func linesOfShell(_ script: String, by command: [String] = ["/bin/sh"], path: String? = nil) throws -> [String] {
    try runOfShell(script, by: command, path: path).lines
}

/// Runs a script that is read from standard input, with words as its parameters.
/// - Returns: its exit status, and the lines that it prints.
func runOfShell(
    _ script: String, _ words: [String] = [], by command: [String] = ["/bin/sh"], path: String? = nil
) throws -> (status: Int32, lines: [String]) {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: command[0])
    shell.arguments = command.dropFirst() + ["-s"] + (words.isEmpty ? [] : ["--"] + words)
    if let path { shell.environment = ["PATH": "\(path):/usr/bin:/bin"] }
    let (input, output) = (Pipe(), Pipe())
    (shell.standardInput, shell.standardOutput) = (input, output)
    try shell.run()
    input.fileHandleForWriting.write(Data(script.utf8))
    try input.fileHandleForWriting.close()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    shell.waitUntilExit()
    let lines = String(decoding: said, as: UTF8.self).split(separator: "\n").map(String.init)
    return (shell.terminationStatus, lines)
}

/// What lines of shell print that call functions of the scripts; later definitions take the place of theirs.
func said(_ lines: String, calling functions: String...) throws -> [String] {
    let texts = try builtIn.get().functions(for: InstanceClient.lxd.words).used(by: functions).map(\.text)
    let setting = """
        set -uf
        newline='
        ' lost=' ' within= dry_run=no
        say() { :; }
        """
    return try linesOfShell(texts.joined(separator: "\n\n") + "\n\(setting)\n\(lines)\n")
}

/// Makes a folder with commands, each a few lines of shell by its name, which is the first place where commands are looked for.
/// - Returns: what `body` gives for the folder; the folder is gone then.
func withCommands<Result>(_ commands: [String: String], _ body: (_ folder: URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-commands-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, lines) in commands {
        let file = folder.appendingPathComponent(name)
        try Data("#!/bin/sh\n\(lines)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
    return try body(folder)
}

/// The built-in templates, whose functions and frames are read once for all tests of the module.
let builtIn = Result { try Templates() }
