import Foundation
import Testing
import TopoEmit

/// What the playbooks ask Ansible for. What Ansible does then is tested on hosts, in AnsibleTests.
@Suite struct PlaybookTests {
    /// A play: its keys with their values, and its tasks likewise.
    private struct Play {
        let keys: [String: String]
        let tasks: [[String: String]]
    }

    private static let all = Result { try files("topology: net\nruntime: netns\nhosts: {host1: {}}\n") }

    /// The plays of a playbook: its lines by how far they are indented.
    private func plays(_ name: String) throws -> [Play] {
        let text = try #require(try Self.all.get().first { $0.path == "ansible/\(name).yml" }?.contents)
        let lines = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("#") }
        #expect(lines.first == "---")
        return parts(lines.dropFirst(), "- ").map { play in
            let own = play.prefix { $0 != "  tasks:" }
            let tasks = parts(play.dropFirst(own.count + 1), "    - ")
            return Play(keys: keys(own, "  "), tasks: tasks.map { keys($0[...], "      ") })
        }
    }

    /// The lines in parts, each beginning at a line with this mark.
    private func parts(_ lines: ArraySlice<Substring>, _ mark: String) -> [[Substring]] {
        lines.reduce(into: []) { parts, line in
            if line.hasPrefix(mark) { parts.append([]) }
            parts[parts.count - 1].append(line)
        }
    }

    /// The keys that are indented so far, the first after a hyphen; those below `ansible.builtin.…` too.
    private func keys(_ lines: ArraySlice<Substring>, _ indent: String) -> [String: String] {
        var keys: [String: String] = [:]
        var list = ""
        for line in lines {
            var words = line.drop { $0 == " " }
            if words.hasPrefix("- "), !words.contains(": ") {
                keys[list, default: ""] += words.dropFirst(2).trimmingCharacters(in: ["\""]) + ";"
                continue
            }
            if words.hasPrefix("- ") { words = words.dropFirst(2) }
            let pair = words.split(separator: ":", maxSplits: 1)
            list = String(pair[0])
            keys[list] = pair.count == 2 ? pair[1].trimmingCharacters(in: [" ", "\""]) : ""
        }
        return keys
    }

    @Test(arguments: ["site", "check", "down"]) func everyPlayIsForTheGroupAsRoot(name: String) throws {
        let plays = try plays(name)
        #expect(plays.count == (name == "site" ? 2 : 1))
        for play in plays {
            #expect(play.keys["hosts"] == "topoc" && play.keys["become"] == "true")
            // Without facts nothing runs Python on the hosts.
            #expect(play.keys["gather_facts"] == "false")
            for task in play.tasks {
                let modules = task.keys.filter { $0.contains(".") }
                #expect(modules.count == 1 && modules[0].hasPrefix("ansible.builtin."), "\(task)")
                #expect(["script", "debug", "assert", "raw"].contains { modules[0] == "ansible.builtin.\($0)" })
                if modules == ["ansible.builtin.script"] { #expect(task["executable"] == "/bin/sh") }
            }
        }
    }

    @Test func siteAsksAllHostsAndThenChangesThem() throws {
        let plays = try plays("site")
        #expect(plays.allSatisfy { $0.keys["any_errors_fatal"] == "true" })
        // All of them are asked at once, however many are changed at a time.
        #expect(plays[0].keys["serial"] == nil)
        #expect(plays[1].keys["serial"] == "{{ topoc_serial | default('100%') }}")
        let script = "../{{ inventory_hostname }}/up.sh"
        let ask = plays[0].tasks[0]
        #expect(ask["cmd"] == "\(script) --dry-run {{ topoc_options | default('') }}")
        #expect(ask["check_mode"] == "false" && ask["failed_when"] == nil)
        #expect(
            ask["changed_when"]
                == "ansible_check_mode and topoc_lacks.stdout_lines | select('match', '  ') | length > 0")
        #expect(plays[0].tasks[1]["when"] == "ansible_check_mode")
        #expect(plays[1].tasks.count == 1)
        let run = plays[1].tasks[0]
        #expect(run["cmd"] == "\(script) {{ topoc_options | default('') }}")
        #expect(run["check_mode"] == nil && run["failed_when"] == nil && run["when"] == nil)
        #expect(run["changed_when"] == "'  nothing to do: all of it is there' not in topoc_up.stdout_lines")
    }

    /// The line by which site.yml sees that nothing was done is one of up.sh.
    @Test(arguments: ["up.sh", "down.sh"]) func theScriptsSayWhenThereIsNothingToDo(name: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("templates/shell/\(name)"), encoding: .utf8)
        let line = name == "up.sh" ? "  nothing to do: all of it is there" : "  nothing to do"
        #expect(text.contains("[ \"${changes}\" = yes ] || say '\(line)"))
    }

    @Test func checkAsksWhatMustPassBeforeWhatMustNot() throws {
        let tasks = try plays("check")[0].tasks
        #expect(try plays("check")[0].keys["any_errors_fatal"] == nil)
        let script = "../{{ inventory_hostname }}/check.sh"
        #expect(
            tasks.map { $0["cmd"]?.replacing(script, with: "S") } == [
                "S listen >/dev/null 2>&1 & echo $!; sleep 1", "S passing", "S silent", nil, nil,
            ])
        #expect(tasks[0]["when"] == "'topoc_listening' in group_names" && tasks[3]["when"] == tasks[0]["when"])
        #expect(tasks[1]["when"] == nil)
        #expect(
            tasks[2]["when"]
                == "'topoc_silent' in group_names;ansible_play_hosts | length == ansible_play_hosts_all | length;"
                + "ansible_play_hosts | map('extract', hostvars, 'topoc_passing') | rejectattr('rc', 'eq', 0) | length == 0;"
        )
        #expect(tasks[3]["ansible.builtin.raw"] == "kill {{ topoc_listener.stdout_lines[0] | int }}")
        #expect(tasks[4]["that"] == "topoc_passing.rc == 0;topoc_silent.rc | default(0) == 0;")
        for task in tasks.dropLast() { #expect(task["changed_when"] == "false" && task["check_mode"] == "false") }
        // The listeners end, and the last task says what did not hold.
        for task in tasks[1...3] { #expect(task["failed_when"] == "false") }
    }

    @Test func downGoesOnWithoutAHostThatFails() throws {
        let play = try plays("down")[0]
        #expect(play.keys["any_errors_fatal"] == nil && play.keys["serial"] == nil)
        #expect(play.keys["topoc_option"] == "{{ '--dry-run' if ansible_check_mode else '' }}")
        #expect(play.tasks[0]["cmd"] == "../{{ inventory_hostname }}/down.sh {{ topoc_option }}")
        #expect(play.tasks[0]["check_mode"] == "false")
        #expect(
            play.tasks[0]["changed_when"]
                == "topoc_down.stdout_lines | select('match', '  (?!nothing to do)') | length > 0")
    }

    /// No text of a topology is in a playbook.
    @Test func thePlaybooksAreTheSameForAll() throws {
        let other = try files(
            "topology: other\ntitle: \"{{ x }}\"\nruntime: netns\nhosts: {a: {ssh: {host: b}, description: c}, d: {}}\n"
        )
        let playbooks = try Self.all.get().dropFirst()
        #expect(playbooks.map(\.path) == ["ansible/site.yml", "ansible/check.yml", "ansible/down.yml"])
        #expect(Array(other.dropFirst()) == Array(playbooks))
    }
}
