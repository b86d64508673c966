import Foundation
import Testing

extension LabTests {
    /// What is on a host before: addresses on a NIC that becomes a port, a bridge, the way to the host itself.
    @Suite struct ExistingTests {
        private static func topology(bridge: String) -> String {
            """
            topology: existing
            runtime: netns
            lans:
              internal: {subnet: 10.0.0.0/24}
            hosts:
              host1:
                nics:
                  eth0: {lan: internal}
                bridges:
                  br0: {\(bridge)}
                containers:
                  c1: {bridge: br0, address: 10.0.0.11/24}
              host2:
                nics:
                  eth0: {lan: internal, address: 10.0.0.2/24}

            """
        }

        private static let ways = """
            ip link set dev eth0 up && ip address add 10.0.0.1/24 dev eth0 && ip route add default via 10.0.0.2 &&
            ip route add 203.0.113.0/24 via 10.0.0.2 metric 50 && ip -6 address add 2001:db8::1/64 dev eth0
            """

        /// host1 with addresses and routes on its NIC, and host2 beside it.
        private func lab(bridge: String = "ports: [eth0]") throws -> (lab: Lab, scripts: URL) {
            let lab = try Lab(text: Self.topology(bridge: bridge), on: Machine())
            let scripts = try lab.upWithoutScripts(["host1", "host2"])
            let own = try lab.exec("host1", "sh", "-c", Self.ways)
            try #require(own.status == 0, "\(own.text)")
            let other = try lab.exec("host2", "sh", scripts.appendingPathComponent("host2/up.sh").path)
            try #require(other.status == 0, "\(other.text)")
            return (lab, scripts)
        }

        private func path(_ script: String, in scripts: URL) -> String {
            scripts.appendingPathComponent("host1/\(script)").path
        }

        private func expectAsBefore(_ lab: Lab, _ before: State) throws {
            let difference = try lab.difference(of: "host1", from: before)
            #expect(difference == "")
        }

        @Test func theWayToTheHostIsNotTouchedUnasked() throws {
            let (lab, scripts) = try lab()
            let before = try lab.state(of: "host1")
            let refused = try lab.exec("host1", "sh", path("up.sh", in: scripts))
            #expect(refused.status == 3)
            #expect(refused.text.contains("\"eth0\" carries the default route"))
            #expect(refused.text.contains("--confirm SECONDS"))
            try expectAsBefore(lab, before)
        }

        @Test func aNICsAddressesGoToItsBridgeWithoutALossAndComeBack() throws {
            let (lab, scripts) = try lab()
            let before = try lab.state(of: "host1")
            let log = lab.machine.folder.appendingPathComponent("ping.log").path
            let listening = try lab.exec(
                "host2", "sh", "-c", "ping -n -q -i 0.02 -c 200 -W 1 10.0.0.1 >'\(log)' 2>&1 </dev/null & sleep 0.3")
            try #require(listening.status == 0)
            let up = try lab.confirmed("host1", path("up.sh", in: scripts))
            #expect(up.status == 0, "\(up.text)")
            let moved = try lab.exec(
                "host1", "sh", "-c", "ip -o address show dev br0; ip route; ip address show dev eth0")
            #expect(moved.text.contains("inet 10.0.0.1/24") && moved.text.contains("inet6 2001:db8::1/64"))
            #expect(moved.text.contains("default via 10.0.0.2 dev br0"))
            #expect(moved.text.contains("203.0.113.0/24 via 10.0.0.2 dev br0 metric 50"))
            #expect(try lab.exec("c1", "ping", "-c", "1", "-W", "2", "10.0.0.2").status == 0)
            usleep(3_500_000)
            #expect(try String(contentsOfFile: log, encoding: .utf8).contains("200 received, 0% packet loss"))
            let again = try lab.exec("host1", "sh", path("up.sh", in: scripts))
            #expect(again.status == 0 && again.text.contains("nothing to do"), "\(again.text)")
            let down = try lab.exec("host1", "sh", path("down.sh", in: scripts))
            #expect(down.status == 0, "\(down.text)")
            try expectAsBefore(lab, before)
        }

        @Test func withoutAnAnswerAllIsUndone() throws {
            let (lab, scripts) = try lab()
            let before = try lab.state(of: "host1")
            let alone = try lab.exec("host1", "sh", path("up.sh", in: scripts), "--confirm", "2")
            #expect(alone.status == 1, "\(alone.text)")
            try expectAsBefore(lab, before)
        }

        @Test func theWatchOutlivesTheScript() throws {
            let (lab, scripts) = try lab()
            let before = try lab.state(of: "host1")
            let line = """
                sh '\(path("up.sh", in: scripts))' --confirm 3 >/dev/null 2>&1 & up=$!
                sleep 1.5; kill -KILL "$up"; ip link show dev br0 >/dev/null && echo was up; sleep 4
                """
            let killed = try lab.exec("host1", "sh", "-c", line)
            #expect(killed.text.contains("was up"))
            try expectAsBefore(lab, before)
        }

        @Test func aBridgeThatExistsIsUsedAndLeft() throws {
            let lab = try Lab(text: Self.topology(bridge: "ports: [eth0], managed-by: existing"), on: Machine())
            let scripts = lab.folder.appendingPathComponent("host1")
            let kept = lab.machine.folder.appendingPathComponent("kept")
            try FileManager.default.copyItem(at: scripts, to: kept)
            _ = try lab.upWithoutScripts(["host1", "host2"])
            let up = kept.appendingPathComponent("up.sh").path
            let missing = try lab.exec("host1", "sh", up)
            #expect(missing.status == 3 && missing.text.contains("there is no bridge \"br0\""), "\(missing.text)")
            _ = try lab.exec(
                "host1", "sh", "-c", "ip link add name br0 up type bridge && ip link set dev eth0 master br0 up")
            _ = try lab.exec("host1", "ip", "link", "set", "dev", "eth0", "nomaster")
            _ = try lab.exec("host1", "sh", "-c", "ip link set dev eth0 down && ip link set dev br0 down")
            let before = try lab.state(of: "host1")
            let run = try lab.exec("host1", "sh", up)
            #expect(run.status == 0, "\(run.text)")
            #expect(try lab.exec("host1", "sh", kept.appendingPathComponent("down.sh").path).status == 0)
            try expectAsBefore(lab, before)
        }
    }
}
