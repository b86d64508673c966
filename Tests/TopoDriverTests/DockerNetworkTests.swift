import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoModel
import TopoTemplates

/// `docker: native`: what a Docker network cannot express, and the commands where it can.
@Suite struct DockerNetworkTests {
    private static func topology(_ containers: [String], bridge: String = "{address: 10.1.0.1/24}") -> SourceFile {
        let head = """
            topology: t
            runtime: docker
            docker: native
            image: alpine
            hosts:
              host1:
                forwarding: true
                bridges: {br0: \(bridge), bridge: {address: 10.3.0.1/24}}
                containers:
            """
        let text = ([head] + containers.map { "      \($0)" }).joined(separator: "\n") + "\n"
        return SourceFile(path: "t.topo", bytes: Array(text.utf8))
    }

    private static func script(_ source: SourceFile) throws -> String {
        let outcome = try compile(source, only: ["shell"], templates: builtIn.get())
        let compilation = try #require(outcome.output, "\(outcome.diagnostics.map(\.message))")
        return try #require(compilation.artifacts.first { $0.path == "host1/up.sh" }).contents
    }

    @Test(arguments: [
        ("c1: {p2p: 10.2.0.0/30}", "c1", "a point-to-point link"),
        ("c1: {bridge: br0, addresses: [10.1.0.12/24, 10.1.0.13/24]}", "10.1.0.13/24", "two addresses"),
        ("c1: {bridge: br0, addresses: [10.1.0.12/24, \"fd00::1/64\"]}", "\"fd00::1/64\"", "an IPv6 address"),
        ("c1: {bridge: br0, address: 10.1.0.12/24, mtu: 1400}", "1400", "an MTU of its own"),
        (
            "c1: {bridge: br0, address: 10.1.0.12/24, routes: [{to: 10.9.0.0/16, via: 10.1.0.1}]}", "10.9.0.0/16",
            "a route besides its gateway"
        ),
        ("c1: {bridge: bridge, address: 10.3.0.16/24}", "bridge", "a bridge called \"bridge\""),
        (
            "c1: {interfaces: {eth0: {bridge: br0, address: 10.1.0.9/24}, eth1: {bridge: bridge, address: 10.3.0.9/24}}}",
            "eth1", "several interfaces"
        ),
        ("c1: {interfaces: {eth7: {bridge: br0, address: 10.1.0.9/24}}}", "eth7", "an interface \"eth7\""),
        ("c1: {bridge: br0}", "c1", "no address"),
    ])
    func whatNoNetworkCanExpressIsToldAtItsPlace(container: String, place: String, what: String) {
        let source = Self.topology([container])
        let found = examine(source).diagnostics.filter { $0.code == .notInDocker }
        #expect(found.map(\.message) == ["container \"c1\" has \(what), which no Docker network can express"])
        #expect(found.map { source.text(of: $0.primary.span) } == [place])
        let byHand = String(decoding: source.bytes, as: UTF8.self).replacing("docker: native", with: "docker: by-hand")
        let other = SourceFile(path: "t.topo", bytes: Array(byHand.utf8))
        #expect(!examine(other).diagnostics.contains { $0.code == .notInDocker })
    }

