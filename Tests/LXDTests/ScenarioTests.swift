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
