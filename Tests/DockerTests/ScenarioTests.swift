import HostBed
import Testing

extension RealDocker {
    /// The scenarios on real Docker: up, what check.sh says, nothing to do the second time, and down to what was before.
    @Suite struct ScenarioTests {
        private static let hosts = ["host1", "host2"]

        @Test(arguments: ["routed", "bridged", "vxlan"])
        func scenario(_ name: String) throws {
            let bed = try Bed()
            let changes = name == "bridged" ? [(", managed-by: lxd", "")] : []
            let scripts = try Scripts(topology: name, replacing: [("runtime: lxd", "runtime: docker")] + changes)
            let before = try ScenarioTests.hosts.map { try State(of: $0, in: bed) }
            for host in ScenarioTests.hosts {
                let up = try scripts.run("up.sh", on: host, of: bed)
                #expect(up.status == 0 && up.output.hasSuffix("\(host): up\n"), "\(up.text)")
            }
            for host in ScenarioTests.hosts {
                let check = try scripts.run("check.sh", on: host, of: bed)
                #expect(check.status == 0 && check.output.contains("ok 1 - "), "\(check.text)")
            }
            let target = name == "routed" ? "10.2.0.2" : "10.0.0.13"
            let ping = try bed.run("host1", ["docker", "exec", "c1", "ping", "-c", "2", "-W", "5", target])
            #expect(ping.status == 0 && ping.output.contains(" 0% packet loss"), "\(ping.text)")
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
    }
}
