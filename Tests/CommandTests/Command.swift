import Foundation

/// A run of the built `topoc`, as a user would start it.
struct Command {
    let status: Int32
    let output: String
    let error: String

    /// The command that was built with the tests: it lies beside the test bundle. TOPOC_BINARY names another.
    static var path: String {
        if let path = ProcessInfo.processInfo.environment["TOPOC_BINARY"] { return path }
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("topoc").path
    }

    /// Runs it to its end, without a terminal.
    /// - Parameter input: what it reads on standard input; nothing where nil.
    init(
        _ arguments: [String], in folder: Scratch, environment: [String: String] = [:], input: String? = nil,
        program: String = Command.path
    ) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder.url
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        if let input {
            let file = folder.hidden("stdin")
            try input.write(to: file, atomically: false, encoding: .utf8)
            process.standardInput = try FileHandle(forReadingFrom: file)
        }
        // Into files: a pipe that nobody empties meanwhile would stop the command.
        let (output, error) = (folder.hidden("stdout"), folder.hidden("stderr"))
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: error)
        try process.run()
        process.waitUntilExit()
        status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        self.output = try String(decoding: Data(contentsOf: output), as: UTF8.self)
        self.error = try String(decoding: Data(contentsOf: error), as: UTF8.self)
    }

    /// Runs it to its end, without a terminal.
    init(_ arguments: String..., in folder: Scratch, environment: [String: String] = [:]) throws {
        try self.init(arguments, in: folder, environment: environment)
    }
}
