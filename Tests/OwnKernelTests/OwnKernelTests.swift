import Foundation
import Guests
import HostBed
import SideBySide
import Testing

/// Real LXD and real Docker in kernels of their own: user-mode Linux, which has gretap where the machine's kernel may not.
@Suite(.serialized, .enabled(if: OwnKernel.obstacle == nil, "\(OwnKernel.obstacle ?? "")"))
struct OwnKernelTests {
    private static let hosts = ["host1", "host2"]

    /// Both at once, since a kernel has one processor.
    @Test func greWithTheScriptsThatHostsRun() throws {
        let reports = try atOnce(2) { number in
            GuestReport.all(in: try Self.output(of: number == 0 ? .lxd : .docker))
        }
        let (lxd, docker) = (reports[0], reports[1])
        try #require(lxd.count == 32 && docker.count == 22, "\(lxd.map(\.text)) \(docker.map(\.text))")
        let pair = "10.0.0.11 to 10.0.0.13, in Ethernet"
        try expectAllHolds(Array(lxd[..<12]), made: ["lxc start c1"], clean: "pool: default", proof: pair)
        // four-ways.topo in its fourth way, after the first network on the same hosts.
        try expectAllHolds(
            Array(lxd[..<2] + lxd[12..<22]), made: ["lxc start c1"], clean: "pool: default",
            proof: "10.0.0.1 to 10.0.0.4, in Ethernet")
        try expectAllHolds(Array(docker[..<12]), made: ["docker start c1"], clean: "docker0", proof: pair)
        try expectMacvlanInAVLAN(Array(docker[..<2] + docker[12...]))
        // VLANs in the tunnel: on host2 in a bridge of LXD's. Docker's containers have them by hand, as namespaces do.
        let tagged = pair + " with the tag of VLAN 10"
        try expectAllHolds(
            Array(lxd[..<2] + lxd[22...]), made: ["lxc start c1", "vlan=20"], clean: "pool: default", proof: tagged)
    }

    private static func output(of daemon: OwnKernel.Daemon) throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("topoc-\(daemon.rawValue)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let scripts = try Scripts(topology: "gre", replacing: [("runtime: lxd", "runtime: \(daemon.rawValue)")])
        guard daemon == .lxd else {
            let macvlan = try Scripts(file: "Tests/Fixtures/Networks/macvlan-in-a-vlan.topo", replacing: [])
            return try OwnKernel.run(scripts, next: [macvlan], by: daemon, in: folder)
        }
        let fourth = try Scripts(oneOfFourWays: "gretap", runtime: "lxd\nimage: bare")
        let vlans = try Scripts(
            file: "Tests/Fixtures/Networks/vlans-over-gre.topo",
            replacing: [("runtime: netns", "runtime: lxd\nimage: bare"), ("br1: {", "br1: {managed-by: lxd, ")])
        return try OwnKernel.run(scripts, next: [fourth, vlans], by: daemon, in: folder)
    }

    private static func output(_ reports: [GuestReport]) -> String {
        reports.map { "\($0.title)\n\($0.text)" }.joined()
    }

    /// Each script ran, in this order, and ended well.
    private func expectStatuses(_ reports: [GuestReport]) throws {
        let order =
            ["state.sh", "up.sh", "check.sh"].flatMap { script in Self.hosts.map { "\($0) \(script)" } }
            + ["host1 capture.sh", "host1 up.sh"]
            + ["down.sh", "state.sh"].flatMap { script in Self.hosts.map { "\($0) \(script)" } }
        try #require(reports.map(\.title) == order, "\(Self.output(reports))")
        for report in reports where !report.title.hasSuffix("state.sh") {
            #expect(report.status == "0", "\(report.title)\n\(report.text)")
        }
    }

    /// Docker makes macvlan interfaces of a VLAN interface: their frames have its tag on the NIC.
    private func expectMacvlanInAVLAN(_ reports: [GuestReport]) throws {
        try expectStatuses(reports)
        #expect(reports[2].text.contains("--driver macvlan") && reports[2].text.contains("--opt=parent=eth0.10"))
        for check in reports[4...5] {
            #expect(check.results.count == 3 && check.results.allSatisfy { $0.hasPrefix("ok ") }, "\(check.text)")
        }
        let claim = reports[6].text.split(separator: "\n").first { $0.contains("with the tag of VLAN 10") } ?? ""
        #expect(
            claim.hasPrefix("ok: 10.0.0.11 to 10.0.0.13, in a frame of the container's own MAC "), "\(reports[6].text)")
        #expect(reports[7].text == "  nothing to do: all of it is there\nhost1: up\n", "\(reports[7].text)")
        #expect(reports[10].text == reports[0].text && reports[11].text == reports[1].text, "\(Self.output(reports))")
    }

    /// - Parameters:
    ///   - reports: what the scripts of one network came to, and the hosts' states before and after.
    ///   - made: what `up.sh` must have run.
    ///   - clean: what the state before has.
    ///   - proof: from whom to whom a packet in GRE must have been seen.
    private func expectAllHolds(_ reports: [GuestReport], made: [String], clean: String, proof: String) throws {
        try expectStatuses(reports)
        let output = Self.output(reports)
        #expect((["type gretap"] + made).allSatisfy(reports[2].text.contains), "\(output)")
        for check in reports[4...5] {
            let results = check.text.split(separator: "\n").filter { $0.contains("ok ") }
            #expect(results.count > 10 && results.allSatisfy { $0.hasPrefix("ok ") }, "\(check.text)")
        }
        let claim = "ok: \(proof), in GRE (0x6558), from 172.16.1.1 to 172.16.1.2\n"
        let packet = reports[6].text.components(separatedBy: claim).dropFirst().first ?? ""
        #expect(packet.contains("172.16.1.1 > 172.16.1.2: GREv0"), "\(reports[6].text)")
        #expect(reports[7].text == "  nothing to do: all of it is there\nhost1: up\n")
        #expect(reports[10].text == reports[0].text && reports[11].text == reports[1].text, "\(output)")
        #expect(reports[0].text.contains("eth0") && reports[0].text.contains(clean), "\(reports[0].text)")
    }
}
