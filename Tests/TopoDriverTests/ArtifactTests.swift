import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// What single lines of the artifacts are for; `out/` has them too, and does not say.
@Suite struct ArtifactTests {
    /// Two hosts on a LAN, with what the tests ask for.
    private static func files(
        _ topology: String = "", lan: String = "", host1: String = "", host2: String = ""
    ) throws
        -> [String: String]
    {
        let text = """
            topology: net
            title: A title
            runtime: netns
            \(topology)
            lans: {wire: {subnet: 172.16.1.0/24\(lan)}}
            hosts:
              host1:
                nics: {eth0: {lan: wire, address: 172.16.1.1/24}}
            \(host1)
              host2:
                nics: {eth0: {lan: wire, address: 172.16.1.2/24}}
            \(host2)
            """
        let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
        let outcome = try compile(source, templates: builtIn.get())
        let artifacts = try #require(
            outcome.output, "\(render(outcome.diagnostics, of: source, style: .plain))"
        ).artifacts
        return Dictionary(uniqueKeysWithValues: artifacts.map { ($0.path, $0.contents) })
    }

    private static let bridged = """
            bridges: {br0: {address: 10.0.0.1/24}}
            containers: {c1: {bridge: br0, address: 10.0.0.2/24}}
        """

    @Test(arguments: [("brctl", "\nbrctl stp br0 on\n"), ("iproute2", " type bridge stp_state 1")])
    func aBridgeRunsSTPWhereAsked(tools: String, command: String) throws {
        func plain(stp: Bool) throws -> String? {
            try Self.files("bridge-tools: \(tools)", host1: "    bridges: {br0: {stp: \(stp)}}")["host1/plain.sh"]
        }
        #expect(try plain(stp: true)?.contains(command) == true)
        #expect(try plain(stp: false)?.contains(command) == false)
    }

    /// LXD makes its own bridges, and knows nothing of the spanning tree: that is switched on afterwards.
    @Test(arguments: [
        ("brctl", "\nbrctl stp br0 on\n"), ("iproute2", "\nip link set dev br0 type bridge stp_state 1\n"),
    ])
    func aBridgeOfLXDRunsSTPWhereAsked(tools: String, command: String) throws {
        let files = try Self.files(
            "bridge-tools: \(tools)", host1: "    runtime: lxd\n    bridges: {br0: {managed-by: lxd, stp: true}}")
        #expect(files["host1/plain.sh"]?.contains(command) == true)
    }

    /// Each end of a container's link has a MAC of its own, and both have the link's MTU.
    @Test func theEndsOfALinkDifferInTheirMACsAlone() throws {
        let files = try Self.files(host1: Self.bridged.replacing("bridge: br0, ", with: "bridge: br0, mtu: 1400, "))
        let plain = try #require(files["host1/plain.sh"]).replacing(/\ \\\n\ +/, with: " ")
        let link = try #require(
            plain.firstMatch(
                of: /ip link add name veth-c1 address (\S+) mtu (\d+) type veth peer name eth0 address (\S+) mtu (\d+)/)
        )
        #expect(link.1 != link.3)
        #expect(link.2 == "1400" && link.4 == "1400")
    }

    /// Before it changes anything, `up.sh` asks whether the names that it makes are free.
    @Test func theNamesOfLinksMustBeFree() throws {
        let up = try #require(try Self.files(host1: Self.bridged)["host1/up.sh"])
        for name in ["free_link br0", "free_link veth-c1", "free_netns c1"] { #expect(up.contains("\n    \(name)\n")) }
    }

    /// Where nothing else is said, a NIC must have the MTU that everything was reckoned with; else the script sets it.
    @Test(arguments: [(1500, true), (1400, false)])
    func aNICsUsualMTUIsAskedFor(mtu: Int, isAsked: Bool) throws {
        let files = try Self.files(lan: ", mtu: \(mtu)", host1: Self.bridged)
        for name in ["host1/up.sh", "host1/networkd/install.sh"] {
            #expect(try #require(files[name]).contains("\n    need_mtu eth0 1500\n") == isAsked, "\(name)")
        }
    }

    /// How an address came about is said beside what it is for.
    @Test func aDerivedFarEndSaysWhoseItIs() throws {
        let files = try Self.files(
            host1: "    tunnels: {t: {type: gretap, remote: host2}}\n    bridges: {br0: {ports: [t]}}",
            host2: "    tunnels: {t: {type: gretap, remote: 172.16.1.1}}\n    bridges: {br0: {ports: [t]}}")
        #expect(files["host1/up.sh"]?.contains(" to 172.16.1.2, host2's address towards host1.\n") == true)
        #expect(files["host2/up.sh"]?.contains(" to 172.16.1.1.\n") == true)
    }

    /// A host that shall not forward is told so.
    @Test(arguments: [true, false]) func theSettingsFileSaysWhetherItForwards(isForwarding: Bool) throws {
        let files = try Self.files(host1: "    forwarding: \(isForwarding)\n" + Self.bridged)
        let name = "host1/networkd/60-topoc-net.conf"
        #expect(files[name]?.contains("\nnet.ipv4.ip_forward = \(isForwarding ? 1 : 0)\n") == true)
        #expect(files["host1/up.sh"]?.contains("\n# host1 is a router: ") == isForwarding)
    }

    /// The type that the kernel is asked for is that of the tunnel's family.
    @Test(arguments: [("172.16.1", "gretap remote 192.0.2.1"), ("fd00::", "ip6gretap remote 2001:db8::1")])
    func theKernelIsAskedForTheTunnelsType(prefix: String, probe: String) throws {
        let isIPv6 = prefix.hasSuffix(":")
        func host(_ number: Int) -> String {
            let end = isIPv6 ? "\(prefix)\(3 - number)" : "\(prefix).\(3 - number)"
            return """
                    tunnels: {t: {type: gretap, remote: "\(end)"}}
                    bridges: {br0: {ports: [t]}, br1: {address: "fd00::\(number)/64", ports: [eth1]}}
                """
        }
        let text = """
            topology: net
            runtime: netns
            lans: {wire: {subnet: 172.16.1.0/24}, six: {}}
            hosts:
              host1:
                nics: {eth0: {lan: wire, address: 172.16.1.1/24}, eth1: {lan: six}}
            \(host(1))
              host2:
                nics: {eth0: {lan: wire, address: 172.16.1.2/24}, eth1: {lan: six}}
            \(host(2))
            """
        let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
        let files = try #require(try compile(source, templates: builtIn.get()).output).artifacts
        let up = try #require(files.first { $0.path == "host1/up.sh" }).contents
        #expect(up.contains("\n    need_type \(probe) "))
    }

    /// A container that is called as a host is called with its own host's name.
    @Test func aHostsNameIsTheHostsInTheLab() throws {
        let lab = try #require(
            try Self.files(host1: Self.bridged.replacing("c1:", with: "host2:"), host2: "    bridges: {br0: {}}")[
                "lab.sh"])
        #expect(lab.contains("\n    host1/host2) in_host host1 ip netns exec host2 \"$@\" ;;\n"))
        #expect(lab.contains("\n    host2) in_host host2 \"$@\" ;;\n"))
    }

    @Test func whatIsInsideATunnelGoesFromItsOwnEndToTheFarOne() throws {
        func host(_ number: Int) -> String {
            """
                tunnels: {t: {type: gretap, remote: host\(3 - number)}}
                bridges: {br0: {ports: [t]}}
                containers: {c\(number): {bridge: br0, address: 10.0.0.\(number)/24}}
            """.split(separator: "\n").map { "    \($0.drop { $0 == " " })" }.joined(separator: "\n")
        }
        let document = try #require(
            try Self.files(
                "checks: [{encapsulated: {from: c1, to: c2, on: wire, as: gretap}}]", host1: host(1), host2: host(2))[
                    "topology.json"])
        #expect(document.contains(/"source": "172.16.1.1",\n *"destination": "172.16.1.2"/))
    }

    @Test func theDocumentHasTheTitleAndTheFamilies() throws {
        let document = try #require(
            try Self.files(host1: "    forwarding: true\n" + Self.bridged, host2: "    forwarding: true")[
                "topology.json"])
        #expect(document.contains("\"title\": \"A title\""))
        #expect(document.contains("\"ipv4\": true") && !document.contains("\"ipv6\": true"))
    }
}
