import Foundation
import Testing

extension LabTests {
    /// The topologies come up, do what they are for, and are gone afterwards.
    @Suite(.serialized) struct ScenarioTests {
        private static let containers = ["c1", "c2", "c3", "c4"]

        @Test(arguments: ["routed", "bridged"])
        func everyContainerReachesEveryOther(topology: String) throws {
            let addresses =
                topology == "routed"
                ? ["10.1.0.11", "10.1.0.12", "10.2.0.2", "10.2.0.6"]
                : ["10.0.0.11", "10.0.0.12", "10.0.0.13", "10.0.0.14"]
            let machine = try Machine()
            let lab = try Lab(topology, on: machine)
            let up = try lab.run("up")
            try #require(up.status == 0, "\(up.text)")
            for (index, container) in ScenarioTests.containers.enumerated() {
                for (other, address) in addresses.enumerated() where other != index {
                    let ping = try lab.exec(container, "ping", "-n", "-c", "1", "-W", "2", address)
                    #expect(ping.status == 0, "\(container) to \(address): \(ping.text)")
                }
            }
        }

        /// One word is the difference. Of Ethernet in GRE, which many kernels lack, `UMLTests` has the run.
        @Test(arguments: ["bridged", "routed", "vxlan"])
        func oneNetworkFourWays(kind: String) throws {
            let text = try Lab.text(of: "four-ways")
            let changed = text.replacing("blue: {kind: vxlan,", with: "blue: {kind: \(kind),")
            try #require(kind == "vxlan" || changed != text)
            let machine = try Machine()
            let before = try machine.state()
            let lab = try Lab(text: changed, on: machine)
            let run = try lab.run("run")
            #expect(run.status == 0, "\(run.text)")
            // Each container reaches each of the twelve, of the LAN's largest packet for the kind.
            let size = kind == "vxlan" ? 1450 : 1500
            #expect(run.lines.count { $0.hasPrefix("ok ") && $0.contains(" reaches host3/c4 (") } > 0, "\(run.text)")
            #expect(run.lines.contains { $0.hasPrefix("ok ") && $0.contains(": \(size) bytes pass in one piece") })
            #expect(!run.lines.contains { $0.hasPrefix("not ok ") })
            #expect(try machine.state().difference(from: before) == "")
        }

        /// Behind a LAN's gateway everybody answers who is not in the topology, in both families, and what must pass from
        /// there or must not is asked there.
        @Test func whatIsOutsideAnswersAndAsks() throws {
            let text = try Lab.text(of: "../Tests/Fixtures/Networks/outside")
            let machine = try Machine()
            let before = try machine.state()
            let lab = try Lab(text: text, on: machine)
            try lab.expectUp(holding: [
                "web reaches outside:internet (198.51.100.7)", "web reaches outside:internet (2001:db8:ffff::7)",
                "outside:internet reaches web (203.0.113.21)", "outside:internet reaches web (2001:db8:113::21)",
                "outside:internet does not reach pc (172.16.1.11): ",
                "quiet does not reach outside:internet (198.51.100.7): ",
            ])
            // Every other address is there too; but it is a neighbour by its own alone, and forwards on the LAN.
            #expect(try lab.exec("web", "ping", "-n", "-c", "1", "-W", "2", "8.8.8.8").status == 0)
            #expect(try lab.exec("web", "ping", "-n", "-c", "1", "-W", "1", "169.254.7.7").status == 1)
            #expect(try lab.exec("web", "ip", "route", "add", "8.8.4.0/24", "dev", "eth0").status == 0)
            #expect(try lab.exec("web", "ping", "-n", "-c", "1", "-W", "1", "8.8.4.4").status == 1)
            #expect(try lab.exec("quiet", "ip", "route", "add", "203.0.113.10", "via", "203.0.113.1").status == 0)
            #expect(try lab.exec("quiet", "ping", "-n", "-c", "1", "-W", "2", "203.0.113.10").status == 0)
            // An edit changes it, and takes it away: the next file has another gateway, and none of IPv6.
            func edited(_ text: String) throws -> Lab {
                let lab = try Lab(text: text, on: machine)
                let up = try lab.run("up")
                try #require(up.status == 0, "\(up.text)")
                return lab
            }
            let other = text.replacing("203.0.113.1,", with: "203.0.113.2,")
                .replacing(", \"2001:db8:113::1\"]", with: "]").replacing("[203.0.113.2]", with: "203.0.113.2")
            let checks = other.split(separator: "\n").filter { !$0.contains("ffff") }.joined(separator: "\n")
            let second = try edited(checks)
            #expect(try second.exec("outside:internet", "ip", "-4", "-br", "address").text.contains("203.0.113.2/24"))
            #expect(
                !(try second.exec("outside:internet", "ip", "-6", "route", "show", "table", "local").text.contains(
                    "default")))
            #expect(try second.run("test").status == 0)
            let alone = checks.split(separator: "\n").filter { !$0.contains("198.51") && !$0.contains("    gateway: ") }
                .joined(separator: "\n").replacing(", gateway: 203.0.113.2}", with: "}")
            let third = try edited(alone)
            #expect(!(try third.run("status").text.contains("outside:")))
            let down = try third.run("down")
            #expect(down.status == 0, "\(down.text)")
            #expect(try machine.state().difference(from: before) == "")
        }

