import Foundation
import Guests
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// NAT and VLANs in one topology: neither this machine's kernel nor user-mode Linux has both, Debian's own has.
@Suite(.serialized, .enabled(if: QEMU.obstacle == nil, "\(QEMU.obstacle ?? "")"))
struct NATAndVLANTests {
    /// A topology that does not compile.
    private struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    private static let inner = "nat-between-vlans"
    private static let names = [inner, "nat-on-a-stick", "nat-in-a-tunnels-vlan"]

    /// All labs in one kernel, with `br_netfilter`, as where Docker runs: what is predicted holds, by scripts and by units; an edit
    /// makes its changes; and nothing stays.
    @Test func theKernelDoesWhatIsPredicted() throws {
        let qemu = try QEMU()
        for name in Self.names { try add(name, to: qemu) }
        try add(Self.inner, to: qemu, as: "\(Self.inner).edited", replacing: [("30", "31"), ("8080", "8081")])
        let started = try qemu.start(seconds: 1800)
        let run = try started.end()
        try #require(run.status == 0, "\(run.text)")
        #expect(qemu.leftovers == [])
        let reports = Dictionary(
            GuestReport.all(in: run.text).map { ($0.title, $0) }, uniquingKeysWith: { first, _ in first })
        func report(_ title: String) throws -> GuestReport { try #require(reports[title], "\(title): \(run.text)") }
        for (title, report) in reports {
            #expect(report.status == "0", "\(title): \(report.text)")
        }
        for (title, words) in Self.tests {
            let test = try report(title)
            #expect(test.results.count > 10 && test.results.allSatisfy { $0.hasPrefix("ok ") }, "\(test.text)")
            #expect(test.text.contains("\n1..\(test.results.count)\n"), "\(test.text)")
            for word in words {
                #expect(test.results.contains { $0.contains(word) && !$0.contains("# SKIP") }, "\(word): \(test.text)")
            }
        }
        try expectTheEdit(report)
        #expect(try report("nat-on-a-stick udp").text == "hello, said 198.51.100.7\n")
        let log = try report("nat-on-a-stick log").text
        #expect(log.contains("eth0.20: Gained carrier") && !log.contains("Unknown"), "\(log)")
        try expectNothingStays(report)
    }

    /// Whose checks there are, and what must be among them.
    private static let tests: [(String, [String])] = [
        (
            "\(inner) test",
            [
                "web connects to db (10.0.10.1), TCP port 5432", "web reaches quiet (10.0.10.12)",
                "outside:internet connects to web (203.0.113.10), TCP port 8080",
                "web to outside:internet (198.51.100.7) passes br0 from 203.0.113.10, not from 10.0.10.11",
                "web to db (10.0.30.11) passes br0.30 from 10.0.30.2, not from 10.0.10.11",
                "db does not reach web (10.0.10.11): ",
            ]
        ),
        (
            "nat-on-a-stick test",
            [
                "job to outside:internet (198.51.100.7) passes eth0.20 from 203.0.113.11, not from 10.0.10.200",
                "outside:internet connects to web (2001:db8:113::10), TCP port 8080",
                "web goes to outside:internet (198.51.100.7) by gw",
            ]
        ),
        (
            "nat-in-a-tunnels-vlan test",
            [
                "srv connects to c1 (fd00:9::1), TCP port 2222", "c1 to srv (10.9.0.11): 1446 bytes pass in one piece",
                "c1 to srv (10.9.0.11) passes eth0 in Ethernet with the tag of VLAN 20, in VXLAN 7",
                "c1 to srv (10.9.0.11) passes vx.20 from 10.9.0.1, not from 10.1.0.11",
            ]
        ),
    ]

    private func expectTheEdit(_ report: (String) throws -> GuestReport) throws {
        let again = try report("\(Self.inner) up again")
        #expect(again.text.contains("  nothing to do: all of it is there\n"), "\(again.text)")
        let (rules, vlans) = try (report("\(Self.inner) rules").text, report("\(Self.inner) vlans").text)
        #expect(rules.contains("dport 8081 dnat") && rules.contains("\"br0.31\""), "\(rules)")
        #expect(!rules.contains("8080") && !rules.contains("br0.30"), "\(rules)")
        let words = vlans.split { " \n\t".contains($0) }
        #expect(words.contains("31") && !words.contains("30"), "\(vlans)")
        #expect(try report("\(Self.inner) ping after edit").text.contains(" 0% packet loss"))
    }

    private func expectNothingStays(_ report: (String) throws -> GuestReport) throws {
        let before = try report("\(Self.inner) before").text
        #expect(before.contains(" lo:") && before.contains("/run/begin.sh"), "\(before)")
        for name in Self.names {
            let after = try report("\(name) after").text
            #expect(after == before, "\(name)")
        }
        let host = try report("\(Self.inner) host before").text
        #expect(host.contains("eth0") && !host.contains("br0"), "\(host)")
        let after = try report("\(Self.inner) host after").text
        #expect(after == host)
    }

    /// How a run can be ended early.
    enum End: CaseIterable {
        case signal
        case standardInput
        case time
    }

    @Test(arguments: End.allCases) func nothingStaysOfAKernelThatIsEnded(by way: End) throws {
        let qemu = try QEMU()
        try "sleep 1000\n".write(
            to: qemu.folder.appendingPathComponent("run.sh"), atomically: false, encoding: .utf8)
        let started = try qemu.start(seconds: way == .time ? 1 : 300)
        for _ in 0..<6000 where way != .time {
            if qemu.processes.contains(where: { $0.contains("qemu-system") }) { break }
            usleep(5_000)
        }
        switch way {
        case .signal: kill(started.process.processIdentifier, SIGTERM)
        case .standardInput: try started.lifeline.fileHandleForWriting.close()
        case .time: break
        }
        let run = try started.end()
        #expect(run.status == (way == .time ? 124 : 1), "\(run.text)")
        #expect(qemu.leftovers == [])
    }

    /// Compiles one of the fixtures, with changes of its text, into a folder.
    private func add(
        _ name: String, to qemu: QEMU, as folder: String? = nil, replacing changes: [(String, String)] = []
    ) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        var text = try String(
            contentsOf: root.appendingPathComponent("Fixtures/Networks/\(name).topo"), encoding: .utf8)
        for (old, new) in changes { text = text.replacing(old, with: new) }
        let source = SourceFile(path: "\(name).topo", bytes: Array(text.utf8))
        let outcome = try compile(source, only: ["shell", "networkd", "lab"], templates: Templates())
        guard outcome.diagnostics.isEmpty, let compilation = outcome.output else {
            throw Refused(description: render(outcome.diagnostics, of: source, style: .plain))
        }
        for artifact in compilation.artifacts {
            let file = qemu.folder.appendingPathComponent(folder ?? name).appendingPathComponent(artifact.path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try artifact.contents.write(to: file, atomically: false, encoding: .utf8)
        }
    }
}
