import Foundation
import Testing

/// Scripts set the environment that they need, whatever their caller has exported.
@Suite struct HostileEnvironmentTests {
    private let scratch: Scratch
    /// `$PWD` in CDPATH makes `cd` print where it went; `-v` makes grep find what does not match.
    private let hostile: [String: String]

    init() throws {
        scratch = try Scratch()
        try scratch.write("echo owned >>owned\n", to: "rc")
        hostile = [
            "CDPATH": "\(scratch.path("elsewhere")):.:\(scratch.path("out/routed"))", "IFS": "/.:-nstu",
            "ENV": scratch.path("rc"), "BASH_ENV": scratch.path("rc"), "GREP_OPTIONS": "-v", "POSIXLY_CORRECT": "1",
            "LC_ALL": "tr_TR.UTF-8",
        ]
        let topology = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("topologies/routed.topo").path
        #expect(try Command("build", topology, in: scratch).status == 0)
        // Where CDPATH leads to instead: a folder of the same name without the scripts.
        try scratch.write("", to: "elsewhere/host1/networkd/.keep")
    }

    private var scripts: [String] {
        get throws { try scratch.files(below: "out/routed").filter { $0.hasSuffix(".sh") } }
    }

    @Test func everyScriptSaysTheSameAsInAPlainEnvironment() throws {
        for script in try scripts {
            for option in ["--help", "--dry-run", "--nonsense"] where !script.hasSuffix("check.sh") {
                let words = ["-c", "umask 777; cd ./out/routed && exec sh \"$1\" \"$2\"", "sh", script, option]
                let plain = try Command(words, in: scratch, program: "/bin/sh")
                let other = try Command(words, in: scratch, environment: hostile, program: "/bin/sh")
                #expect(other.status == plain.status, "\(script) \(option)")
                #expect(other.output == plain.output, "\(script) \(option)")
                #expect(other.error == plain.error, "\(script) \(option)")
            }
        }
        #expect(!FileManager.default.fileExists(atPath: scratch.path("owned")))
    }

    /// Tools speak English, whatever their caller speaks, and what a script keeps is root's alone.
    @Test func toolsAreAskedInCAndFilesAreRootsAlone() throws {
        let stand = "#!/bin/sh\nprintf '%s %s %s\\n' \"$0\" \"${LC_ALL-}\" \"$(umask)\" >>\"$LOG\"\nexit 1\n"
        for tool in ["ip", "lxc", "brctl", "sysctl", "ping", "tcpdump", "networkctl", "unshare"] {
            try scratch.write(stand, to: "tools/\(tool)")
            #expect(chmod(scratch.path("tools/\(tool)"), 0o755) == 0)
        }
        let environment = hostile.merging(
            ["PATH": scratch.path("tools") + ":/usr/bin:/bin", "LOG": scratch.path("log")]) { $1 }
        for script in ["host1/up.sh", "host1/down.sh", "host1/networkd/install.sh", "host1/check.sh"] {
            try scratch.write("", to: "log")
            // down.sh asks for what its journal has alone.
            let isDown = script == "host1/down.sh"
            let option = script == "host1/check.sh" ? "" : isDown ? "--help" : "--dry-run"
            _ = try Command(
                ["-c", "umask 0; exec sh ./out/routed/\(script) \(option)"], in: scratch, environment: environment,
                program: "/bin/sh")
            let lines = try scratch.read("log").split(separator: "\n")
            #expect(isDown || !lines.isEmpty, "\(script)")
            for line in lines { #expect(line.contains(" C "), "\(script): \(line)") }
            guard script != "host1/check.sh" else { continue }
            for line in lines { #expect(line.hasSuffix(" 0077"), "\(script): \(line)") }
        }
    }

    @Test func installFindsWhatIsBesideIt() throws {
        let words = ["-c", "cd ./out/routed && exec sh host1/networkd/install.sh --dry-run"]
        let command = try Command(words, in: scratch, environment: hostile, program: "/bin/sh")
        #expect(!(command.output + command.error).contains("is not beside install.sh"))
    }

    @Test func everyScriptClearsItBeforeItChangesFolders() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("scripts")
        let own = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sh") }
            .map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }
        let made = try scripts.map { try scratch.read("out/routed/" + $0) }
        #expect(own.count > 10 && made.count > 10)
        for text in own + made {
            let line = "\nunset CDPATH ENV BASH_ENV GREP_OPTIONS POSIXLY_CORRECT IFS\n"
            let cleared = try #require(text.firstRange(of: line))
            if let change = text.firstRange(of: "$(cd ") { #expect(cleared.lowerBound < change.lowerBound) }
        }
    }
}