        /// Isolation is asserted at the target, and silence counts only where the asker is heard by somebody.
        @Test func whatIsIsolatedIsSeenAtTheTarget() throws {
            let text = """
                topology: apart
                runtime: netns
                hosts:
                  host1:
                    bridges: {blue: {}, red: {}}
                    containers:
                      b1: {bridge: blue, address: 10.0.0.1/24}
                      b2: {bridge: blue, address: 10.0.0.2/24}
                      r1: {bridge: red, address: 10.0.0.11/24}
                      r2: {bridge: red, address: 10.0.0.2/24}
                groups:
                  blues: [b1, b2]
                  reds: [r1, r2]
                checks:
                  - {isolated: [blues, reds]}
                """
            let machine = try Machine()
            let lab = try Lab(text: text, on: machine)
            let up = try lab.run("up")
            try #require(up.status == 0, "\(up.text)")
            let check = lab.scripts(of: "host1").appendingPathComponent("check.sh").path
            func results() throws -> (lines: [String], text: String) {
                let run = try lab.exec("host1", "sh", check)
                return (run.lines.filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }, run.text)
            }
            func isOK(_ result: (lines: [String], text: String), _ words: String) -> Bool? {
                result.lines.first { $0.contains(words) }.map { $0.hasPrefix("ok ") }
            }
            let whole = try results()
            #expect(whole.lines.allSatisfy { $0.hasPrefix("ok ") } && whole.lines.count > 8, "\(whole.text)")
            // b2 answers for the address that r2 has too.
            #expect(isOK(whole, "b1 does not reach r2 (10.0.0.2): b2 has that address there") == true, "\(whole.text)")
            let cut = try lab.exec("host1", "ip", "link", "set", "dev", "veth-b1", "down")
            try #require(cut.status == 0, "\(cut.text)")
            let dead = try results()
            #expect(isOK(dead, "b1 reaches b2 (10.0.0.2)") == false, "\(dead.text)")
            #expect(isOK(dead, "b1 does not reach r1 (10.0.0.11)") == true, "\(dead.text)")
            let joined = try lab.exec(
                "host1", "sh", "-c",
                "ip link set dev veth-b1 up && ip link set dev veth-r1 nomaster && ip link set dev veth-r1 master blue")
            try #require(joined.status == 0, "\(joined.text)")
            let leak = try results()
            #expect(isOK(leak, "b1 reaches b2 (10.0.0.2)") == true, "\(leak.text)")
            #expect(isOK(leak, "b1 does not reach r1 (10.0.0.11)") == false, "\(leak.text)")
            #expect(leak.text.contains("echo requests that came to r1 meanwhile: "), "\(leak.text)")
        }

        @Test(arguments: ["routed", "bridged", "vxlan", "gre"])
        func nothingIsLeft(topology: String) throws {
            let machine = try Machine()
            let lab = try Lab(topology, on: machine)
            if topology == "gre", try machine.shell("unshare -n ip link add type gretap remote 192.0.2.1").status != 0 {
                return try refusesWithoutAChange(lab)
            }
            let before = try machine.state()
            try #require(before.lines.count > 20)
            let run = try lab.run("run")
            #expect(run.status == 0, "\(run.text)")
            #expect(run.lines.contains { $0.hasPrefix("ok 1 - ") })
            #expect(run.lines.last == "host1: down")
            #expect(try machine.state().difference(from: before) == "")
        }

        /// The kernel has no such tunnels: that is found before anything is made.
        private func refusesWithoutAChange(_ lab: Lab) throws {
            let before = try lab.machine.state(isExact: true)
            let up = try lab.run("up")
            #expect(up.status == 3)
            #expect(up.text.contains("this kernel cannot make a \"gretap\" interface"))
            #expect(try lab.machine.state(isExact: true).difference(from: before) == "")
        }

        @Test func whatIsNotInTheTunnelIsSeenOnTheNIC() throws {
            let machine = try Machine()
            let lab = try Lab("vxlan-unicast", on: machine)
            let up = try lab.run("up")
            try #require(up.status == 0, "\(up.text)")
            let check = lab.folder.appendingPathComponent("lab/host1/check.sh").path
            let asDeclared = try lab.exec("host1", "sh", check)
            #expect(asDeclared.status == 0, "\(asDeclared.text)")
            #expect(
                asDeclared.text.contains(
                    " - c1 to c4 (10.0.0.14) passes eth0 in Ethernet, in VXLAN 42, from 172.16.1.1"))
            // The same containers on the LAN itself, without the tunnel: they reach each other as before.
            for host in ["host1", "host3"] {
                let moved = try lab.exec(
                    host, "sh", "-c", "ip link delete dev vxlan0 && brctl addif lxdbr0 eth0 && sleep 0.2")
                try #require(moved.status == 0, "\(moved.text)")
            }
            let bare = try lab.exec("host1", "sh", check)
            #expect(
                bare.lines.contains { $0.hasPrefix("ok ") && $0.hasSuffix(" - c1 reaches c4 (10.0.0.14)") },
                "\(bare.text)")
            #expect(
                bare.lines.contains {
                    $0.hasPrefix("not ok ") && $0.contains(" - c1 to c4 (10.0.0.14) passes eth0 in")
                }, "\(bare.text)")
            #expect(bare.text.contains("10.0.0.11 > 10.0.0.14: ICMP echo request"), "\(bare.text)")
        }

        /// What is predicted of Docker's macvlan networks holds of the kernel's own macvlan interfaces.
        @Test func macvlanKeepsAHostAndItsContainersApart() throws {
            let text = """
                topology: macvlan
                runtime: docker
                docker: macvlan
                image: none
                lans:
                  internal: {subnet: 10.0.0.0/24}
                hosts:
                  host1:
                    nics: {eth0: {lan: internal}}
                    bridges: {br0: {ports: [eth0], address: 10.0.0.1/24}}
                    containers:
                      c1: {bridge: br0, address: 10.0.0.11/24}
                      c2: {bridge: br0, address: 10.0.0.12/24}
                  host2:
                    nics: {eth0: {lan: internal, address: 10.0.0.2/24}}
                checks:
                  - {no-ping: [c1, host1]}
                  - {no-ping: [host1, c2]}
                  - {ping: [c1, c2]}
                  - {ping: [c1, host2]}
                  - {ping: [host1, host2]}
                """
            let machine = try Machine()
            let lab = try Lab(text: text, on: machine)
            let before = try machine.state()
            for _ in 0..<2 {
                let run = try lab.run("run")
                #expect(run.status == 0 && run.lines.contains { $0.hasPrefix("ok 1 - ") }, "\(run.text)")
            }
            #expect(try machine.state().difference(from: before) == "")
        }

        @Test func routedGoesByBothHosts() throws {
            let machine = try Machine()
            let lab = try Lab("routed", on: machine)
            let up = try lab.run("up")
            try #require(up.status == 0, "\(up.text)")
            let trace = try lab.exec("c1", "traceroute", "-n", "-q", "1", "-w", "2", "10.2.0.2")
            let hops = trace.lines.dropFirst().compactMap {
                $0.split(separator: " ").dropFirst().first.map(String.init)
            }
            #expect(hops == ["10.1.0.1", "172.16.1.2", "10.2.0.2"], "\(trace.text)")
            // Record route (RFC 791): each router writes down the address by which the packet leaves it.
            let ping = try lab.exec("c1", "ping", "-n", "-R", "-c", "1", "-W", "2", "10.2.0.2")
            let recorded = ping.text.split(separator: "RR:").last?.split { " \t\n".contains($0) }.map(String.init) ?? []
            #expect(
                Array(recorded.prefix(8)) == [
                    "10.1.0.11", "172.16.1.1", "10.2.0.1", "10.2.0.2", "10.2.0.2", "172.16.1.2", "10.1.0.1",
                    "10.1.0.11",
                ], "\(ping.text)")
        }

        @Test func bridgedIsOneHopOfFramesWithTheContainersMACs() throws {
            let machine = try Machine()
            let lab = try Lab("bridged", on: machine)
            let up = try lab.run("up")
            try #require(up.status == 0, "\(up.text)")
            let trace = try lab.exec("c1", "traceroute", "-n", "-q", "1", "-w", "2", "10.0.0.13")
            #expect(trace.lines.count == 2 && trace.text.contains(" 1  10.0.0.13"), "\(trace.text)")
            let macs = try ["c1", "c3"].map { container in
                try lab.exec(container, "cat", "/sys/class/net/eth0/address").text
                    .split(separator: "\n").joined()
            }
            try #require(macs.allSatisfy { $0.count == 17 })
            let seen = try lab.exec(
                "lan:internal",
                [
                    "sh", "-c",
                    """
                    timeout 20 tcpdump -i internal -n -e -l -c 2 'icmp and host 10.0.0.13' 2>"$1" &
                    tries=0
                    until grep -q 'listening on' "$1" || [ "${tries}" -ge 200 ]; do
                        tries=$((tries + 1))
                        sleep 0.05
                    done
                    sh "$2" exec c1 ping -n -c 2 -i 0.2 -W 2 10.0.0.13 >/dev/null
                    wait
                    """, "sh", machine.folder.appendingPathComponent("tcpdump.log").path,
                    lab.folder.appendingPathComponent("lab.sh").path,
                ])
            #expect(seen.text.contains("\(macs[0]) > \(macs[1])"), "\(seen.text)")
            #expect(seen.text.contains("\(macs[1]) > \(macs[0])"), "\(seen.text)")
        }
    }
}
