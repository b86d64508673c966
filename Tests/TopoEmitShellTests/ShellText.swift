import Foundation
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

/// The built-in templates, whose functions and frames are read once for all tests of the module.
let builtIn = Result { try Templates() }
