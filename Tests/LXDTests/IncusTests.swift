import Foundation
import HostBed
import Testing

extension Bed.Daemon {
    /// What stands for Incus: LXD's daemon behind a command that takes what Incus's pages know.
    static let incus = Bed.Daemon(
        "Incus by LXD",
        file: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("incus.sh"),
        tools: ["lxd", "lxc"], foreign: "LXD_DIR")
}

extension RealLXD {
    /// Scripts for Incus: every command in the form of Incus's manual pages, and the network the same as on LXD.
    @Suite struct IncusTests {
        private static let hosts = ["host1", "host2"]

        @Test(arguments: ["routed", "bridged"])
        func scenario(_ name: String) throws {
            let bed = try Bed(.incus, environment: ["IMAGES=ifupdown"])
            let persist = name == "routed" ? [("c1: {bridge", "c1: {persist: true, bridge")] : []
            let scripts = try Scripts(
                topology: name, image: "ifupdown", replacing: [("runtime: lxd", "runtime: incus")] + persist)
            let before = try Self.hosts.map { try State(of: $0, in: bed) }
            for host in Self.hosts {
                let up = try scripts.run("up.sh", on: host, of: bed)
                #expect(up.status == 0 && up.output.hasSuffix("\(host): up\n"), "\(up.text)")
                #expect(up.output.contains("  incus create --quiet ifupdown "), "\(up.text)")
            }
            for host in Self.hosts {
                let check = try scripts.run("check.sh", on: host, of: bed)
                #expect(check.status == 0 && check.output.contains("ok 1 - "), "\(check.text)")
                let again = try scripts.run("up.sh", on: host, of: bed)
                #expect(again.output == "  nothing to do: all of it is there\n\(host): up\n", "\(again.text)")
            }
            for (host, state) in zip(Self.hosts, before) {
                let down = try scripts.run("down.sh", on: host, of: bed)
                #expect(down.status == 0 && down.output.hasSuffix("\(host): down\n"), "\(down.text)")
                let difference = try State(of: host, in: bed).difference(from: state)
                #expect(difference == [], "\(host)")
                let refused = try bed.run(host, ["cat", "/run/refused"])
                #expect(refused.status != 0, "\(refused.output)")
            }
        }

        /// A command in a form that Incus's pages do not have is found by this bed.
        @Test func whatIncusDoesNotKnowIsRefused() throws {
            let bed = try Bed(.incus, hosts: ["host1"])
            for words in [
                ["init", "bare", "c9"], ["create", "bare", "c9", "--nonsense"], ["config", "set", "c9", "a", "b"],
            ] {
                #expect(try bed.run("host1", ["incus"] + words).status == 64, "\(words)")
            }
            #expect(try bed.run("host1", ["cat", "/run/refused"]).output.split(separator: "\n").count == 3)
        }

        @Test func noWordOfLXDIsInThem() throws {
            let scripts = try Scripts(topology: "bridged", replacing: [("runtime: lxd", "runtime: incus")])
            for name in ["up.sh", "down.sh", "check.sh", "capture.sh"] {
                for word in ["lxc ", "LXD", "lxd init"] {
                    #expect(!scripts.text(name, of: "host1").contains(word), "\(name): \(word)")
                }
            }
        }
    }
}
