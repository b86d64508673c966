import Foundation
import Guests
import Testing

/// `scripts/test.sh` runs the tests in four lanes: what it says of them, with a `swift` that says what a test wants it to.
@Suite final class LaneTests {
    /// What a run of the script did.
    private struct Run {
        let status: Int32
        let lines: [String]
        var text: String { "status \(status)\n" + lines.joined(separator: "\n") }
    }

    private static let passed = "✔ Test run with 3 tests in 2 suites passed after 1.0 seconds."
    private static let failed = """
        ✘ Test somethingHolds() recorded an issue at A.swift:7:9: Expectation failed
        ✘ Test somethingHolds() failed after 0.1 seconds with 1 issue.
        ✘ Test run with 4 tests in 2 suites failed after 1.0 seconds with 1 issue.
        """

    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "topoc-lanes-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Starts the script, with what the lanes do in lines of shell: the first has all but some suites, the others these.
    private func start(
        first: String, second: String, third: String? = nil, fourth: String? = nil, _ lane: String...
    ) throws -> (Process, () throws -> Run) {
        // By its name it is what a lane runs when others may begin.
        let swift = folder.appendingPathComponent("swift.xctest")
        let script = """
            case " $* " in
            *" --filter "*KernelRule*" --skip "*) lane=3 ;;
            *" --filter "*DockerTests*) lane=2 ;;
            *" --filter "*) lane=4 ;;
            *) lane=1 ;;
            esac
            printf '%s\\n' "$*" >>'\(folder.path)/called'
            if [ "$lane" -eq 1 ]; then
            \(first)
            elif [ "$lane" -eq 2 ]; then
            \(second)
            elif [ "$lane" -eq 3 ]; then
            \(third ?? says(Self.passed))
            else
            \(fourth ?? says(Self.passed))
            fi

            """
        try script.write(to: swift, atomically: false, encoding: .utf8)
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["--default-signal", "SWIFT=sh \(swift.path)", "sh", root.appendingPathComponent("scripts/test.sh").path]
            + lane
        process.standardInput = FileHandle.nullDevice
        let said = folder.appendingPathComponent("said")
        try Data().write(to: said)
        process.standardOutput = try FileHandle(forWritingTo: said)
        process.standardError = process.standardOutput
        try process.run()
        return (
            process,
            {
                process.waitUntilExit()
                let text = try String(contentsOf: said, encoding: .utf8)
                return Run(status: process.terminationStatus, lines: text.split(separator: "\n").map(String.init))
            }
        )
    }

    private func says(_ text: String, status: Int = 0) -> String { "cat <<'END'\n\(text)\nEND\nexit \(status)" }

    @Test func whereAllPassTheirClosingLinesComeLast() throws {
        let words = ["first", "second", "third", "fourth"]
        let said = words.map { says("\($0)\n" + Self.passed) }
        let run = try start(first: said[0], second: said[1], third: said[2], fourth: said[3]).1()
        #expect(run.status == 0, "\(run.text)")
        #expect(run.lines.suffix(4) == Array(repeating: Self.passed, count: 4), "\(run.text)")
        #expect(words.allSatisfy(run.lines.contains), "\(run.text)")
        // What one leaves out is what the others have.
        let calls = try String(contentsOf: folder.appendingPathComponent("called"), encoding: .utf8)
            .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        func patterns(_ option: String, _ call: [String]) -> [String] {
            zip(call, call.dropFirst()).filter { $0.0 == option }.map(\.1)
        }
        let chosen = calls.flatMap { patterns("--filter", $0) }
        #expect(calls.count == 4 && Set(chosen).count == 3, "\(calls)")
        let rest = calls.filter { !$0.contains("--filter") }
        #expect(rest.count == 1 && rest.map { Set(patterns("--skip", $0)) } == [Set(chosen)], "\(calls)")
        // What one of the others leaves out, another has.
        let leftOut = calls.filter { $0.contains("--filter") }.flatMap { patterns("--skip", $0) }
        #expect(leftOut.allSatisfy(chosen.contains), "\(calls)")
    }

    @Test(arguments: 1...4) func theFailedOneIsNamedLast(number: Int) throws {
        let lanes = (1...4).map { $0 == number ? says(Self.failed, status: 1) : says(Self.passed) }
        let run = try start(first: lanes[0], second: lanes[1], third: lanes[2], fourth: lanes[3]).1()
        #expect(run.status == 1, "\(run.text)")
        #expect(run.lines.last?.contains("with 4 tests in 2 suites failed") == true, "\(run.text)")
        let end = run.lines.suffix(8)
        #expect(end.contains("== lane \(number) has failed:"), "\(run.text)")
        #expect(end.contains { $0.hasPrefix("✘ Test somethingHolds() failed") }, "\(run.text)")
    }

    @Test(arguments: [
        "echo '◇ Test thisOneCrashes() started.'; kill -SEGV $$", "echo '\(LaneTests.passed)'; exit 1",
        "echo '◇ Test thisOneCrashes() started.'",
        "echo '✔ Test run with 0 tests in 0 suites passed after 0.0 seconds.'",
    ])
    func withoutATrueEndItHasFailed(second: String) throws {
        let run = try start(first: says(Self.passed), second: second).1()
        #expect(run.status == 1, "\(run.text)")
        #expect(run.lines.suffix(30).contains("== lane 2 has failed:"), "\(run.text)")
        #expect(
            !second.contains("Crashes") || run.lines.suffix(4).contains { $0.contains("thisOneCrashes()") },
            "\(run.text)")
    }

    @Test func aSignalEndsAllLanes() throws {
        let wait = "touch '\(folder.path)/lane'$lane; sleep 20; touch '\(folder.path)/late'"
        let (process, end) = try start(first: wait, second: wait, third: wait, fourth: wait)
        let begun = (1...4).map { folder.appendingPathComponent("lane\($0)").path }
        for _ in 0..<1000 where !begun.allSatisfy(FileManager.default.fileExists) { usleep(10_000) }
        kill(process.processIdentifier, SIGTERM)
        let run = try end()
        #expect(run.status == 1 && run.lines == ["test.sh: stopped by SIGTERM"], "\(run.text)")
        #expect(processes(naming: folder.lastPathComponent) == [])
        #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("late").path))
    }

    @Test func oneLaneIsRunAlone() throws {
        let run = try start(first: says(Self.failed, status: 1), second: says(Self.passed), "2").1()
        #expect(run.status == 0 && run.lines.last == Self.passed && !run.text.contains("lane 1"), "\(run.text)")
        #expect(try start(first: "", second: "", "5").1().status == 2)
    }
}
