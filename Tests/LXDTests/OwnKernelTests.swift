import Foundation
import HostBed
import Testing

extension RealLXD {
    /// Real LXD in a kernel of its own: user-mode Linux, which has gretap where the machine's kernel may not.
    @Suite(.enabled(if: OwnKernel.obstacle == nil, "\(OwnKernel.obstacle ?? "")"))
    struct OwnKernelTests {
        @Test func greWithTheScriptsThatHostsRun() throws {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-lxd-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let output = try OwnKernel.run(Scripts(topology: "gre"), in: folder)
            let reports = OwnKernel.reports(in: output)
            let hosts = ["host1", "host2"]
            let order =
                ["state.sh", "up.sh", "check.sh"].flatMap { script in hosts.map { "\($0) \(script)" } }
                + ["host1 capture.sh", "host1 up.sh"]
                + ["down.sh", "state.sh"].flatMap { script in hosts.map { "\($0) \(script)" } }
            try #require(reports.map(\.title) == order, "\(output)")
            for report in reports where !report.title.hasSuffix("state.sh") {
                #expect(report.status == "0", "\(report.title)\n\(report.text)")
            }
            #expect(reports[2].text.contains("type gretap") && reports[2].text.contains("lxc start c1"), "\(output)")
            for check in reports[4...5] {
                let results = check.text.split(separator: "\n").filter { $0.contains("ok ") }
                #expect(results.count > 10 && results.allSatisfy { $0.hasPrefix("ok ") }, "\(check.text)")
            }
            let claim = "ok: 10.0.0.11 to 10.0.0.13, in Ethernet, in GRE (0x6558), from 172.16.1.1 to 172.16.1.2\n"
            let proof = reports[6].text.components(separatedBy: claim).dropFirst().first ?? ""
            #expect(proof.contains("172.16.1.1 > 172.16.1.2: GREv0"), "\(reports[6].text)")
            #expect(reports[7].text == "  nothing to do: all of it is there\nhost1: up\n")
            #expect(reports[10].text == reports[0].text && reports[11].text == reports[1].text, "\(output)")
            #expect(reports[0].text.contains("eth0") && reports[0].text.contains("pool: default"), "\(reports[0].text)")
        }
    }
}
