import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// The lab's scripts are the hosts' own but for how containers are made.
@Suite struct LabVariantTests {
    /// The sections of a script's list, by their titles, comments left out.
    private func sections(of script: String) -> [(title: String, lines: [String])] {
        let list =
            script.components(separatedBy: "<<'END'\n").dropFirst().first?.components(separatedBy: "\nEND\n").first
            ?? ""
        return list.components(separatedBy: "# --- ").dropFirst().map { section in
            let lines = section.replacing("\\\n   ", with: "").split(separator: "\n").map(String.init)
            return (lines[0], lines.dropFirst().filter { !$0.hasPrefix("#") })
        }
    }

    /// What is run inside a container, without the words by which each runtime does so, or writes `ip address add`.
    private func inner(_ lines: [String], _ prefix: String) -> [String] {
        lines.filter { $0.hasPrefix(prefix) }.map {
            String($0.dropFirst(prefix.count)).replacing("replace", with: "add").replacing(" brd +", with: "")
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
        let compilation = try #require(try compile(source, templates: builtIn.get()).output)
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
