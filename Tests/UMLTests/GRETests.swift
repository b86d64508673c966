import Foundation
import KernelState
import Testing

/// Ethernet in GRE, which the kernels of many machines lack: by scripts, and by units alone.
extension UserModeLinuxTests {
    /// What runs in each kernel, where the LANs are: what the hosts have, then all their checks, then what `more` says.
    private func words(_ topology: String, _ options: String..., more: String) throws -> [String] {
        let script = """
            sleep 2
            for host in host1 host2; do
                echo "== ${host}"; sh lab.sh exec "${host}" sh -c "$1"
            done
            echo '== test'; sh lab.sh test; status=$?
            \(more)
            exit "${status}"
            """
        return options + ["topologies/\(topology).topo", "--", "lan:internal", "sh", "-c", script, "sh"]
            + [try State.questions()]
    }

    /// The lines between `== NAME` and the next such line.
    private func part(_ name: String, of run: Topoc.Run) -> [String] {
        let lines = run.output.split(separator: "\n").map(String.init).drop { $0 != "== \(name)" }.dropFirst()
        return Array(lines.prefix { !$0.hasPrefix("== ") })
    }

    /// Hosts whose tunnel comes of units have what hosts have on which up.sh has made it, all predictions hold for both,
    /// and a capture shows what an examiner asks for: the container's ping, in Ethernet, in GRE, between the hosts.
    @Test func greComesUpByScriptsAndByUnitsAlone() throws {
        let runs = try topoc.labs([
            words("gre", more: "echo '== capture'; sh lab.sh exec host1 sh lab/host1/capture.sh /tmp"),
            words(
                "gre", "--units",
                more: """
                    echo '== ping'
                    sh lab.sh exec c1 ping -n -i 0.05 -c 4000 -W 1 10.0.0.13 >/tmp/ping.txt 2>&1 & ping=$!
                    sleep 1
                    for host in host1 host2; do
                        sh lab.sh exec "${host}" systemctl restart systemd-networkd; sleep 2
                    done
                    kill -INT "$(pidof ping)"; wait "${ping}"; tail -n 2 /tmp/ping.txt
                    for host in host1 host2; do
                        echo "== log of ${host}"; sh lab.sh exec "${host}" cat /run/systemd-networkd.log
                        sh lab.sh exec "${host}" sh "lab/${host}/down.sh"
                        sh lab.sh exec "${host}" sh "${host}/networkd/install.sh" --uninstall
                        echo "== left on ${host}"; sh lab.sh exec "${host}" ip -br link
                        sh lab.sh exec "${host}" find /etc/systemd/network /var/lib/topoc -type f
                    done
                    """),
        ])
        for run in runs {
            #expect(run.status == 0, "\(run.text)")
            #expect(run.results.count == 39 && run.results.allSatisfy { $0.hasPrefix("ok ") }, "\(run.text)")
        }
        let (scripts, units) = (runs[0], runs[1])
        for host in ["host1", "host2"] {
            let (made, same) = try (State(part(host, of: scripts)), State(part(host, of: units)))
            #expect(made.lines.contains { $0.contains("\"info_kind\":\"gretap\"") }, "\(scripts.text)")
            #expect(same.difference(from: made) == [], "\(host)")
            expectNoComplaints(part("log of \(host)", of: units))
            let left = part("left on \(host)", of: units)
            #expect(left.contains { $0.hasPrefix("eth0") }, "\(units.text)")
            #expect(!left.contains { $0.contains("eltunelgre") || $0.contains("lxdbr0") }, "\(units.text)")
            #expect(!left.contains { $0.hasPrefix("/etc/systemd/network/") }, "\(left)")
        }
        let ping = part("ping", of: units)
        #expect(ping.contains { $0.contains(" packets transmitted") && $0.contains(" 0% packet loss") }, "\(ping)")
        expectTheProof(in: part("capture", of: scripts))
        try expectNothingLeft(runs)
    }

    private func expectNoComplaints(_ log: [String]) {
        #expect(log.contains("eltunelgre: netdev ready"), "\(log)")
        let words = ["ignor", "unknown", "invalid", "fail", "could not", "error", "warn"]
        #expect(log.filter { line in words.contains { line.lowercased().contains($0) } } == [])
    }

    private func expectTheProof(in capture: [String]) {
        let claim = "ok: 10.0.0.11 to 10.0.0.13, in Ethernet, in GRE (0x6558), from 172.16.1.1 to 172.16.1.2"
        let proof = capture.drop { !$0.hasSuffix(claim) }.dropFirst().first ?? ""
        #expect(proof.contains("172.16.1.1 > 172.16.1.2: GREv0"), "\(capture)")
        #expect(proof.contains("10.0.0.11 > 10.0.0.13: ICMP echo request"), "\(capture)")
    }
}
