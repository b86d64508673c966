import Testing
import TopoDiagnostics
import TopoEmit
import TopoEmitShell
import TopoForwarding
import TopoLower
import TopoPlan
import TopoSyntax
import TopoTemplates

/// What `check.sh` asks about a packet that is larger than what passes.
@Suite struct LargerPacketTests {
    // Such a topology is refused, as T0603: how a bridge drops what is too large for a port is predicted all the same.
    private static let topology = """
        topology: unlike
        runtime: netns
        hosts:
          host1:
            bridges:
              br0: {}
            containers:
              c1: {bridge: br0, address: 10.0.0.11/24, mtu: 1400}
              c2: {bridge: br0, address: 10.0.0.12/24, mtu: 1500}

        """

    /// Four bytes more than an MTU pass a bridge in some kernels, and not in others: neither is asked for.
    @Test func nobodyIsSaidToBeToldOfWhatVanishes() throws {
        let source = SourceFile(path: "unlike.topo", bytes: Array(Self.topology.utf8))
        let tree = try #require(read(source).output)
        var plan = plan(try #require(lower(tree).output))
        plan.expectations = predict(plan).expectations
        let artifacts = try ShellBackend().emit(plan, templates: builtIn.get())
        let check = try #require(artifacts.first { $0.path == "host1/check.sh" }).contents
        let lines = check.split(separator: "\n")
        let asked = lines.filter { $0.hasPrefix("carries_at_most ") || $0.hasPrefix("carries_whole ") }
        #expect(asked == ["carries_at_most c1 c2 10.0.0.12 1400 28", "carries_whole c2 c1 10.0.0.11 1400 28"])
        #expect(lines.contains("printf '1..%d\\n' 5"), "two that reach, one told of, two that pass")
    }
}
