import HostBed
import Testing

extension RealAnsible {
    @Suite struct ManyHostsTests {
        @Test func fiftyHostsComeUp() throws {
            let node = try ControlNode(hosts: 50, bridgedFleet(of: 50))
            let run = try node.play("site")
            #expect(run.isGood && run.hosts("changed") == node.hosts, "\(run.run.text)")
            let address = String(
                try node.bed.run("host50", ["ip", "-n", "r", "-o", "-4", "address", "show", "dev", "eth0"]).output
                    .split(separator: " ")[3].prefix { $0 != "/" })
            let ping = try node.bed.run("host1", ["ip", "netns", "exec", "r", "ping", "-n", "-c", "1", address])
            #expect(ping.status == 0, "\(ping.text)")
        }
    }
}
