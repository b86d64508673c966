import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
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
        let outcome = try compile(source, only: ["shell"], templates: Templates())
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
            "a route beside its gateway"
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
        #expect(script.components(separatedBy: "run docker network create").count == 2)
        #expect(script.contains("--subnet 10.1.0.0/24 --gateway 10.1.0.1 \\\n"))
        #expect(script.contains("--opt=com.docker.network.bridge.inhibit_ipv4=true"))
        #expect(script.contains("run ip address add 10.1.0.1/24 dev br0\n"))
        #expect(!script.contains("--internal") && !script.contains("run in_docker"))
        #expect(script.contains("    pass_dockers topoc-t ipv4 br0 bridge\n"))
    }

    @Test func withoutAGatewayTheNetworkIsInternal() throws {
        let script = try Self.script(
            Self.topology(
                ["c1: {bridge: br0, address: 10.1.0.254/24}", "c2: {bridge: br0, address: 10.1.0.9/24}"], bridge: "{}"))
        #expect(script.contains("--subnet 10.1.0.0/24 --gateway 10.1.0.253 --internal \\\n"))
        #expect(!script.contains("gateway_mode_ipv4"))
    }
}
