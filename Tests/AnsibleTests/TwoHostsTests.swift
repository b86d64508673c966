import Foundation
import HostBed
import Testing

extension RealAnsible {
    /// Two hosts from the first run to the last.
    @Suite struct TwoHostsTests {
        private static let checks = """
              - {isolated: [red, blue]}
              - {tcp: [host1/b, host2/b], port: 8080}
            """

        /// Each part begins with what the one before it has left.
        @Test func upAgainEditedCheckedAndDown() throws {
            let node = try ControlNode(hosts: 2, fleet(of: 2, checks: Self.checks))
            let bare = try node.hosts.map(node.state)
            try upAndUpAgain(node, bare)
            let up = try node.hosts.map(node.state)
            try checked(node)
            try edited(node, up)
            try confirmed(node)
            try down(node, bare)
        }

        /// `--check` changes nothing and says what would be; the second run changes nothing.
        private func upAndUpAgain(_ node: ControlNode, _ bare: [State]) throws {
            let dry = try node.play("site", "--check")
            #expect(dry.isGood && dry.hosts("changed") == node.hosts, "\(dry.run.text)")
            #expect(dry.run.output.contains("\"  ip link set dev eth0 up\""))
            #expect(try node.hosts.map(node.state) == bare)
            let first = try node.play("site")
            #expect(first.isGood && first.hosts("changed") == node.hosts, "\(first.run.text)")
            let second = try node.play("site")
            #expect(second.isGood && second.hosts("changed") == [], "\(second.run.text)")
        }

        /// What must not pass is asked where all passes that must, and on no host where something does not on one.
        private func checked(_ node: ControlNode) throws {
            let good = try node.play("check", "--check")
            #expect(good.isGood && good.hosts("changed") == [], "\(good.run.text)")
            #expect(silent(good) == ["ok: [host1]", "ok: [host2]"], "\(good.run.text)")
            // A listener ends when its sleep of a second does. With these brackets the pattern is not in the command's own line.
            let ends =
                "for turn in 1 2 3 4 5 6 7 8; do pgrep -f 'check[.]sh listen' || exit 0; sleep 0.5; done; exit 1"
            #expect(try node.bed.run("host2", ["sh", "-c", ends]).status == 0)
            // The ping is host1's; host2's own checks hold but for the way back.
            #expect(try node.bed.run("host1", ["ip", "-n", "r", "link", "set", "dev", "eth0", "down"]).status == 0)
            let bad = try node.play("check")
            #expect(bad.run.status == 2 && bad.hosts("failed").contains("host1"), "\(bad.run.text)")
            #expect(bad.run.output.contains("\"not ok 1 - r reaches host2/r"))
            #expect(silent(bad) == ["skipping: [host1]", "skipping: [host2]"], "\(bad.run.text)")
            let mended = try node.play("site")
            #expect(mended.isGood && mended.hosts("changed") == ["host1"], "\(mended.run.text)")
        }

        /// What the task that asks what must not pass came to on each host, sorted by it: which host ends first is chance.
        private func silent(_ play: Play) -> [String] {
            let parts = play.run.output.components(separatedBy: "TASK [Ask what must not pass]")
            guard parts.count == 2 else { return [] }
            let told = parts[1].components(separatedBy: "\nTASK")[0].components(separatedBy: "\nPLAY")[0]
            return told.split(separator: "\n").filter { $0.contains(": [host") }.map(String.init).sorted()
        }

        /// With `--limit` an edit comes to these hosts, and the others are not asked.
        private func edited(_ node: ControlNode, _ up: [State]) throws {
            #expect(try node.state(of: "host1") == up[0])
            try node.write(fleet(of: 2, containers: "e: {network: green}", checks: Self.checks))
            let limited = try node.play("site", "--limit", "host2")
            #expect(limited.isGood && limited.hosts("changed") == ["host2"], "\(limited.run.text)")
            #expect(limited.recap["host1"] == nil)
            #expect(try node.state(of: "host1") == up[0])
            #expect(try node.state(of: "host2") != up[1])
            let rest = try node.play("site")
            #expect(rest.isGood && rest.hosts("changed") == ["host1"], "\(rest.run.text)")
        }

        /// up.sh takes options; where it is to be confirmed it waits for a file, since there is no terminal.
        private func confirmed(_ node: ControlNode) throws {
            try node.write(
                fleet(
                    of: 2, containers: "e: {network: green}\n      f: {network: green}", checks: Self.checks))
            let place = node.folder.appendingPathComponent("ansible").path
            let script = """
                ansible-playbook -i "$1/inventory.yml" "$1/site.yml" -e "topoc_options='--confirm $2'" &
                [ "$2" -lt 10 ] || for host in host1 host2; do
                    tries=0
                    until ssh "${host}" test -e "/run/topoc/fleet/${host}/watch.log" || [ "${tries}" -ge 100 ]; do
                        tries=$((tries + 1))
                        sleep 0.2
                    done
                    ansible -i "$1/inventory.yml" "${host}" -b -m ansible.builtin.raw \
                        -a 'touch /run/topoc/fleet/{{ inventory_hostname }}/confirmed'
                done
                wait "$!"
                """
            let edited = try node.hosts.map(node.state)
            let unanswered = Play(try node.run("sh", "-c", script, "sh", place, "2"))
            #expect(unanswered.run.status == 2 && unanswered.hosts("failed") == node.hosts, "\(unanswered.run.text)")
            for (host, state) in zip(node.hosts, edited) {
                #expect(try node.state(of: host).difference(from: state) == [], "\(host)")
                _ = try node.bed.run(host, ["rm", "/run/topoc/fleet/\(host)/watch.log"])
            }
            let answered = Play(try node.run("sh", "-c", script, "sh", place, "60"))
            #expect(answered.isGood && answered.hosts("changed") == node.hosts, "\(answered.run.text)")
            #expect(try node.hosts.allSatisfy { try node.bed.run($0, ["ip", "-n", "f", "link"]).status == 0 })
        }

        /// Of one host, then of all; nothing of it is left.
        private func down(_ node: ControlNode, _ bare: [State]) throws {
            let up = try node.state(of: "host1")
            let dry = try node.play("down", "--check")
            #expect(dry.isGood && dry.hosts("changed") == node.hosts, "\(dry.run.text)")
            #expect(try node.state(of: "host1") == up)
            let one = try node.play("down", "--limit", "host2")
            #expect(one.isGood && one.hosts("changed") == ["host2"], "\(one.run.text)")
            #expect(try node.state(of: "host1") == up)
            let all = try node.play("down")
            #expect(all.isGood && all.hosts("changed") == ["host1"], "\(all.run.text)")
            for (host, state) in zip(node.hosts, bare) {
                #expect(try node.state(of: host).difference(from: state) == [], "\(host)")
            }
        }
    }
}
