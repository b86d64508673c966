import Foundation
import HostBed
import Testing

extension RealLXD {
    /// The hosts' network from units, by install.sh and a real systemd-networkd; the containers, real ones, by up.sh.
    @Suite struct UnitsTests {
        private static let hosts = ["host1", "host2"]

        /// A machine with systemd-networkd, for as long as `commands` run. What it has configured stays when it ends. It has
        /// mounts of its own, since it waits for udev where /sys can be written to.
        private func withNetworkd(_ commands: String) -> String {
            """
            export PATH="/run/bin:${PATH}:/usr/sbin:/sbin"
            [ -d /run/bin ] || {
                for place in /etc/systemd/network /etc/sysctl.d /etc/network /var/lib/topoc; do
                    mkdir -p "${place}" && mount -t tmpfs -o mode=755 tmpfs "${place}"
                done
                mkdir -p /run/bin /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
                chmod 755 /run
                chown -R systemd-network: /run/systemd/netif
                sed "s|exec /lib/systemd/systemd-networkd|exec unshare --mount sh /run/networkd.sh|" "$1" >/run/bin/systemctl
                echo 'mount -o remount,bind,ro /sys; exec /lib/systemd/systemd-networkd' >/run/networkd.sh
                chmod 755 /run/bin/systemctl
            }
            folder=$2
            \(commands)
            status=$?
            systemctl stop systemd-networkd.socket systemd-networkd.service
            exit "${status}"

            """
        }

        @Test func routedWithUnitsAndContainersByUp() throws {
            let bed = try Bed()
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("topoc-units-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            try Scripts(topology: "routed").write(to: folder)
            let systemctl = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("NetworkdTests/systemctl.sh").path
            func run(_ host: String, _ commands: String) throws -> Bed.Run {
                try bed.run(
                    host, ["sh", "-s", "--", systemctl, folder.appendingPathComponent(host).path],
                    input: withNetworkd(commands))
            }
            let before = try UnitsTests.hosts.map { try State(of: $0, in: bed) }
            for host in UnitsTests.hosts {
                let up = try run(
                    host,
                    """
                    sh "${folder}/networkd/install.sh" </dev/null >/run/install.txt 2>&1 || { cat /run/install.txt; exit 1; }
                    sh "${folder}/up.sh" </dev/null
                    """)
                #expect(up.status == 0 && up.output.hasSuffix("\(host): up\n"), "\(up.text)")
                // The host's part is there: what up.sh does is of containers and their links.
                let changes = up.output.split(separator: "\n").filter { $0.hasPrefix("  ") }
                let others = changes.filter { line in
                    ["  ip ", "  brctl ", "  sysctl "].contains { line.hasPrefix($0) } && !line.contains("veth-")
                }
                #expect(!changes.isEmpty && others == [], "\(up.text)")
            }
            for host in UnitsTests.hosts {
                let check = try bed.run(host, ["sh", folder.appendingPathComponent("\(host)/check.sh").path])
                #expect(check.status == 0 && check.output.contains("ok 1 - "), "\(check.text)")
            }
            for host in UnitsTests.hosts {
                let down = try run(
                    host,
                    """
                    sh "${folder}/down.sh" </dev/null && sh "${folder}/networkd/install.sh" --uninstall </dev/null
                    """)
                #expect(down.status == 0 && down.output.hasSuffix("\(host): uninstalled\n"), "\(down.text)")
            }
            for (host, state) in zip(UnitsTests.hosts, before) {
                #expect(try State(of: host, in: bed).difference(from: state) == [], "\(host)")
            }
        }
    }
}
