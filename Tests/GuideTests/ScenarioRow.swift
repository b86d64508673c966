import Foundation

/// A row of the table in `docs/scenarios.md`.
struct ScenarioRow: Equatable {
    /// A row that is none.
    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    let scenario: String
    let runtime: String
    /// What `traceroute` shows, the target at the end.
    let hops: [String]
    let mtu: Int
    /// The captured lines, with `…` for what is another in each run.
    let captured: [String]

    init(_ line: String) throws {
        let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        guard cells.count == 6, let mtu = Int(cells[4]) else { throw Malformed(description: line) }
        scenario = cells[0]
        runtime = cells[1]
        hops = ScenarioRow.spans(cells[3])
        self.mtu = mtu
        let known = try ScenarioRow.macs(of: scenario)
        captured = cells[5].components(separatedBy: "<br>").flatMap(ScenarioRow.spans)
            .map { ScenarioRow.stable($0, knowing: known) }
    }

    /// All rows of the document.
    static func committed() throws -> [ScenarioRow] {
        let file = Project.root.appendingPathComponent("docs/scenarios.md")
        return try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
            .drop { !$0.hasPrefix("|---") }.dropFirst().prefix { $0.hasPrefix("|") }.map(ScenarioRow.init)
    }

    private static func spans(_ cell: String) -> [String] {
        cell.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }

    private static let mac = "[0-9a-f]{2}(:[0-9a-f]{2}){5}"

    /// The MACs that a topology sets. Those of NICs are not among them: the kernel makes them up.
    private static func macs(of topology: String) throws -> Set<String> {
        let file = Project.root.appendingPathComponent("out/\(topology)/topology.json")
        let words = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\"")
        return Set(words.filter { $0.range(of: "^\(mac)$", options: .regularExpression) != nil })
    }

    /// What a VXLAN's outer UDP source port is depends on the kernel's seed; an echo request's identifier is a process's
    /// number; the MAC of a group is that of its address (RFC 1112).
    private static func stable(_ line: String, knowing macs: Set<String>) -> String {
        let words = line.split(separator: " ").map { word in
            let name = String(word.prefix(17))
            let isMAC = name.range(of: "^\(mac)$", options: .regularExpression) != nil
            let isForGroup = name.hasPrefix("01:00:5e:") || name == "ff:ff:ff:ff:ff:ff"
            return isMAC && !isForGroup && !macs.contains(name) ? "…" : String(word)
        }
        return words.joined(separator: " ")
            .replacingOccurrences(of: "172.16.1.1.[0-9]+ > ", with: "172.16.1.1.… > ", options: .regularExpression)
            .replacingOccurrences(of: "\\bid [0-9]+", with: "id …", options: .regularExpression)
    }
}
