import Foundation
import KernelState
import Testing

extension NetworkdTests {
    /// `install.sh` puts the units in place, and takes all of it away again.
    @Suite struct InstallTests {
        private func part(_ name: String, of run: Bed.Run) -> [String] {
            let lines = run.lines.drop { $0 != "== \(name)" }.dropFirst()
            return Array(lines.prefix { !$0.hasPrefix("== ") })
        }

        /// What is on a host that `install.sh` may change.
        private static let look = """
            look() { state host1; at host1 sh -c 'find /etc/systemd/network /etc/sysctl.d /var/lib/topoc /run/enabled' 2>/dev/null; }

            """

        private func expectSame(_ first: String, _ second: String, of run: Bed.Run) throws {
            let (first, second) = (part(first, of: run), part(second, of: run))
            #expect(try State(second).difference(from: State(first)) == [], "\(run.text)")
            #expect(second.filter { $0.hasPrefix("/") } == first.filter { $0.hasPrefix("/") })
            // The switch that State leaves out, since systemd-networkd sets it while it has the interface.
            func modes(_ lines: [String]) -> [Substring] {
                lines.flatMap { $0.split(separator: ",").filter { $0.hasPrefix("\"inet6_addr_gen_mode\"") } }
            }
            #expect(!modes(first).isEmpty && modes(first) == modes(second))
        }

        /// A bridge that has containers alone for ports, and a NIC without a cable: neither has a carrier when the units are read.
        @Test func addressesOfIPv6NeedNoCarrierToBeInstalled() throws {
            let bed = try Bed(
                text: """
                    topology: net
                    runtime: netns
                    hosts:
                      host1:
                        forwarding: true
                        nics: {eth0: {addresses: [10.9.0.1/24, "fd09::1/64"]}}
                        bridges: {br0: {addresses: [10.1.0.1/24, "fd01::1/64"]}}
                        containers:
                          c1: {bridge: br0, addresses: [10.1.0.11/24, "fd01::11/64"]}
                          c2: {bridge: br0, addresses: [10.1.0.12/24, "fd01::12/64"]}

                    """)
            let run = try bed.run(
                "bare; systemd host1; must install_units host1; up >/dev/null; echo '== test'; lab test; complaints")
            let results = part("test", of: run).filter { $0.contains("ok ") }
            #expect(results.count == 12 && results.allSatisfy { $0.hasPrefix("ok ") }, "\(run.text)")
            #expect(run.text.contains("eth0 has no carrier"))
        }

        @Test(arguments: ["routed", "vxlan"])
        func installedItHoldsAndUninstalledNothingIsLeft(topology: String) throws {
            let bed = try Bed(topology)
            let run = try bed.run(
                Self.look + """
                    bare; for host in ${hosts}; do systemd ${host}; done
                    echo '== before'; look
                    for host in ${hosts}; do must install_units ${host} >/dev/null; done
                    echo '== again'; install_units host1
                    up >/dev/null; echo '== test'; lab test; echo '== down'
                    for host in ${hosts}; do must at ${host} sh "${folder}/${host}/down.sh" >/dev/null; done
                    echo '== uninstall'; install_units host1 --uninstall
                    echo '== after'; look
                    echo '== twice'; install_units host1 --uninstall
                    """)
            #expect(
                part("again", of: run) == ["  nothing to do: all of it is there", "host1: installed"], "\(run.text)")
            let results = part("test", of: run).filter { $0.contains("ok ") }
            #expect(results.count > 30 && results.allSatisfy { $0.hasPrefix("ok ") }, "\(run.text)")
            #expect(part("uninstall", of: run).last == "host1: uninstalled")
            #expect(part("twice", of: run) == ["host1: nothing to uninstall"])
            try expectSame("before", "after", of: run)
        }

