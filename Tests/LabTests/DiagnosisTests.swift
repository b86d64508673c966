import Foundation
import SideBySide
import Testing

extension LabTests {
    /// What check.sh says of a ping that fails: each cause is provoked, and is the one that is told.
    @Suite struct DiagnosisTests {
        /// Something that breaks, on a node, with the pair of containers that shows it and what is told.
        struct Cause: Sendable, CustomTestStringConvertible {
            let node: String
            let broken: String
            /// What up.sh does not repair.
            let mended: String?
            let pair: String
            let told: String
            let shownBy: String
            var testDescription: String { told }

            init(
                _ node: String, _ broken: String, mended: String? = nil, _ pair: String, _ told: String,
                _ shownBy: String
            ) {
                (self.node, self.broken, self.mended, self.pair) = (node, broken, mended, pair)
                (self.told, self.shownBy) = (told, shownBy)
            }
        }

        private static let topology = """
            topology: sick
            runtime: netns
            lans:
              internal: {subnet: 10.0.0.0/24}
            hosts:
              host1:
                forwarding: true
                nics:
                  eth0: {lan: internal, address: 10.0.0.1/24}
                bridges:
                  br1: {address: 10.1.0.1/24}
                  br2: {address: 10.2.0.1/24}
                  br3: {ports: [vx0]}
                tunnels:
                  vx0: {type: vxlan, vni: 7, remotes: [host2], dev: eth0}
                containers:
                  c1: {bridge: br1, address: 10.1.0.11/24}
                  c2: {bridge: br1, address: 10.1.0.12/24}
                  c3: {bridge: br2, address: 10.2.0.13/24}
                  c4: {bridge: br3, address: 10.3.0.14/24, gateway: none}
                routes:
                  - {to: 10.4.0.0/24, via: 10.0.0.2}
              host2:
                forwarding: true
                nics:
                  eth0: {lan: internal, address: 10.0.0.2/24}
                bridges:
                  br3: {ports: [vx0]}
                  br4: {address: 10.4.0.1/24}
                tunnels:
                  vx0: {type: vxlan, vni: 7, remotes: [host1], dev: eth0}
                containers:
                  c5: {bridge: br3, address: 10.3.0.15/24, gateway: none}
                  c6: {bridge: br4, address: 10.4.0.16/24}
                routes:
                  - {to: 10.1.0.0/24, via: 10.0.0.1}
                  - {to: 10.2.0.0/24, via: 10.0.0.1}

            """

        private static let causes = [
            Cause(
                "host1", "sysctl -q -w net.ipv4.ip_forward=0", "c1 c3", "host1 does not forward what is for others",
                "host1 by: sysctl net.ipv4.ip_forward"),
            Cause(
                "c1", "ip link set dev eth0 down", "c1 c2", "eth0 of c1 is down", "c1 by: ip link show dev eth0"),
            Cause(
                "c2", "ip link set dev eth0 down", "c1 c2", "eth0 of c2 is down", "c2 by: ip link show dev eth0"),
            Cause(
                "host1", "ip link set dev veth-c1 down", "c1 c2", "veth-c1 of host1 is down",
                "host1 by: ip link show dev veth-c1"),
            Cause(
                "host1", "ip link set dev br1 down", "c1 c2", "bridge br1 is not up", "host1 by: ip link show dev br1"),
            Cause(
                "host1", "ip link set dev veth-c1 nomaster", "c1 c2", "veth-c1 is no port of bridge br1",
                "host1 by: ip link show master br1"),
            Cause(
                "lan:internal", "ip link set dev host1.eth0 down", mended: "ip link set dev host1.eth0 up", "c1 c6",
                "eth0 of host1 has no carrier: nothing is plugged to it, or the other end is down",
                "host1 by: ip link show dev eth0"),
            Cause(
                "c1", "ip address delete 10.1.0.11/24 dev eth0", "c1 c2", "c1 has no address 10.1.0.11/24 on eth0",
                "c1 by: ip address show dev eth0"),
            Cause(
                "c1", "ip route delete default", "c1 c3", "c1 has no route to 10.2.0.13",
                "c1 by: ip -4 route get 10.2.0.13"),
            Cause(
                "host1", "ip route delete 10.4.0.0/24", "c1 c6", "host1 has no route to 10.4.0.16",
                "host1 by: ip -4 route get 10.4.0.16"),
            Cause(
                "c2", "ip link set dev eth0 arp off", mended: "ip link set dev eth0 arp on", "c1 c2",
                "c1 asks on eth0 who has 10.1.0.12, and nobody answers",
                "c1 by: ip neigh show to 10.1.0.12 dev eth0"),
            Cause(
                "host1", "iptables-nft -P FORWARD DROP", "c1 c2",
                "frames between ports of br1 are dropped by FORWARD of iptables-nft: up.sh lets them pass",
                "host1 by: iptables-nft -S FORWARD -v"),
            Cause(
                "host1", "iptables-nft -D FORWARD -j topoc-sick", "c1 c3",
                "packets to 10.2.0.13 are dropped by FORWARD of iptables-nft: up.sh lets them pass",
                "host1 by: iptables-nft -S FORWARD -v"),
            Cause(
                "host1", "ip route add 10.1.0.11/32 dev eth0 && sysctl -q -w net.ipv4.conf.br1.rp_filter=1",
                mended: "ip route delete 10.1.0.11/32 dev eth0 && sysctl -q -w net.ipv4.conf.br1.rp_filter=0", "c1 c3",
                "rp_filter of host1 drops packets that come in by another interface than its way to their sender",
                "host1 by: sysctl -a -r [.]rp_filter"),
            Cause(
                "c1", "ip link set dev eth0 mtu 1400", mended: "ip link set dev eth0 mtu 1500", "c1 c2",
                "eth0 of c1 has MTU 1400, and packets of 1500 bytes must pass", "c1 by: ip link show dev eth0"),
            Cause(
                "host1", "ip link set dev br2 mtu 1400", mended: "ip link set dev br2 mtu 1500", "c1 c3",
                "br2 of host1 has MTU 1400, and packets of 1500 bytes must pass", "host1 by: ip link show dev br2"),
        ]

