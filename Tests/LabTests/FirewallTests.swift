import Foundation
import Testing
import TopoModel

extension LabTests {
    /// A host whose packet filter drops what it forwards, as it is with Docker.
    @Suite struct FirewallTests {
        /// What has set FORWARD to DROP.
        enum Firewall: String, CaseIterable {
            /// Docker, with the newer kind of iptables.
            case docker
            /// Something else, with the older kind.
            case older

            /// The commands that do it.
            var lines: String {
                switch self {
                case .docker:
                    """
                    for filter in iptables-nft ip6tables-nft; do
                        $filter -P FORWARD DROP; $filter -N DOCKER-USER; $filter -A DOCKER-USER -j RETURN
                        $filter -A FORWARD -j DOCKER-USER
                    done
                    """
                case .older: "iptables-legacy -P FORWARD DROP; ip6tables-legacy -P FORWARD DROP"
                }
            }
        }

        /// Frames between the ports of br0, where the host has no address, and packets between br1 and br2.
        private static func topology(_ families: Set<AddressFamily>) -> String {
            func addresses(_ ipv4: String, _ ipv6: String) -> String {
                "addresses: [\(families.contains(.ipv6) ? "\(ipv4), \"\(ipv6)\"" : ipv4)]"
            }
            return """
                topology: firewall
                runtime: netns
                hosts:
                  host1:
                    forwarding: true
                    bridges:
                      br0: {}
                      br1: {\(addresses("10.1.0.1/24", "fd00:1::1/64"))}
                      br2: {\(addresses("10.2.0.1/24", "fd00:2::1/64"))}
                    containers:
                      c1: {bridge: br0, address: 10.9.0.1/24, gateway: none}
                      c2: {bridge: br0, address: 10.9.0.2/24, gateway: none}
                      c3: {bridge: br1, \(addresses("10.1.0.3/24", "fd00:1::3/64"))}
                      c4: {bridge: br1, \(addresses("10.1.0.4/24", "fd00:1::4/64"))}
                      c5: {bridge: br2, \(addresses("10.2.0.5/24", "fd00:2::5/64"))}

                """
        }

        /// host1, up, and then with the firewall.
        private struct Subject {
            let lab: Lab
            let scripts: URL
            let shim: Shim
            let before: State

            init(_ firewall: Firewall, families: Set<AddressFamily> = [.ipv4, .ipv6]) throws {
                lab = try Lab(text: FirewallTests.topology(families), on: Machine())
                scripts = try lab.upWithoutScripts(["host1"]).appendingPathComponent("host1")
                shim = try Shim(in: lab)
                let drop = try lab.exec("host1", "sh", "-ec", firewall.lines)
                try #require(drop.status == 0, "\(drop.text)")
                before = try lab.state(of: "host1")
            }

            func expect(_ state: State, _ what: String) throws {
                let difference = try lab.difference(of: "host1", from: state)
                try #require(difference == "", "\(what)")
            }

            /// Within a bridge without addresses, within one with them, and between two.
            func expectPings(status: Int32) throws {
                for (source, target) in [("c1", "10.9.0.2"), ("c3", "10.1.0.4"), ("c3", "fd00:2::5")] {
                    let ping = try lab.exec(source, "ping", "-n", "-q", "-c", "3", "-i", "0.5", "-W", "1", target)
                    #expect(ping.status == status, "\(source), \(target): \(ping.text)")
                }
            }

            func run(_ script: String) throws -> Machine.Run {
                try lab.exec("host1", "sh", scripts.appendingPathComponent(script).path)
            }

            /// Runs a script that is stopped at a change, or only counted where that is 0.
            func run(_ script: String, _ action: Shim.Action, at limit: Int) throws -> (run: Machine.Run, changes: Int)
            {
                let file = scripts.appendingPathComponent(script)
                let run = try lab.exec("host1", shim.words(file, [], action, at: limit))
                return (run, try shim.changes())
            }

            /// Takes the rules of up.sh away, as somebody does who flushes the filter and sets it up again.
            func flush(_ firewall: Firewall) throws {
                let line = """
                    for filter in iptables-nft ip6tables-nft iptables-legacy ip6tables-legacy; do
                        $filter -F; $filter -X; $filter -P FORWARD ACCEPT
                    done
                    """
                _ = try lab.exec("host1", "sh", "-c", line)
                _ = try lab.exec("host1", "sh", "-ec", firewall.lines)
            }
        }

        @Test(arguments: Firewall.allCases) func whatItDropsPassesUntilDown(firewall: Firewall) throws {
            let subject = try Subject(firewall)
            let up = try subject.run("up.sh")
            try #require(up.status == 0, "\(up.text)")
            try subject.flush(firewall)
            try subject.expectPings(status: 1)
            let again = try subject.run("up.sh")
            #expect(again.status == 0, "\(again.text)")
            try subject.expectPings(status: 0)
            #expect(try subject.run("up.sh").text == "  nothing to do: all of it is there\nhost1: up\n")
            #expect(try subject.run("down.sh").status == 0)
            try subject.expect(subject.before, "after down.sh")
        }

        @Test func whereNothingIsDroppedThereIsNoRule() throws {
            let lab = try Lab(text: Self.topology([.ipv4, .ipv6]), on: Machine())
            let up = try lab.run("up")
            #expect(up.status == 0 && !up.text.contains("tables"), "\(up.text)")
        }

        @Test func whatNobodyAskedForIsStillDropped() throws {
            let subject = try Subject(.docker)
            _ = try subject.run("up.sh")
            // An interface that is none of the topology's, in the same host.
            let other = """
                ip netns add other && ip link add o0 type veth peer name eth0 netns other && ip link set dev o0 up
                ip address add 10.8.0.1/24 dev o0 && ip netns exec other ip link set dev eth0 up
                ip netns exec other ip address add 10.8.0.2/24 dev eth0
                ip netns exec other ip route add default via 10.8.0.1
                ip netns exec other ping -n -q -c 3 -i 0.2 -W 1 10.8.0.1 && ! ip netns exec other ping -n -c 2 -W 1 10.1.0.3
                """
            let run = try subject.lab.exec("host1", "sh", "-c", other)
            #expect(run.status == 0, "\(run.text)")
        }

        /// At one change of each form, as `forms.sh` finds them, the first and the last, by turns before it and after it.
        @Test func killedAtEachFormItContinuesOrIsCleared() throws {
            var forms: Set<String> = []
            let firewall = Firewall.docker
            let subject = try Subject(firewall, families: [.ipv4])
            _ = try subject.run("up.sh")
            let complete = try subject.lab.state(of: "host1")
            try subject.flush(firewall)
            let count = try subject.run("up.sh", .after, at: 0).changes
            try #require(count == 8)
            for (index, step) in try subject.shim.steps(without: &forms).enumerated() {
                try subject.flush(firewall)
                let action = index.isMultiple(of: 2) ? Shim.Action.after : .before
                let killed = try subject.run("up.sh", action, at: step.number)
                #expect(killed.run.status == 137, "step \(step): \(killed.run.text)")
                let again = try subject.run("up.sh")
                #expect(again.status == 0, "\(again.text)")
                try subject.expect(complete, "step \(step)")
            }
            #expect(forms.count == 6, "\(forms.sorted())")
            let undoing = try subject.run("down.sh", .after, at: 0).changes
            try subject.expect(subject.before, "after down.sh")
            // The firewall's undos come first.
            try #require(undoing > 5)
            let undos = try subject.shim.steps(without: &forms).filter { $0.number <= 5 }
            #expect(undos.count == 5, "\(undos)")
            for step in undos {
                _ = try subject.run("up.sh")
                #expect(try subject.run("down.sh", .after, at: step.number).run.status == 137)
                let down = try subject.run("down.sh")
                #expect(down.status == 0, "\(down.text)")
                try subject.expect(subject.before, "down.sh, step \(step)")
            }
        }
    }
}
