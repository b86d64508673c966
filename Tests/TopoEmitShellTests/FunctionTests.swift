import Testing
import TopoEmit
import TopoTemplates

/// The functions that scripts are given.
@Suite struct FunctionTests {
    /// A script would get one of the two, and call it where the other is meant.
    @Test func eachHasANameOfItsOwn() throws {
        let names = try builtIn.get().functions(for: InstanceClient.lxd.words).names.filter { !$0.isEmpty }
        #expect(names.count > 60)
        #expect(Set(names).count == names.count, "\(names.filter { name in names.count { $0 == name } > 1 })")
    }

    /// The first and the last of the templates too.
    @Test func eachIsGivenToWhoCallsIt() throws {
        let functions = try builtIn.get().functions(for: InstanceClient.lxd.words)
        let names = functions.names.filter { !$0.isEmpty }
        for name in names {
            let texts = functions.used(by: ["\(name) a b"]).map(\.text)
            #expect(
                texts.contains { text in text.split(separator: "\n").contains { $0.hasPrefix("\(name)()") } }, "\(name)"
            )
        }
    }

    @Test func aScriptGetsWhatItCallsAndWhatThatCalls() throws {
        let functions = try builtIn.get().functions(for: InstanceClient.lxd.words)
        let texts = functions.used(by: ["travels_inside c1 c2 10.0.0.2 eth0 claim filter bare"]).map(\.text)
        for name in ["travels_inside", "seen_on", "begin_listening", "end_listening", "verdict"] {
            #expect(texts.contains { $0.contains("\n\(name)() {") || $0.hasPrefix("\(name)() {") }, "\(name)")
        }
        #expect(!texts.contains { $0.contains("carries_whole() {") })
        #expect(functions.used(by: ["travels_insid", "xtravels_inside", ""]).isEmpty)
    }

    /// A packet that comes in by the same interface, in another VLAN, still has the source that it must not leave with.
    @Test func aCheckLooksAtWhatLeavesAnInterface() throws {
        let functions = try builtIn.get().functions(for: InstanceClient.lxd.words).used(by: ["seen_on a b c d"])
        let script = """
            inside() { :; }
            tcpdump() {
                echo 'listening on' >&2
                echo "tcpdump $*"
            }
            seen_on br0 'src host 10.0.10.11' c1 198.51.100.7 2>/dev/null
            """
        let lines = try linesOfShell((functions.map(\.text) + [script]).joined(separator: "\n\n") + "\n")
        #expect(lines == ["tcpdump --immediate-mode -n -l -i br0 -Q out src host 10.0.10.11"])
    }
}
