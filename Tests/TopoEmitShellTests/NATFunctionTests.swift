import Foundation
import Testing
import TopoEmit
import TopoTemplates

/// The table of nftables that `up.sh` makes: its own functions run, with an `nft` that only says what is recorded.
@Suite struct NATFunctionTests {
    private static let list = [
        "nft add table inet topoc-net",
        "nft add chain inet topoc-net postrouting '{ type nat hook postrouting priority srcnat - 5; }'",
        "nft add rule inet topoc-net postrouting oifname '\"eth0\"' ip saddr 10.1.0.0/24 masquerade",
    ]
    private static let rules =
        list.map { $0.replacing("nft ", with: "").replacing("'", with: "") }.joined(separator: "\n")

    @Test func theRulesOfAListAreOneCallWhereverTheyStand() throws {
        let calls = try CompiledList(["ip link set dev eth0 up"] + Self.list).calls.joined(separator: "\n")
        #expect(
            calls.hasSuffix(
                "translates topoc-net '\(Self.rules)' || translate topoc-net '\(Self.rules)'"), "\(calls)")
        #expect(calls.components(separatedBy: "translate topoc-net").count == 2)
    }

    /// Runs lines after the functions.
    /// - Parameters:
    ///   - there: what `nft list table` prints.
    ///   - folder: where the units' rules would be.
    private func lines(_ script: String, there: String = "table t", dryRun: Bool = false) throws -> [String] {
        let functions = try builtIn.get().functions(for: InstanceClient.lxd.words)
            .used(by: ["translates translate delete_nat back_nat"]).map(\.text)
        let setting = """
            set -uf
            state=$(mktemp -d) newline='
            ' me=up.sh dry_run=\(dryRun ? "yes" : "no") remember=: touch=: learn=: look= before=: written=no changes=no listing=no
            journal=${state}/journal journaled= there='\(there)' rules='\(Self.rules)'
            : >"${journal}"
            quietly() { "$@" 2>/dev/null </dev/null; }
            failed() { echo "failed $*"; }
            note_back() { echo "back: $*" | sed "s,${state},STATE,"; }
            nft() {
                case "$1 $2" in
                '-s list' | 'list table') [ -z "${there}" ] || printf '%s\\n' "${there}" ;;
                '-f '*) sed 's/^/read: /' "$2" ;;
                *) echo "nft $*" ;;
                esac
            }
            \(script)
            rm -r "${state}"
            """
        return try linesOfShell(functions.joined(separator: "\n\n") + "\n" + setting + "\n")
    }

    @Test func itIsAskedForAndMadeAsAWhole() throws {
        let made = try lines(
            """
            translates t "${rules}" || echo no
            translate t "${rules}" | grep read:
            translates t "${rules}" && echo yes
            cat "${journal}"
            """)
        let whole = ["add table inet t", "delete table inet t"] + Self.rules.split(separator: "\n").map(String.init)
        #expect(made == ["no"] + whole.map { "read: \($0)" } + ["yes", "delete_nat t"])
    }

    /// Another rule of the file, a rule that somebody has changed by hand, a table that is gone: it is made anew.
    @Test(arguments: [
        "translates t 'other rules'", "there='table t, changed'; translates t \"${rules}\"",
        "there=; translates t \"${rules}\"",
    ])
    func whatIsOtherwiseIsNotThere(question: String) throws {
        #expect(try lines("translate t \"${rules}\" >/dev/null; \(question) || echo no") == ["no"])
    }

    @Test func aRehearsalChangesNothing() throws {
        let said = try lines("translate t \"${rules}\"; ls \"${state}\"; cat \"${journal}\"", dryRun: true)
        #expect(said.filter { $0.hasPrefix("  # nft ") }.count == 3 && !said.contains { $0.hasPrefix("read: ") })
        #expect(said.last == "journal", "\(said)")
    }

    @Test func itIsDeletedWhereItIsThere() throws {
        #expect(try lines("delete_nat t") == ["  nft delete table inet t", "nft delete table inet t"])
        #expect(try lines("delete_nat t", there: "") == [])
    }

    /// A run that fails later brings back the rules that it found.
    @Test func whatAnEarlierRunHasMadeIsKeptForARollBack() throws {
        #expect(try lines("back_nat") == [])
        let kept = try lines("translate t \"${rules}\" >/dev/null; back_nat; sed -n 1p \"${state}/nat-before\"")
        #expect(kept == ["back: nft -f STATE/nat-before", "add table inet t"])
        for command in ["no nft -f x", "yes nft delete table inet t", "no nft delete table inet t"] {
            let functions = try builtIn.get().functions(for: InstanceClient.lxd.words).used(by: ["remember_back"]).map(
                \.text)
            let script =
                functions.joined(separator: "\n\n") + "\nset -uf\nback_nat() { echo kept; }\nremember_back \(command)\n"
            #expect(try linesOfShell(script) == ["kept"], "\(command)")
        }
        let functions = try builtIn.get().functions(for: InstanceClient.lxd.words).used(by: ["remember_back"]).map(
            \.text)
        #expect(
            try linesOfShell(
                functions.joined(separator: "\n\n") + "\nback_nat() { echo kept; }\nremember_back yes nft -f x\n") == []
        )
    }
}
