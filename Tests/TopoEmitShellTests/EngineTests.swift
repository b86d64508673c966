import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// `up.sh` is a list of commands, and an engine that is the same for all hosts with containers of the same kinds.
@Suite struct EngineTests {
    /// A host's scripts, by their names.
    private func scripts(_ host: String, rest: String = "") throws -> [String: String] {
        let text = "topology: net\nimage: some\nlans: {wire: {}}\nhosts:\n  host1: \(host)\n\(rest)"
        let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
        let outcome = try compile(source, only: ["shell"], templates: builtIn.get())
        let compilation = try #require(outcome.output, "\(outcome.diagnostics.map(\.message))")
        return Dictionary(uniqueKeysWithValues: compilation.artifacts.map { ($0.path, $0.contents) })
    }

    private func engine(_ script: String) throws -> Substring {
        let start = try #require(script.range(of: "\n# The rest is the engine, "))
        return script[start.lowerBound...]
    }

    @Test(arguments: ["netns", "lxd", "incus", "docker"]) func theEngineIsTheSameForTheSameRuntimes(
        runtime: String
    ) throws {
        let small = try scripts("{runtime: \(runtime), bridges: {br0: {}}, containers: {c1: {bridge: br0}}}")
        let large = try scripts(
            """
            {runtime: \(runtime), forwarding: true, nics: {eth0: {lan: wire, address: 10.9.0.1/24, mtu: 1400}, eth1: {lan: wire}},
             bridges: {br1: {ports: [eth1], stp: true, address: 10.0.0.1/24}}, routes: [{to: 10.8.0.0/16, via: 10.9.0.2}],
             containers: {c2: {bridge: br1, address: 10.0.0.2/24}, c3: {p2p: 10.1.0.0/30}}}
            """)
        let engines = try [small, large].map { try engine(try #require($0["host1/up.sh"])) }
        #expect(engines[0] == engines[1])
        #expect(engines[0].utf8.count > 10_000)
    }

    /// What makes containers of another kind is not in it; undos of all are, since an earlier build may have made them.
    @Test func theEngineHasNoOtherRuntimesForms() throws {
        for (runtime, parts) in [("netns", []), ("lxd", ["instance"]), ("incus", ["instance"]), ("docker", ["docker"])]
        {
            let up = try #require(
                try scripts("{runtime: \(runtime), bridges: {br0: {}}, containers: {c1: {bridge: br0}}}")["host1/up.sh"]
            )
            let forms = ["instance", "docker"].filter { up.contains("\n\($0)_forms() {\n") }
            #expect(forms == parts && up.contains("\nip_forms() {\n"), "\(runtime)")
        }
    }

    @Test func theListIsPlainsAndBeforeAllElse() throws {
        let files = try scripts(
            "{bridges: {br0: {address: 10.0.0.1/24}}, containers: {c1: {bridge: br0, address: 10.0.0.2/24}}}")
        for folder in ["host1", "lab/host1"] {
            let up = try #require(files["\(folder)/up.sh"]), plain = try #require(files["\(folder)/plain.sh"])
            let lines = up.split(separator: "\n", omittingEmptySubsequences: false)
            let start = try #require(lines.firstIndex(of: "    cat <<'END'"))
            let end = try #require(lines.firstIndex(of: "END"))
            #expect(start < 15)
            #expect(plain.hasSuffix("\nset -e\n\n" + lines[(start + 1)..<end].joined(separator: "\n") + "\n"))
        }
    }

    /// A NIC that no machine has.
    @Test func aRehearsalOfWhatIsRefusedSaysSoByItsStatus() throws {
        for (nic, status) in [("none-such-9", 3), ("lo", 0)] as [(String, Int32)] {
            let up = try #require(try scripts("{nics: {none-such-9: {lan: wire}}}")["host1/up.sh"])
            let own = up.replacing("none-such-9", with: nic)
            #expect(try runOfShell(own, ["--dry-run"]).status == status, "\(nic)")
        }
    }

    /// It is read by people, in a terminal.
    @Test func noLineIsWiderThanAScreen() throws {
        for runtime in ["netns", "lxd", "incus", "docker"] {
            let files = try scripts(
                "{runtime: \(runtime), bridges: {br0: {}}, containers: {c1: {bridge: br0, mtu: 1400}}}")
            let (up, plain) = (try #require(files["host1/up.sh"]), try #require(files["host1/plain.sh"]))
            let lines =
                try engine(up).split(separator: "\n") + plain.split(separator: "\n").filter { !$0.hasPrefix("#") }
            let wide = lines.filter { $0.unicodeScalars.count > 100 }
            #expect(wide.isEmpty, "\(runtime): \(wide)")
            #expect(runtime == "docker" || plain.contains(" \\\n    "))
        }
    }

    /// Before anything is made, the kernel is asked for each type of tunnel; without its port iproute2 would complain.
    @Test func everyTypeOfTunnelIsAskedForBeforeItIsMade() throws {
        func host(_ own: Int, _ far: Int) -> String {
            """
            {nics: {eth0: {lan: wire, addresses: [10.9.0.\(own)/24, "fd00::\(own)/64"]}},
             tunnels: {a: {type: gretap, remote: 10.9.0.\(far)}, b: {type: gretap, remote: "fd00::\(far)"},
                       c: {type: vxlan, vni: 7, remotes: [10.9.0.\(far)]}},
             bridges: {br1: {ports: [a]}, br2: {ports: [b]}, br3: {ports: [c]}}}
            """
        }
        let files = try scripts(host(1, 2), rest: "  host2: \(host(2, 1))\nruntime: netns\n")
        let up = try #require(files["host1/up.sh"])
        let plain = try #require(files["host1/plain.sh"]).replacing(/\\\n +/, with: "")
        let asked = up.matches(of: /(?m)^ +need_type (.+)$/).map { $0.1.split(separator: " ") }.filter {
            $0[0] != "bridge"
        }
        #expect(asked.map { $0[0] } == plain.matches(of: /\ type\ (ip6gretap|gretap|vxlan)\ /).map(\.1))
        #expect(asked.count == 3 && asked[2].contains("dstport"), "\(asked)")
    }
}
