import Foundation

/// VirtualBox as the stand-in `VBoxManage` has it: VMs in a folder of their own, gone with the test.
final class VirtualBox {
    /// A VM.
    struct Machine: Codable {
        var name: String
        var uuid = UUID().uuidString.lowercased()
        var state = "poweroff"
        /// By number; an adapter's settings are those of `modifyvm`, by option.
        var adapters = ["1": ["nic": "nat"]]
    }

    /// A command that VBoxManage was given.
    struct Call: Codable, Equatable {
        let status: Int
        let words: [String]
    }

    /// The end of a run of the script.
    struct Run {
        let status: Int32
        let output: String
        let error: String
    }

    private let folder: URL

    /// Makes the VMs.
    init(_ machines: Machine...) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-vbox-\(UUID().uuidString)")
        let commands = folder.appendingPathComponent("bin")
        try FileManager.default.createDirectory(at: commands, withIntermediateDirectories: true)
        let standIn = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Oracles/VBoxManage")
        try FileManager.default.createSymbolicLink(
            at: commands.appendingPathComponent("VBoxManage"), withDestinationURL: standIn)
        try JSONEncoder().encode(machines).write(to: folder.appendingPathComponent("vms.json"))
        try Data().write(to: folder.appendingPathComponent("log"))
    }

    /// Puts the command where the path does not lead.
    func commandElsewhere(_ name: String) throws -> String {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.moveItem(at: folder.appendingPathComponent("bin/VBoxManage"), to: file)
        return file.path
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Runs a script in dash, with `VBoxManage` in its path.
    func run(_ script: String, _ options: String..., environment: [String: String] = [:]) throws -> Run {
        try run(script, options, environment: environment)
    }

    /// Runs a script in dash, with `VBoxManage` in its path.
    func run(_ script: String, _ options: [String], environment: [String: String] = [:]) throws -> Run {
        let file = folder.appendingPathComponent("virtualbox.sh")
        try Data(script.utf8).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["dash", file.path] + options
        process.currentDirectoryURL = folder
        var variables = ProcessInfo.processInfo.environment
        variables["PATH"] = "\(folder.path)/bin:" + (variables["PATH"] ?? "/usr/bin:/bin")
        variables["STANDIN"] = folder.path
        process.environment = variables.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let (output, error) = (folder.appendingPathComponent("stdout"), folder.appendingPathComponent("stderr"))
        for url in [output, error] { try Data().write(to: url) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: error)
        try process.run()
        process.waitUntilExit()
        return Run(
            status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
            error: try String(contentsOf: error, encoding: .utf8))
    }

    /// The VMs as they are now.
    func machines() throws -> [Machine] {
        try JSONDecoder().decode([Machine].self, from: Data(contentsOf: folder.appendingPathComponent("vms.json")))
    }

    /// The adapters of a VM as they are now.
    func adapters(of name: String) throws -> [String: [String: String]] {
        try machines().first { $0.name == name }?.adapters ?? [:]
    }

    /// The commands that were to change something.
    func changes() throws -> [Call] {
        try String(contentsOf: folder.appendingPathComponent("log"), encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(Call.self, from: Data($0.utf8)) }
            .filter { $0.words.first != "showvminfo" }
    }
}
