import Foundation
import Testing

extension LabTests {
    /// Addresses of forwarded packets are changed by a real kernel as predicted, and no rule of somebody else's with them.
    @Suite struct NATTests {
        private func text() throws -> String { try Lab.text(of: "../Tests/Fixtures/Networks/nat") }

        @Test func sourcesAndPublishedPortsAreAsPredicted() throws {
            let machine = try Machine()
            let before = try machine.state()
            let lab = try Lab(text: text(), on: machine)
            try lab.expectUp(holding: [
                "web to outside:internet (198.51.100.7) passes eth0 from 203.0.113.11, not from 10.1.0.11",
                "c2 to outside:internet (198.51.100.7) passes eth0 from 203.0.113.10, not from 10.1.0.200",
                "c2 to outside:internet (2001:db8:ffff::7) passes eth0 from 2001:db8:113::10, not from fd00:1::200",
                "outside:internet connects to web (203.0.113.10), TCP port 8080",
                "outside:internet connects to web (2001:db8:113::10), TCP port 8080",
                "outside:internet connects to w (203.0.113.11), TCP port 8443",
                "c9 connects to web (203.0.113.10), TCP port 8080", "c2 connects to web (10.1.0.11), TCP port 80",
                "c2 connects to outside:internet (198.51.100.7), TCP port 443",
                "outside:internet does not reach web (10.1.0.11): ", "w does not reach outside:internet",
            ])
            // What the exception leaves alone arrives as it was sent.
            let seen = try lab.exec(
                "c9", "sh", "-c",
                "timeout 5 tcpdump -n -l -c 1 -i eth0 icmp and src host 10.1.0.200 2>/dev/null & sleep 1; "
                    + "ping -n -q -c 3 -i 0.3 10.1.0.200 >/dev/null; wait $!")
            #expect(seen.text.contains("10.1.0.200 > 10.9.0.11"), "\(seen.text)")
            let down = try lab.run("down")
            #expect(down.status == 0, "\(down.text)")
            #expect(try machine.state().difference(from: before) == "")
        }

        /// The lab without its scripts, which are in another folder; the NICs of the host have been up before, as those of machines.
        private func scripts(of lab: Lab) throws -> URL {
            let scripts = try lab.upWithoutScripts(["gw", "far", "back"])
            let line =
                "for nic in eth0 eth1; do ip link set dev ${nic} up && sleep 0.1 && ip link set dev ${nic} down; done"
            try #require(try lab.exec("gw", "sh", "-c", line).status == 0)
            return scripts
        }

        private func expectAsBefore(_ lab: Lab, _ before: State) throws {
            let difference = try lab.difference(of: "gw", from: before)
            #expect(difference == "")
        }