    @Test func aFullSubnetLeavesNothingForAGateway() {
        let full = ["c1: {bridge: br0, address: 10.1.0.1/30}", "c2: {bridge: br0, address: 10.1.0.2/30}"]
        let found = examine(Self.topology(full, bridge: "{}")).diagnostics.filter { $0.code == .notInDocker }
        #expect(
            found.map(\.message)
                == ["Docker keeps an address of 10.1.0.0/30 for a gateway, and all of them are taken"])
    }

    @Test func theBridgesAddressIsTheGatewayAndStaysTheBridges() throws {
        let script = try Self.script(
            Self.topology(["c1: {bridge: br0, address: 10.1.0.12/24}", "c2: {bridge: br0, address: 10.1.0.13/24}"]))
        #expect(script.components(separatedBy: "\ndocker network create").count == 2)
        #expect(script.contains("--subnet 10.1.0.0/24 --gateway 10.1.0.1 \\\n"))
        #expect(script.contains("--opt=com.docker.network.bridge.inhibit_ipv4=true"))
        #expect(script.contains("\nip address add 10.1.0.1/24 dev br0\n"))
        #expect(!script.contains("--internal") && !script.contains("\nnsenter "))
        #expect(script.contains("    pass_dockers topoc-t ipv4 br0 bridge\n"))
    }

    private static func macvlan(
        bridge: String, _ rest: String = "c1: {bridge: br0, address: 10.0.0.11/24}"
    ) -> SourceFile {
        let text = """
            topology: t
            runtime: docker
            docker: macvlan
            image: alpine
            lans: {internal: {subnet: 10.0.0.0/24}}
            hosts:
              host1:
                forwarding: true
                nics: {eth0: {lan: internal}, eth1: {lan: internal}}
                bridges: {br0: \(bridge)}
                containers:
                  \(rest)
              host2:
                nics: {eth0: {lan: internal, address: 10.0.0.2/24}}
            checks:
              - {ping: [c1, host2]}
            """
        return SourceFile(path: "t.topo", bytes: Array(text.utf8))
    }

    @Test(arguments: [
        ("{}", "macvlan interfaces are one NIC's or VLAN interface's, and bridge \"br0\" has not one as its only port"),
        ("{ports: [eth0], stp: true}", "bridge \"br0\" is not made: its containers are macvlan interfaces of its NIC"),
        (
            "{ports: [eth0], mac: 02:00:00:00:00:01}",
            "bridge \"br0\" is not made: its containers are macvlan interfaces of its NIC"
        ),
        (
            "{ports: [eth0], managed-by: existing}",
            "bridge \"br0\" is not made: its containers are macvlan interfaces of its NIC"
        ),
        (
            "{ports: [eth0], address: 10.0.0.1/24}",
            "the gateway of \"c1\" is its own host, which it cannot reach over macvlan"
        ),
    ])
    func whatMacvlanCannotTakeThePlaceOfIsTold(bridge: String, message: String) {
        let found = examine(Self.macvlan(bridge: bridge)).diagnostics
        #expect(found.filter { $0.code == .notInDocker }.map(\.message) == [message])
    }

    @Test func whatIsOnTheBridgeBesideMacvlanIsTold() {
        let both = """
            c1: {bridge: br0, address: 10.0.0.11/24}
                  c2: {bridge: br0, address: 10.0.0.12/24, runtime: netns}
            """
        let found = examine(Self.macvlan(bridge: "{ports: [eth0]}", both)).diagnostics
        #expect(
            found.filter { $0.code == .notInDocker }.map(\.message)
                == ["container \"c2\" is not a macvlan interface, but \"c1\" on its bridge is one"])
    }

    /// A VLAN interface in the place of the NIC: it is made on the host, is no port there, and has the bridge's addresses.
    @Test func macvlanIsOfAVLANInterface() throws {
        let text = """
            topology: t
            runtime: docker
            docker: macvlan
            image: alpine
            lans: {trunk: {}}
            hosts:
              host1:
                nics: {eth0: {lan: trunk}}
                vlans: {eth0.10: {link: eth0}}
                bridges: {br0: {ports: [eth0.10], address: 10.0.0.1/24}}
                containers: {c1: {bridge: br0, address: 10.0.0.11/24, gateway: none}}
              host2:
                nics: {eth0: {lan: trunk}}
                vlans: {eth0.10: {link: eth0, address: 10.0.0.2/24}}
            checks:
              - {ping: [c1, host2]}
            """
        let source = SourceFile(path: "t.topo", bytes: Array(text.utf8))
        #expect(examine(source).diagnostics.map(\.code) == [.hostApart])
        let output = try #require(try compile(source, only: ["shell", "networkd"], templates: builtIn.get()).output)
        func contents(_ path: String) throws -> String {
            try #require(output.artifacts.first { $0.path == path }, "\(path)").contents
        }
        let plain = try contents("host1/plain.sh")
        #expect(plain.contains("--opt=parent=eth0.10 ") && !plain.contains("br0 up"))
        #expect(plain.contains("ip link add link eth0 name eth0.10 type vlan id 10\n"))
        #expect(plain.contains("ip address add 10.0.0.1/24 dev eth0.10\n") && !plain.contains("master"))
        #expect(try contents("lab/host1/plain.sh").contains("link eth0.10 name eth0 "))
        let unit = try contents("host1/networkd/05-topoc-eth0.10.network")
        #expect(unit.contains("Address=10.0.0.1/24") && !unit.contains("Bridge="))
    }

    @Test func macvlanIsOfTheNICAndThereIsNoBridge() throws {
        let source = Self.macvlan(
            bridge: "{ports: [eth0], address: 10.0.0.1/24}",
            "c1: {bridge: br0, address: 10.0.0.11/24, gateway: none}")
        #expect(examine(source).diagnostics.map(\.code) == [.hostApart])
        let script = try Self.script(source)
        #expect(
            script.contains(
                "\ndocker network create --driver macvlan --subnet 10.0.0.0/24 --gateway 10.0.0.254 --internal"))
        #expect(script.contains("--opt=parent=eth0 "))
        #expect(script.contains("ip address add 10.0.0.1/24 dev eth0\n") && !script.contains("\n    pass_within "))
        // Other words of up.sh may undo what another build made.
        let lab = try #require(try compile(source, only: ["shell"], templates: builtIn.get()).output)
        let plain = try #require(lab.artifacts.first { $0.path == "host1/plain.sh" }).contents
        #expect(plain.contains("ip address add 10.0.0.1/24 dev eth0\n") && !plain.contains("brctl"))
        let labScript = try #require(lab.artifacts.first { $0.path == "lab/host1/plain.sh" }).contents
        #expect(labScript.contains("netns c1 type macvlan mode bridge\n"))
        let other = try #require(try compile(source, runtime: .lxd, only: ["shell"], templates: builtIn.get()).output)
        for path in ["host1/up.sh", "lab/host1/up.sh"] {
            let script = try #require(other.artifacts.first { $0.path == path }).contents
            #expect(
                script.contains("brctl addif br0 eth0\n") && !script.contains("type macvlan mode bridge\n")
                    && !script.contains("--driver macvlan"))
        }
    }

    /// A check that macvlan makes impossible is told as such; its opposite says that it is meant, and is asserted.
    @Test(arguments: [("c1", "host1"), ("host1", "c1")]) func theHostIsPredictedToBeApart(from: String, to: String) {
        let right = Self.macvlan(
            bridge: "{ports: [eth0], address: 10.0.0.1/24}", "c1: {bridge: br0, address: 10.0.0.11/24, gateway: none}")
        for (check, codes) in [("ping", [DiagnosticCode.hostApart, .checkCannotHold]), ("no-ping", [])] {
            let text = String(decoding: right.bytes, as: UTF8.self) + "\n  - {\(check): [\(from), \(to)]}\n"
            #expect(examine(SourceFile(path: "t.topo", bytes: Array(text.utf8))).diagnostics.map(\.code) == codes)
        }
    }

    @Test func withoutAGatewayTheNetworkIsInternal() throws {
        let script = try Self.script(
            Self.topology(
                ["c1: {bridge: br0, address: 10.1.0.254/24}", "c2: {bridge: br0, address: 10.1.0.9/24}"], bridge: "{}"))
        #expect(script.contains("--subnet 10.1.0.0/24 --gateway 10.1.0.253 --internal \\\n"))
        #expect(!script.contains("gateway_mode_ipv4"))
    }

    @Test func theRunbookAndTheFigureShowWhatDockerMakes() throws {
        let text = """
            topology: t
            runtime: docker
            docker: native
            image: alpine
            lans: {internal: {subnet: 10.0.0.0/24}}
            hosts:
              host1:
                nics: {eth0: {lan: internal}}
                bridges: {br0: {ports: [eth0]}}
                containers: {c1: {bridge: br0, address: 10.0.0.11/24}}
              host2:
                docker: macvlan
                nics: {eth0: {lan: internal}}
                bridges: {br0: {ports: [eth0], address: 10.0.0.2/24}}
                containers: {c2: {bridge: br0, address: 10.0.0.12/24}}
            """
        let outcome = try compile(SourceFile(path: "t.topo", bytes: Array(text.utf8)), templates: builtIn.get())
        let files = try #require(outcome.output).artifacts
        let runbook = try #require(files.first { $0.path == "RUNBOOK.md" }).contents
        for line in [
            "| container `c1` | `eth0` 10.0.0.11/24, in bridge `br0` by Docker's network of that name, under a name in the host that Docker chooses |",
            "| NIC `eth0` | plugged to LAN `internal`, with macvlan interfaces in place of bridge `br0` |",
            "| bridge `br0` | not made: containers are macvlan interfaces of `eth0`, 10.0.0.2/24 on `eth0` |",
            "| container `c2` | `eth0` 10.0.0.12/24, a macvlan interface of `eth0`, by Docker's network `br0` |",
        ] { #expect(runbook.contains(line), "\(line)\n\(runbook)") }
        let figure = try #require(files.first { $0.path == "l2.dot" }).contents
        #expect(figure.contains("macvlan <B>br0</B>") && figure.contains("bridge <B>br0</B>"))
        #expect(!figure.contains(">veth-c1<") && !figure.contains(">veth-c2<"))
    }
}