        /// host1's check.sh, of which only what a pair of containers is asked about is left.
        private static func check(_ pair: String, _ script: URL, in lab: Lab) throws -> Machine.Run {
            let text = try String(contentsOf: script, encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
                let words = line.split(separator: " ")
                guard let verb = words.first,
                    ["reaches", "reaches_not", "carries_at_most", "carries_whole"].contains(verb),
                    words.count > 3
                else { return true }
                return words[1...2].joined(separator: " ") == pair
            }
            let file = script.deletingLastPathComponent().appendingPathComponent("pair.sh")
            try lines.joined(separator: "\n").write(to: file, atomically: false, encoding: .utf8)
            return try lab.exec("host1", "sh", file.path)
        }

        /// What check.sh says of a cause, and what it says when that is repaired.
        private struct Case {
            let cause: Cause
            let sick: Machine.Run
            let well: Machine.Run
        }

        /// Provokes some of the causes, one after the other in a lab of their own.
        private static func cases(of causes: [Cause]) throws -> [Case] {
            let lab = try Lab(text: topology, on: Machine())
            let up = try lab.run("up")
            guard up.status == 0 else { throw Lab.Refused(description: up.text) }
            let scripts = lab.scripts(of: "host1")
            return try causes.map { cause in
                let breaking = try lab.exec(cause.node, ["sh", "-c", cause.broken])
                guard breaking.status == 0 else {
                    throw Lab.Refused(description: "\(cause.broken): \(breaking.text)")
                }
                let sick = try check(cause.pair, scripts.appendingPathComponent("check.sh"), in: lab)
                if let mended = cause.mended { _ = try lab.exec(cause.node, ["sh", "-c", mended]) }
                let repair = try lab.exec("host1", "sh", scripts.appendingPathComponent("up.sh").path)
                guard repair.status == 0 else { throw Lab.Refused(description: repair.text) }
                _ = try lab.exec("c1", "sh", "-c", "ip neigh flush dev eth0; ip route flush cache")
                let well = try check(cause.pair, scripts.appendingPathComponent("check.sh"), in: lab)
                return Case(cause: cause, sick: sick, well: well)
            }
        }

        /// In three labs at once: what fails waits for answers that do not come. In each are neighbours of the list, since the
        /// chain of one is what up.sh has made for the one before.
        @Test func eachCauseIsTold() throws {
            let cases = try atOnce(3) { lab in
                let part = Self.causes.enumerated().filter { $0.offset * 3 / Self.causes.count == lab }
                return try Self.cases(of: part.map(\.element))
            }.flatMap(\.self)
            #expect(cases.count == Self.causes.count)
            for (cause, sick, well) in cases.map({ ($0.cause, $0.sick, $0.well) }) {
                let told = sick.lines.filter { $0.hasPrefix("#   cause: ") || $0.hasPrefix("#   shown on ") }
                #expect(
                    told == ["#   cause: \(cause.told)", "#   shown on \(cause.shownBy)"],
                    "\(cause.node), \(cause.broken): \(sick.text)")
                #expect(well.status == 0 && !well.text.contains("cause"), "\(cause.broken): \(well.text)")
            }
        }

        @Test func aTunnelThatGetsNothingIsTold() throws {
            let lab = try Lab(text: Self.topology, on: Machine())
            let scripts = try lab.upWithoutScripts(["host1", "host2"])
            let far = try lab.exec("host2", "sh", scripts.appendingPathComponent("host2/up.sh").path)
            try #require(far.status == 0, "\(far.text)")
            _ = try lab.exec("host2", "ip", "link", "set", "dev", "vx0", "down")
            let near = try lab.exec("host1", "sh", scripts.appendingPathComponent("host1/up.sh").path)
            try #require(near.status == 0, "\(near.text)")
            let sick = try Self.check("c4 c5", scripts.appendingPathComponent("host1/check.sh"), in: lab)
            #expect(
                sick.text.contains(
                    "cause: frames to 10.3.0.15 leave by tunnel vx0 and none come back: is its other end up, and 10.3.0.15?\n"
                        + "#   shown on host1 by: ip -s link show dev vx0\n"), "\(sick.text)")
        }
    }
}