        /// Expects words among the tables of the host.
        private func expectTable(of lab: Lab, has words: [String], _ comment: Comment) throws {
            let rules = try lab.exec("gw", "nft", "-s", "list", "ruleset", "inet").text
            for word in words { #expect(rules.contains(word), comment) }
        }

        /// A rule that somebody has taken out by hand is there again, others' tables stay, and nothing is done twice.
        @Test func theTableIsMadeAnewAndDeletedAsAWhole() throws {
            let machine = try Machine()
            let lab = try Lab(text: text(), on: machine)
            let scripts = try scripts(of: lab)
            func run(_ script: String, _ options: String...) throws -> Machine.Run {
                try lab.exec("gw", ["sh", scripts.appendingPathComponent("gw/\(script)").path] + options)
            }
            let others = """
                add table inet topoc-other; add chain inet topoc-other c { type filter hook input priority 0; }
                add rule inet topoc-other c ip saddr 192.0.2.1 drop
                """
            #expect(try lab.exec("gw", "nft", others).status == 0)
            let before = try lab.state(of: "gw")
            let rehearsal = try run("up.sh", "--dry-run")
            #expect(rehearsal.text.contains("# nft add rule inet topoc-nat prerouting"), "\(rehearsal.text)")
            try expectAsBefore(lab, before)
            let first = try run("up.sh")
            #expect(first.status == 0 && first.text.contains("  nft -f "), "\(first.text)")
            let rules = ["snat ip to 203.0.113.11", "dport 53 dnat ip to 10.1.0.11:53", "topoc-other"]
            try expectTable(of: lab, has: rules, "made")
            let second = try run("up.sh")
            #expect(second.text.contains("nothing to do"), "\(second.text)")
            #expect(try lab.exec("gw", "nft", "flush", "chain", "inet", "topoc-nat", "postrouting").status == 0)
            let third = try run("up.sh")
            #expect(third.status == 0 && third.text.contains("  nft -f "), "\(third.text)")
            try expectTable(of: lab, has: rules, "mended")
            #expect(try run("up.sh").text.contains("nothing to do"))
            let down = try run("down.sh")
            #expect(down.status == 0, "\(down.text)")
            try expectAsBefore(lab, before)
        }

        /// As on a host where Docker runs: its own chain for the same containers comes after ours, and what it drops passes.
        @Test func rulesOfDockersKindAreThereBeside() throws {
            let machine = try Machine()
            let lab = try Lab(text: text(), on: machine)
            let scripts = try scripts(of: lab)
            let dockers = """
                iptables -P FORWARD DROP && iptables -t nat -A POSTROUTING -s 10.1.0.0/24 ! -o br0 -j SNAT --to-source 203.0.113.10 &&
                iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 10.1.0.200:80
                """
            #expect(try lab.exec("gw", "sh", "-c", dockers).status == 0)
            let before = try lab.state(of: "gw")
            for host in ["gw", "far", "back"] {
                let up = try lab.exec(host, "sh", scripts.appendingPathComponent("\(host)/up.sh").path)
                try #require(up.status == 0, "\(up.text)")
            }
            let check = try lab.exec(
                "gw", ["sh", scripts.appendingPathComponent("gw/check.sh").path], seconds: 120)
            // Outside nobody takes connections but for the lab's own test.
            #expect(
                check.lines.filter { $0.hasPrefix("not ok ") }.count { !$0.contains("TCP port 443") } == 0,
                "\(check.text)")
            #expect(check.text.contains("passes eth0 from 203.0.113.11, not from 10.1.0.11"), "\(check.text)")
            let down = try lab.exec("gw", "sh", scripts.appendingPathComponent("gw/down.sh").path)
            #expect(down.status == 0, "\(down.text)")
            try expectAsBefore(lab, before)
        }

        /// Its packets are the host's own, whichever of the uplinks the routes take.
        @Test func aVXLANBetweenLoopbacksIsNotMasqueraded() throws {
            let lab = try Lab(text: Lab.text(of: "../Tests/Fixtures/Networks/loopback-vxlan-and-nat"), on: Machine())
            try lab.expectUp(holding: [
                "c1 to c2 (10.5.0.2) passes eth0 in Ethernet, in VXLAN 7, from 10.255.0.1 to 10.255.0.2",
                "p1 to rb (10.0.3.9) passes eth1 from 10.0.3.1, not from 10.1.0.11",
            ])
            // The other uplink takes over where both ends lose the first one's routes.
            for (host, other) in [("h1", "10.255.0.2"), ("h2", "10.255.0.1")] {
                #expect(try lab.exec(host, "ip", "route", "delete", other, "metric", "10").status == 0)
            }
            let ping = try lab.exec("c1", "ping", "-n", "-c", "3", "-i", "0.3", "-W", "2", "10.5.0.2")
            #expect(ping.text.contains("bytes from"), "\(ping.text)")
            #expect(try lab.run("down").status == 0)
        }

        /// Before anything is changed.
        @Test func aKernelWithoutNATIsRefused() throws {
            let machine = try Machine()
            let lab = try Lab(text: text(), on: machine)
            let scripts = try scripts(of: lab)
            let before = try lab.state(of: "gw")
            let line = """
                mkdir "$1/bin" && printf '#!/bin/sh\\nexit 1\\n' >"$1/bin/nft" && chmod 755 "$1/bin/nft" &&
                PATH=$1/bin:$PATH sh "$2"
                """
            let up = try lab.exec(
                "gw", "sh", "-c", line, "sh", machine.folder.path, scripts.appendingPathComponent("gw/up.sh").path)
            #expect(up.status == 3 && up.text.contains("this kernel has no NAT by nftables"), "\(up.text)")
            try expectAsBefore(lab, before)
        }
    }
}
