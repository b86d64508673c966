import Foundation
import KernelState
import Testing

extension NetworkdTests {
    /// `install.sh`, stopped, continues and gives back what was there.
    @Suite struct StopTests {
        /// A host with everything that `install.sh` changes: a NIC with another MAC address and MTU, one that becomes a port, a
        /// bridge, a tunnel, addresses, a route, forwarding.
        private static let topology = """
            topology: steps
            runtime: netns
            lans:
              wire: {subnet: 10.0.0.0/24, mtu: 1400}
              side: {subnet: 10.5.0.0/24, mtu: 1350}
            hosts:
              host1:
                forwarding: true
                nics:
                  eth0: {lan: wire, address: 10.0.0.1/24, mac: "02:00:00:00:aa:01"}
                  eth1: {lan: side}
                tunnels:
                  vx: {type: vxlan, vni: 7, remotes: [host2], dev: eth0}
                bridges:
                  br0: {ports: [eth1, vx], address: 10.5.0.1/24}
                routes:
                  - {to: 10.9.0.0/24, via: host2}
              host2:
                nics:
                  eth0: {lan: wire, address: 10.0.0.2/24}
                tunnels:
                  vx: {type: vxlan, vni: 7, remotes: [host1], dev: eth0}
                bridges:
                  br0: {ports: [vx], address: 10.5.0.2/24}

            """

        /// The words of a test's commands. A look is at all that `install.sh` may change.
        private static let words = """
            bare; systemd host1
            at host1 sh -c 'ip link set dev eth0 mtu 1500; ip link set dev eth0 up; ip link set dev eth1 up'
            sleep 2
            settings='^net\\.ipv[46]\\.conf\\.(all|default|eth0|eth1)\\.'
            look() {
                echo "== $*"; state host1
                at host1 sysctl -a -r "${settings}" 2>/dev/null | grep -v -e stable_secret -e base_reachable | sed 's/^/sysctl\t/'
                at host1 ip -o -6 address show to fe80::/10 | sed 's/^[0-9]*: /link-local\t/; s/scope.*//'
                at host1 sh -c '
                    find /etc/systemd/network /etc/sysctl.d /var/lib/topoc /run/enabled
                    pid=$(cat /run/networkd.pid) && [ -d "/proc/${pid}" ] && echo running' 2>/dev/null | sed 's/^/file\t/'
            }
            expect() {
                wanted=$1; shift
                "$@" >"${folder}/last.txt" 2>&1
                result=$?
                [ "${result}" -eq "${wanted}" ] || {
                    echo "status ${result}, not ${wanted}: $*"; sed 's/^/status: /' "${folder}/last.txt"
                }
            }
            changes() { cat "${folder}/shim/count"; }

            """

        /// The parts of what a run printed, each from `== NAME` on.
        private func parts(of run: Bed.Run) -> [(name: String, lines: [String])] {
            var parts: [(name: String, lines: [String])] = []
            for line in run.lines {
                if line.hasPrefix("== ") {
                    parts.append((String(line.dropFirst(3)), []))
                } else if !parts.isEmpty {
                    parts[parts.count - 1].lines.append(line)
                }
            }
            return parts
        }

        /// Each part is what the first part of the same first word is.
        private func expectSame(_ run: Bed.Run, atLeast count: Int) throws {
            var first: [Substring: State] = [:]
            let parts = parts(of: run)
            #expect(parts.count > count, "\(run.text)")
            for (name, lines) in parts {
                let kind = name.prefix { $0 != "," }
                let state = try State(lines)
                #expect(state.lines.count > 50, "\(name)")
                #expect(lines.filter { $0.hasPrefix("status") } == [], "\(name): \(lines.suffix(40))")
                guard let former = first.updateValue(first[kind] ?? state, forKey: kind) else { continue }
                #expect(state.difference(from: former) == [], "\(name)")
            }
        }

        /// As on a server, where systemd-networkd runs already. Each run comes one change further than the one before, and
        /// is killed with the next one's undo written down.
        @Test func stoppedAfterEachChangeItGoesOn() throws {
            let run = try Bed(text: Self.topology).run(
                Self.words + """
                    # one_by_one [OPTION]: until all of it is done
                    one_by_one() {
                        runs=1
                        until stopped host1 before 2 "$@" >"${folder}/last.txt" 2>&1; do
                            runs=$((runs + 1))
                            [ "${runs}" -lt 60 ] || break
                        done
                        expect 0 install_units host1 "$@"
                        [ "${runs}" -ge "${wanted_runs}" ] || echo "status: only ${runs} runs $*"
                    }
                    at host1 sh -c 'for verb in "enable --quiet" restart; do /run/bin/systemctl ${verb} systemd-networkd.service; done'
                    sleep 1; look before
                    expect 0 stopped host1 after 0; there=$(changes); sleep 1; look complete
                    expect 0 stopped host1 after 0 --uninstall; back=$(changes); look before, after all of it
                    wanted_runs=${there}; one_by_one; sleep 1; look complete, killed after each change
                    wanted_runs=${back}; one_by_one --uninstall; look before, killed after each change
                    expect 0 install_units host1
                    number=1
                    while [ "${number}" -lt "${back}" ]; do
                        # what has failed is tried again by the next
                        expect 1 stopped host1 fail "${number}" --uninstall
                        number=$((number + 4))
                        expect 0 install_units host1
                    done
                    expect 0 install_units host1 --uninstall; look before, changes failed
                    """, seconds: 200)
            try expectSame(run, atLeast: 5)
        }

        /// As on a desktop, where something else configures the network. It is stopped at one change of each form, as
        /// `LabTests/forms.sh` finds them, and at the first and the last.
        @Test func stoppedAtEachFormItIsCleared() throws {
            let run = try Bed(text: Self.topology).run(
                Self.words + """
                    look before
                    expect 0 stopped host1 after 0; steps=$(steps)
                    [ "$(echo "${steps}" | wc -l)" -eq 6 ] || sed 's/^/status: another number of forms: /' "${folder}/forms.txt"
                    expect 0 install_units host1 --uninstall; look before, after all of it
                    for number in ${steps}; do
                        expect 137 stopped host1 after "${number}"
                        expect 0 install_units host1 --uninstall
                        look "before, uninstalled after it was killed after change ${number}"
                        expect 1 stopped host1 fail "${number}"
                        look "before, after change ${number} failed"
                    done
                    """, seconds: 200)
            try expectSame(run, atLeast: 2 + 2 * 6 - 1)
        }
    }
}