        /// Another file for the NIC, wherever it is and whatever reads it, and what it is called.
        @Test func aFileOfAnotherOriginIsNamedAndNothingChanged() throws {
            let bed = try Bed("bridged")
            let files = [
                ("/etc/systemd/network/20-wired.network", "[Match]\\nName=en* eth*\\n[Network]\\nDHCP=yes"),
                ("/run/systemd/network/10-netplan-eth0.network", "[Match]\\nName=eth0"),
                ("/etc/systemd/network/10-br.netdev", "[NetDev]\\nName=lxdbr0\\nKind=bridge"),
                ("/etc/network/interfaces.d/lan", "auto eth0\\niface eth0 inet dhcp"),
            ]
            var commands = "bare; systemd host1; echo '== before'; look\n"
            for (file, text) in files {
                commands += """
                    echo '== \(file)'
                    at host1 sh -c 'mkdir -p "${1%/*}"; printf "$2\\n" >"$1"' sh '\(file)' '\(text)'
                    install_units host1; echo "status $?"; at host1 rm '\(file)'

                    """
            }
            let run = try bed.run(Self.look + commands + "echo '== after'; look")
            for (file, _) in files {
                let lines = part(file, of: run)
                #expect(lines.contains { $0.contains(file) && $0.hasPrefix("install.sh: ") }, "\(run.text)")
                #expect(lines.suffix(2) == ["install.sh: nothing was changed", "status 3"], "\(run.text)")
            }
            try expectSame("before", "after", of: run)
        }

