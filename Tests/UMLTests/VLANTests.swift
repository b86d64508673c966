import Foundation
import KernelState
import Testing

/// VLANs, which the kernels of many machines lack: by scripts, by units alone, in a tunnel, and after an edit.
extension UserModeLinuxTests {
    private static let fixture = "Tests/Fixtures/Networks/vlans-over-vxlan.topo"

    /// Hosts whose VLANs come of units have what hosts have on which up.sh has made it, and so have those that have netplan; all
    /// predictions hold.
    @Test func vlansComeUpByScriptsAndByUnitsAlone() throws {
        let script = """
            looked() {
                sleep 2
                for host in host1 host2; do
                    echo "== ${host}$2"; sh lab.sh exec "${host}" sh -c "$1"
                    echo "== vlans of ${host}$2"; sh lab.sh exec "${host}" bridge vlan show
                done
            }
            looked "$1"; echo '== test'; sh lab.sh test
            [ "$2" = --units ] || exit 0
            for host in host1 host2; do
                sh lab.sh exec "${host}" sh -c "$3" sh "${PWD}/${host}" || exit 1
            done
            looked "$1" ' with netplan'
            """
        // netplan(8) at a boot: its units take the place of topoc's, with the drop-ins and settings beside its file.
        let netplan = """
            cd "$1" && sh down.sh >/dev/null && sh networkd/install.sh --uninstall >/dev/null || exit 1
            mount -t tmpfs -o mode=755 tmpfs /etc/netplan && cp netplan/05-topoc.yaml /etc/netplan || exit 1
            chmod 600 /etc/netplan/05-topoc.yaml
            mkdir -p /run/root/etc /run/systemd/network && cp -R /etc/netplan /run/root/etc || exit 1
            /usr/libexec/netplan/generate --root-dir /run/root && cp /run/root/run/systemd/network/* /run/systemd/network || exit 1
            for folder in netplan/*.d; do
                [ ! -d "${folder}" ] || cp -R "${folder}" /etc/systemd/network || exit 1
                # What it belongs to is there.
                [ -e "/run/systemd/network/$(basename "${folder}" .d)" ] || exit 1
            done
            for file in networkd/60-*; do [ ! -e "${file}" ] || sysctl -q -p "${file}"; done
            chmod -R go+rX /etc/systemd/network /run/systemd/network
            systemctl restart systemd-networkd && sleep 2 && sh up.sh
            """
        let words = ["topologies/vlans.topo", "--", "lan:trunk", "sh", "-c", script, "sh", try State.questions()]
        let runs = try topoc.labs([words + ["", ""], ["--units"] + words + ["--units", netplan]])
        for run in runs {
            #expect(run.status == 0, "\(run.text)")
            #expect(run.results.count > 60 && run.results.allSatisfy { $0.hasPrefix("ok ") }, "\(run.text)")
        }
        for host in ["host1", "host2"] {
            let made = try State(part(host, of: runs[0]))
            #expect(made.lines.contains { $0.contains("\"vlan_filtering\":1") }, "\(runs[0].text)")
            // The lab's NICs have another MAC each time; eth0 has left its own to the bridge.
            let difference = try State(part(host, of: runs[1])).difference(from: made).filter {
                !$0.contains("\"ifname\":\"eth1\"")
            }
            #expect(difference.isEmpty, "\(host): \(difference)")
            // netplan gives addresses a broadcast address, and routes systemd-networkd's protocol.
            let others = try State(part("\(host) with netplan", of: runs[1])).difference(from: made).filter {
                !$0.contains("\"ifname\":\"eth1\"") && !$0.contains(" ip -j address ")
                    && !$0.contains(" route show ")
            }
            #expect(others.isEmpty, "\(host) with netplan: \(others)")
            let vlans = part("vlans of \(host)", of: runs[0])
            #expect(vlans.contains { $0.contains("PVID Egress Untagged") }, "\(vlans)")
            #expect(!vlans.contains { $0.contains(" 1 PVID") }, "\(vlans)")
            for way in ["", " with netplan"] {
                #expect(part("vlans of \(host)\(way)", of: runs[1]) == vlans, "\(way)")
            }
        }
        try expectNothingLeft(runs)
    }

    /// Three VLANs with tags and one without in one VXLAN, two with the same subnet and the same addresses; and an edit over a
    /// running lab: one VLAN in the place of another, and back.
    @Test func vlansInATunnelAndAnEdit() throws {
        let file = Topoc.root + "/topologies/vlans.topo"
        let edited = try String(contentsOfFile: file, encoding: .utf8).replacing("20", with: "30")
        let folder = try topoc.folder("edited", with: "vlans.topo", edited)
        let build = try topoc.start(["build", "-q", folder + "/vlans.topo", "-o", folder + "/out"]).end()
        try #require(build.status == 0, "\(build.text)")
        let next = try packed(folder + "/out/vlans/host1/up.sh")
        let script = """
            echo "$1" | base64 -d | gunzip >/tmp/next.sh
            show() { echo "== $1"; ip -br link | cut -d ' ' -f 1; bridge vlan show; }
            show before
            sh /tmp/next.sh || exit
            show edited
            sh /tmp/next.sh
            sh host1/up.sh || exit
            show back
            """
        let runs = try topoc.labs([
            [Self.fixture], ["topologies/vlans.topo", "--", "host1", "sh", "-c", script, "sh", next],
        ])
        for run in runs { #expect(run.status == 0, "\(run.text)") }
        #expect(runs[0].results.count > 20 && runs[0].results.allSatisfy { $0.hasPrefix("ok ") }, "\(runs[0].text)")
        #expect(runs[0].results.contains { $0.contains("in Ethernet with the tag of VLAN 10, in VXLAN 7") })
        #expect(runs[0].results.contains { $0.contains(": 1446 bytes pass in one piece") })
        let (before, after) = (part("before", of: runs[1]), part("edited", of: runs[1]))
        #expect(before.contains("br0.20@br0") && !before.contains("br0.30@br0"), "\(runs[1].text)")
        #expect(after.contains("br0.30@br0") && !after.contains("br0.20@br0"), "\(runs[1].text)")
        #expect(!after.contains { $0.split(separator: " ").contains("20") }, "\(after)")
        #expect(after.filter { $0.split(separator: " ").contains("30") }.count == 3, "\(after)")
        #expect(runs[1].output.contains("  nothing to do: all of it is there\n"), "\(runs[1].text)")
        #expect(Set(part("back", of: runs[1])) == Set(before), "\(runs[1].text)")
        try expectNothingLeft(runs)
    }

    /// The lines between `== NAME` and the next such line, or the next script's.
    private func part(_ name: String, of run: Topoc.Run) -> [String] {
        let lines = run.output.split(separator: "\n").map(String.init).drop { $0 != "== \(name)" }.dropFirst()
        // What a script prints has two blanks before it; a table has more.
        return Array(
            lines.prefix { line in
                let isCommand = line.hasPrefix("  ") && !line.hasPrefix("   ")
                return !line.hasPrefix("== ") && !line.hasPrefix("host1: ") && !isCommand
            })
    }

    /// A file in one word that is short enough for a command line.
    private func packed(_ path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "gzip -9 <\"$1\" | base64 -w 0", "sh", path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
