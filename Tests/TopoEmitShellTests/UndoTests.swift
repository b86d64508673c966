import Foundation
import Testing
import TopoEmit
import TopoTemplates

/// How `down.sh` does many undos in one process: its own functions run, over links and namespaces that are only said to be there.
@Suite struct UndoTests {
    /// What a journal's lines come to: each line of a batch for `ip`, the calls that are made line by line, and what stays.
    private func undone(_ journal: [String], setting: String = "") throws -> [String] {
        let functions = try builtIn.get().functions(for: InstanceClient.lxd.words)
            .used(by: ["undo_lines delete_link delete_netns"]).map(\.text)
        let overrides = """
            set -uf
            state=$(mktemp -d) newline='
            ' me=down.sh dry_run=no remember=: touch=: learn=: look= journaled= theirs= lost=' ' changes=no listing=no
            journal=${state}/journal
            cat >"${journal}" <<'END'
            \(journal.joined(separator: "\n"))
            END
            has_link() { case $1 in gone*) false ;; *) true ;; esac; }
            ip() { [ "$1" != -force ] || cat "$3"; [ "${broken-}" != yes ]; }
            quietly() { "$@" >&3; }
            delete_link() { echo "delete_link $1"; }
            delete_netns() { echo "delete_netns $1"; }
            is_left_alone() { true; }
            \(setting)
            undo_lines "$(tac "${journal}")" 3>&1
            sed 's/^/left: /' "${journal}"
            rm -r "${state}"
            """
        let script = functions.joined(separator: "\n\n") + "\n" + overrides + "\n"
        // What is shown to people is indented.
        return try linesOfShell(script).filter { !$0.hasPrefix("  ") }
    }

    private func veth(_ name: String) -> String {
        "delete_link \(name) # ip link add name \(name) type veth peer name eth0 netns c"
    }

    @Test func fewLinksAreDeletedByNameLastFirst() throws {
        #expect(
            try undone([veth("veth-a"), veth("gone-b"), veth("veth-c")]) == [
                "link delete dev veth-c", "link delete dev veth-a",
            ])
    }

    @Test func manyLinksAreOneGroup() throws {
        let names = (1...21).map { "veth-\($0)" }
        let found = try undone(names.map(veth))
        #expect(
            found == names.reversed().map { "link set dev \($0) group 1953460335" } + ["link delete group 1953460335"])
        #expect(try undone(names.dropLast().map(veth)).allSatisfy { $0.hasPrefix("link delete dev ") })
    }

    /// Where the batch fails each line is done by itself, and told of by itself.
    @Test func whatFailsIsDoneLineByLine() throws {
        let found = try undone([veth("veth-a"), veth("veth-b")], setting: "broken=yes")
        #expect(
            found == ["link delete dev veth-b", "link delete dev veth-a", "delete_link veth-b", "delete_link veth-a"])
    }

    /// What another topology on the host has too stays; a roll-back sees to each line, since it notes what it takes away.
    @Test func whatIsAnothersStays() throws {
        let shared = "theirs='\ndelete_link veth-a\n'"
        #expect(try undone([veth("veth-a"), veth("veth-b")], setting: shared) == ["link delete dev veth-b"])
        #expect(
            try undone([veth("veth-a"), veth("veth-b")], setting: "remember=remember_back") == [
                "delete_link veth-b", "delete_link veth-a",
            ])
    }

    /// A bridge is no link into a namespace: it may have ports of others.
    @Test func otherLinksAreDoneInTheirPlace() throws {
        let list = [
            "delete_link br0 # bridge", veth("veth-a"),
            "delete_link gre1 # ip link add name gre1 type gretap remote 10.0.0.1",
        ]
        #expect(try undone(list) == ["delete_link gre1", "link delete dev veth-a", "delete_link br0"])
    }

    @Test func whatIsNoUndoStaysAndStopsNoOther() throws {
        let found = try undone([veth("veth-a"), "rm -rf /", veth("veth-b")])
        #expect(found == ["link delete dev veth-b", "link delete dev veth-a", "left: rm -rf /"])
    }
}
