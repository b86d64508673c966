import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// The lab's scripts are the hosts' own but for how containers are made.
@Suite struct LabVariantTests {
    /// The sections of the part of a script that makes things, by their titles, comments left out.
    private func sections(of script: String) -> [(title: String, lines: [String])] {
        let make = script.components(separatedBy: "\nmake() {\n").last?.components(separatedBy: "\n}\n").first ?? ""
        return make.components(separatedBy: "    # --- ").dropFirst().map { section in
            let lines = section.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            return (lines[0], lines.dropFirst().filter { !$0.hasPrefix("#") && $0 != "true" })
        }
    }

    /// What is run inside a container, without the words by which each runtime does so, or writes `ip address add`.
    private func inner(_ lines: [String], _ prefix: String) -> [String] {
        let text = lines.joined(separator: " ").replacing("\\ ", with: "")
        return text.components(separatedBy: "run \(prefix) ").dropFirst().map { command in
            let words = command.split(separator: " ").prefix { word in
                !["is_up", "has_address", "has_route", "is_set", "}", "before=:", "undo", "run"].contains(word)
                    && !word.hasPrefix("before=")
            }
            return words.joined(separator: " ").replacing("replace", with: "add").replacing(" brd +", with: "")
                .replacing(" proto static", with: "")
        }
    }

    @Test(arguments: ["routed", "gre", "vxlan"], ["host1", "host2"])
    func differsInTheContainersAlone(topology: String, host: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(
            contentsOf: root.appendingPathComponent("topologies/\(topology).topo"), encoding: .utf8)
        let source = SourceFile(path: "\(topology).topo", bytes: Array(text.utf8))
        let compilation = try #require(try compile(source, templates: Templates()).output)
        func script(_ path: String) throws -> String {
            try #require(compilation.artifacts.first { $0.path == path }?.contents)
        }
        let own = sections(of: try script("\(host)/up.sh"))
        let lab = sections(of: try script("lab/\(host)/up.sh"))
        #expect(own.map(\.title) == lab.map(\.title))
        #expect(own.contains { $0.title.hasPrefix("container") })
        for (own, lab) in zip(own, lab) {
            guard own.title.hasPrefix("container") else {
                #expect(own.lines == lab.lines, "\(own.title)")
                continue
            }
            let name = own.title.split(separator: " ")[1]
            let commands = inner(own.lines, "lxc exec -n \(name) --")
            let others = inner(lab.lines, "ip netns exec \(name)").filter { !$0.contains("dev lo ") }
            #expect(commands.count >= 2)
            #expect(commands == others, "\(own.title)")
        }
    }
}