        @Test func theWayToTheHostIsChangedOnlyWithAnAnswer() throws {
            let bed = try Bed("bridged")
            let run = try bed.run(
                Self.look + """
                    bare; systemd host1; at host1 ip link set dev eth0 up; at host1 ip route add default dev eth0
                    sleep 2
                    echo '== before'; look
                    echo '== unasked'; install_units host1; echo "status $?"
                    echo '== unanswered'; install_units host1 --confirm 2 2>&1; echo "status $?"
                    sleep 1; echo '== after'; look
                    """)
            #expect(
                part("unasked", of: run).contains { $0.contains("\"eth0\" carries the default route") }, "\(run.text)")
            #expect(part("unasked", of: run).last == "status 3")
            #expect(part("unanswered", of: run).last == "status 1", "\(run.text)")
            #expect(part("unanswered", of: run).contains { $0.contains("Is this host still reached?") })
            let files = part("after", of: run).filter { $0.hasPrefix("/") }
            #expect(files == part("before", of: run).filter { $0.hasPrefix("/") })
            #expect(!part("after", of: run).contains { $0.contains("lxdbr0") }, "\(run.text)")
        }

        /// A later build: a tunnel is gone, another has other settings, which systemd-networkd alone would leave.
        @Test func anotherBuildTakesThePlaceOfTheFirst() throws {
            let bed = try Bed("vxlan")
            let run = try bed.run(
                """
                bare; systemd host1; must install_units host1 >/dev/null
                cd "${folder}/host1/networkd" || exit 1
                sed -i 's/^VNI=42/VNI=43/' 05-topoc-vxlan0.netdev
                must install_units host1 >/dev/null; at host1 ip -d link show dev vxlan0
                rm 05-topoc-vxlan0.*; sed -i '/^VXLAN=/d' 05-topoc-eth0.network
                sed -i '/^    place_unit 05-topoc-vxlan0/d; s/ 05-topoc-vxlan0[^ ]*//g; s/^await_links .*/await_links eth0/' install.sh
                must install_units host1; at host1 ip link show dev vxlan0; echo "status $?"
                must install_units host1 --uninstall >/dev/null; at host1 find /etc/systemd/network -type f
                """)
            #expect(run.text.contains("vxlan id 43 "), "\(run.text)")
            #expect(run.text.contains("  rm /etc/systemd/network/05-topoc-vxlan0.netdev\n"), "\(run.text)")
            #expect(run.lines.last == "status 1", "\(run.text)")
        }

        /// The service of NAT makes its table at boot, again after nftables' own has flushed it, and takes it away; so does a build
        /// that has none.
        @Test func aServiceMakesTheTableOfNATAndTakesItAway() throws {
            let bed = try Bed(
                text: """
                    topology: net
                    runtime: netns
                    lans: {wire: {subnet: 192.0.2.0/24, gateway: 192.0.2.1}}
                    hosts:
                      host1:
                        forwarding: true
                        gateway: 192.0.2.1
                        nics: {eth0: {lan: wire, address: 192.0.2.10/24}}
                        bridges: {br0: {address: 10.1.0.1/24}}
                        nat: [{out: eth0, from: 10.1.0.0/24}]
                        containers: {c1: {bridge: br0, address: 10.1.0.11/24}}
                    checks: [{ping: [c1, 198.51.100.7]}]

                    """)
            let run = try bed.run(
                """
                bare; systemd host1
                look() { at host1 sh -c 'nft list tables inet; cd /etc/systemd && find system network -name "*nat*" | sort'; }
                must install_units host1 >/dev/null; echo '== made'; look
                echo '== again'; install_units host1
                echo '== up'; up | grep nft; lab test | grep passes
                at host1 nft flush ruleset; at host1 /run/bin/systemctl restart topoc-net-nat.service; echo '== flushed'; look
                must at host1 sh "${folder}/host1/down.sh" >/dev/null; echo '== down'; look
                sed -i "s/^    drop_nat .*/    drop_nat ''/; /^    place_nat /d" "${folder}/host1/networkd/install.sh"
                must install_units host1 >/dev/null; echo '== dropped'; look
                must install_units host1 --uninstall >/dev/null; echo '== uninstalled'; look; echo '== end'
                """)
            let there = [
                "table inet topoc-net", "network/topoc-net-nat.nft", "system/topoc-net-nat.service",
            ]
            for name in ["made", "flushed", "down"] { #expect(part(name, of: run) == there, "\(name): \(run.text)") }
            #expect(
                part("again", of: run) == ["  nothing to do: all of it is there", "host1: installed"], "\(run.text)")
            // up.sh finds the table, and makes none.
            let passes = part("up", of: run)
            #expect(
                passes.count == 1 && passes[0].hasPrefix("ok ")
                    && passes[0].contains("from 192.0.2.10, not from 10.1.0.11"), "\(run.text)")
            for name in ["dropped", "uninstalled"] { #expect(part(name, of: run) == [], "\(name): \(run.text)") }
        }

        /// The service of announced addresses makes their entries, which `up.sh` finds; what comes from the LAN is answered, and
        /// all of it goes.
        @Test func aServiceAnnouncesAddresses() throws {
            let bed = try Bed(
                text: """
                    topology: net
                    runtime: netns
                    lans: {wire: {subnet: [192.0.2.0/24, "2001:db8::/64"], gateway: [192.0.2.1, "2001:db8::1"]}}
                    hosts:
                      host1:
                        forwarding: true
                        gateway: [192.0.2.1, "2001:db8::1"]
                        nics: {eth0: {lan: wire, addresses: [192.0.2.10/24, "2001:db8::10/64"]}}
                        containers:
                          c1:
                            p2p: [{container: 192.0.2.20/32, announce: eth0}, {container: "2001:db8::20/128", announce: eth0}]
                    checks: [{ping: [198.51.100.7, c1]}, {ping: ["2001:db8:ffff::7", c1]}]

                    """)
            let run = try bed.run(
                """
                bare; systemd host1
                look() {
                    at host1 ip neighbour show proxy | sed 's/ *$//'
                    at host1 sh -c 'cat /proc/sys/net/ipv6/conf/all/proxy_ndp; find /etc/systemd/system -name "*announce*"'
                }
                must install_units host1 >/dev/null; echo '== made'; look
                echo '== again'; install_units host1
                echo '== up'; up | grep neighbour; lab test | grep 'c1 ('
                must at host1 sh "${folder}/host1/down.sh" >/dev/null; echo '== down'; look
                must install_units host1 --uninstall >/dev/null; echo '== uninstalled'; look; echo '== end'
                """)
            let there = [
                "192.0.2.20 dev eth0 proxy", "2001:db8::20 dev eth0 proxy", "1",
                "/etc/systemd/system/topoc-net-announce.service",
            ]
            for name in ["made", "down"] { #expect(part(name, of: run) == there, "\(name): \(run.text)") }
            #expect(
                part("again", of: run) == ["  nothing to do: all of it is there", "host1: installed"], "\(run.text)")
            let passes = part("up", of: run)
            #expect(passes.count >= 2 && passes.allSatisfy { $0.hasPrefix("ok ") }, "\(run.text)")
            #expect(part("uninstalled", of: run) == ["0"], "\(run.text)")
        }

        @Test func aHostThatUpHasMadeIsLeftToIt() throws {
            let bed = try Bed("routed")
            let run = try bed.run(
                "bare; systemd host1; must at host1 sh \"${folder}/host1/up.sh\" >/dev/null; install_units host1")
            #expect(run.status == 3, "\(run.text)")
            #expect(run.text.contains("take it down with down.sh"), "\(run.text)")
        }
    }
}
