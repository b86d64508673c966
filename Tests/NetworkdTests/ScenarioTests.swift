import Foundation
import KernelState
import Testing

extension NetworkdTests {
    /// The hosts' network comes up from units alone, and containers are attached to it by `up.sh`.
    @Suite struct ScenarioTests {
        /// The lines between `== NAME` and the next.
        private func part(_ name: String, of run: Bed.Run) -> [String] {
            let lines = run.lines.drop { $0 != "== \(name)" }.dropFirst()
            return Array(lines.prefix { !$0.hasPrefix("== ") })
        }

        @Test(arguments: ["routed", "bridged", "vxlan", "vxlan-unicast"])
        func allHoldsAndTheKernelHasTheSame(topology: String) throws {
            let hosts = topology == "vxlan-unicast" ? ["host1", "host2", "host3"] : ["host1", "host2"]
            try allHolds(topology, hosts, results: 31)
        }

        /// Loopback addresses, a tunnel between them, next hops on the link, and a tunnel with addresses of its own.
        @Test(arguments: [
            ("Kernel/loopback", ["host1", "host2", "host3"]), ("Kernel/next-hops-on-link", ["host1", "r1"]),
            ("Kernel/tunnel-address", ["host1", "host2", "host3"]), ("Kernel/equal-ways", ["h1", "h2"]),
        ])
        func allHoldsOfAddressesInOtherPlaces(fixture: String, hosts: [String]) throws {
            try allHolds(fixture, hosts, results: 3)
        }

        /// - Parameter results: at least as many checks pass.
        private func allHolds(_ topology: String, _ hosts: [String], results least: Int) throws {
            let bed = try Bed(topology)
            let states = "sleep 2; for host in ${hosts}; do echo \"== ${host}\"; state ${host}; done"
            let byScripts = try bed.run("bare; up >/dev/null; \(states)")
            #expect(byScripts.status == 0, "\(byScripts.text)")
            let again = try Bed(topology)
            let byUnits = try again.run(
                """
                bare; for host in ${hosts}; do units ${host}; done
                echo '== up'; up; \(states)
                echo '== test'; lab test; echo "== complaints"; complaints
                for host in ${hosts}; do configured ${host}; done
                """)
            // The hosts' part is there: of the changes that up.sh makes, all are of containers and their links.
            let changes = part("up", of: byUnits).filter { $0.hasPrefix("  ") && !$0.contains("nothing to do") }
            #expect(!changes.isEmpty)
            #expect(changes.filter { !$0.contains("netns") && !$0.contains("veth-") } == [])
            let results = part("test", of: byUnits).filter { $0.contains("ok ") }
            #expect(results.count >= least, "\(byUnits.text)")
            #expect(results.filter { !$0.hasPrefix("ok ") } == [])
            #expect(part("complaints", of: byUnits) == [])
            for host in hosts {
                let (units, scripts) = try (State(part(host, of: byUnits)), State(part(host, of: byScripts)))
                #expect(scripts.lines.count > 20)
                #expect(units.difference(from: scripts) == [], "\(topology), \(host)")
            }
        }

        /// A container's ping to one of the other host, from before the first restart of any host's until after the last. For
        /// gretap it is in the tests of user-mode Linux.
        @Test(arguments: [("routed", "10.2.0.2"), ("bridged", "10.0.0.13"), ("vxlan", "10.0.0.13")])
        func aRestartOfSystemdNetworkdLosesNoPacket(topology: String, address: String) throws {
            let run = try Bed(topology).run(
                """
                bare; for host in ${hosts}; do units ${host}; done; up >/dev/null
                at c1 ping -n -i 0.02 -c 3000 -W 1 \(address) >"${folder}/ping.txt" 2>&1 & ping=$!
                tries=0
                until [ "$(grep -c time= "${folder}/ping.txt")" -gt 5 ] || [ ${tries} -gt 200 ]; do
                    tries=$((tries + 1)); sleep 0.05
                done
                for round in 1 2; do for host in ${hosts}; do restart ${host}; sleep 0.3; configured ${host}; done; done
                sleep 0.5; at c1 sh -c 'kill -INT $(pidof ping)'
                wait ${ping}; tail -n 2 "${folder}/ping.txt"; complaints
                """)
            let counts = run.text.split(separator: "\n").first { $0.contains(" packets transmitted") } ?? ""
            let numbers = counts.split { !$0.isNumber }.compactMap { Int($0) }
            #expect(numbers.count > 2 && numbers[0] > 50 && numbers[0] - numbers[1] <= 1, "\(run.text)")
            #expect(counts.contains(" 0% packet loss"), "\(run.text)")
            #expect(!run.text.contains(".log:"), "\(run.text)")
        }

        /// What a reboot of LXD's container does: its link is gone, and another of the same name comes.
        @Test func aContainersLinkThatComesAnewHasItsAddressAgain() throws {
            let bed = try Bed("routed")
            let run = try bed.run(
                """
                bare; for host in ${hosts}; do units ${host}; done
                for round in 1 2; do
                    at host2 sh -c 'ip link add name veth-c3 type veth peer name inner && ip link set dev inner up'
                    tries=0
                    until at host2 ip -o address show dev veth-c3 | grep -q 'inet 10.2.0.1/30'; do
                        tries=$((tries + 1)); [ ${tries} -lt 100 ] || break
                    done
                    at host2 ip -br address show dev veth-c3
                    at host2 ip link delete dev veth-c3
                done
                """)
            #expect(
                run.lines.count { $0.hasPrefix("veth-c3@inner") && $0.hasSuffix("10.2.0.1/30 ") } == 2, "\(run.text)")
        }
    }
}
