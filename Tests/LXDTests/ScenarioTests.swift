import Foundation
import HostBed
import Testing

extension RealLXD {
    /// The scenarios on real LXD: up, what check.sh says, nothing to do the second time, and down to what was there before.
    @Suite struct ScenarioTests {
        private static let hosts = ["host1", "host2"]

        @Test(arguments: ["routed", "bridged", "vxlan"])
        func scenario(_ name: String) throws {
            let bed = try Bed()
            let scripts = try Scripts(topology: name)
            let before = try ScenarioTests.hosts.map { try State(of: $0, in: bed) }
            for host in ScenarioTests.hosts {
                let up = try scripts.run("up.sh", on: host, of: bed)
                #expect(up.status == 0 && up.output.hasSuffix("\(host): up\n"), "\(up.text)")
            }
            for host in ScenarioTests.hosts {
                let check = try scripts.run("check.sh", on: host, of: bed)
                #expect(check.status == 0 && check.output.contains("ok 1 - "), "\(check.text)")
            }
            try ScenarioTests.expectCrossing(bed, isRouted: name == "routed")
            try ScenarioTests.expectProof(of: name, by: scripts, in: bed)
            for host in ScenarioTests.hosts {
                let again = try scripts.run("up.sh", on: host, of: bed)
                #expect(again.output == "  nothing to do: all of it is there\n\(host): up\n", "\(again.text)")
            }
            for host in ScenarioTests.hosts {
                let down = try scripts.run("down.sh", on: host, of: bed)
                #expect(down.status == 0 && down.output.hasSuffix("\(host): down\n"), "\(down.text)")
            }
            for (host, state) in zip(ScenarioTests.hosts, before) {
                let difference = try State(of: host, in: bed).difference(from: state)
                #expect(difference == [], "\(host)")
            }
        }

        /// One after the other on the same hosts: what one way leaves would be in the next one's way. The fourth, over GRE, is in
        /// OwnKernelTests, since the machine's kernel may not have it.
        @Test func oneWordIsTheDifference() throws {
            let bed = try Bed()
            let before = try ScenarioTests.hosts.map { try State(of: $0, in: bed) }
            for kind in ["bridged", "routed", "vxlan"] {
                let scripts = try Scripts(oneOfFourWays: kind, runtime: "lxd\nimage: bare")
                for host in ScenarioTests.hosts {
                    let up = try scripts.run("up.sh", on: host, of: bed)
                    #expect(up.status == 0 && up.output.hasSuffix("\(host): up\n"), "\(kind): \(up.text)")
                }
                for host in ScenarioTests.hosts {
                    let check = try scripts.run("check.sh", on: host, of: bed)
                    let results = check.output.split(separator: "\n").filter { $0.hasPrefix("ok ") }
                    #expect(check.status == 0 && results.count >= 6, "\(kind): \(check.text)")
                }
                for host in ScenarioTests.hosts {
                    let down = try scripts.run("down.sh", on: host, of: bed)
                    #expect(down.status == 0, "\(kind): \(down.text)")
                }
            }
            for (host, state) in zip(ScenarioTests.hosts, before) {
                #expect(try State(of: host, in: bed).difference(from: state) == [], "\(host)")
            }
        }

        /// What capture.sh claims to have seen on host1's NIC, and the packet's line that must be below each claim.
        private static let proofs: [String: [(claim: String, packet: [String])]] = [
            "routed": [
                (
                    "10.1.0.11 to 10.2.0.2, routed: in a frame that is not of the container's MAC 02:ee:92:ed:b3:46",
                    ["ethertype IPv4", "10.1.0.11 > 10.2.0.2: ICMP echo request"]
                )
            ],
            "bridged": [
                (
                    "10.0.0.12 to 10.0.0.14, in a frame of the container's own MAC 02:c4:87:9d:0c:1c",
                    ["02:c4:87:9d:0c:1c > ", "10.0.0.12 > 10.0.0.14: ICMP echo request"]
                )
            ],
            "vxlan": [
                (
                    "the question who has 10.0.0.13, in VXLAN 42, from 172.16.1.1 to the group 239.1.1.42",
                    ["> 01:00:5e:01:01:2a", "> 239.1.1.42.4789: VXLAN, flags [I] (0x08), vni 42"]
                ),
                (
                    "10.0.0.11 to 10.0.0.13, in Ethernet, in VXLAN 42, from 172.16.1.1 to 172.16.1.2 port 4789",
                    ["> 172.16.1.2.4789: VXLAN, flags [I] (0x08), vni 42"]
                ),
            ],
        ]

        /// The proof on the wire, the same as an examiner's: seen by tcpdump while a container of LXD pings.
        private static func expectProof(of name: String, by scripts: Scripts, in bed: Bed) throws {
            let capture = try scripts.run("capture.sh", on: "host1", of: bed, "/run")
            #expect(capture.status == 0 && !capture.output.contains("NOT SEEN"), "\(capture.text)")
            let lines = capture.output.components(separatedBy: "\n")
            for proof in try #require(proofs[name]) {
                let claim = try #require(lines.firstIndex(of: "ok: \(proof.claim)"), "\(capture.text)")
                for part in proof.packet { #expect(lines[claim + 1].contains(part), "\(capture.text)") }
            }
        }

        /// The containers' own commands see what the examiner asks for: the ping, and the way that packets take.
        private static func expectCrossing(_ bed: Bed, isRouted: Bool) throws {
            let target = isRouted ? "10.2.0.2" : "10.0.0.13"
            let inside = ["lxc", "exec", "-n", "c1", "--"]
            let ping = try bed.run("host1", inside + ["ping", "-c", "2", "-W", "5", target])
            #expect(ping.status == 0 && ping.output.contains(" 0% packet loss"), "\(ping.text)")
            let trace = try bed.run("host1", inside + ["traceroute", "-n", "-q", "1", "-w", "2", target])
            let hops = trace.output.split(separator: "\n").dropFirst().map { $0.split(separator: " ")[1] }
            #expect(hops == (isRouted ? ["10.1.0.1", "172.16.1.2"] : []) + [Substring(target)], "\(trace.text)")
        }
    }
}
