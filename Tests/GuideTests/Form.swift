import Foundation

/// A line of output without what is another in each run: only its form is compared there.
struct Form {
    /// MACs that the topologies set are the same in each run.
    private let known: Set<String>

    /// What differs, and what stands for it.
    private static let varying = [
        ("[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}", "TIME"),
        ("[0-9.]+(/[0-9.]+)* ?ms\\b", "DURATION ms"),
        // Of a traceroute's probes one or two may get no answer: kernels send few errors a second (icmp(7)).
        ("(\\s+(DURATION ms|\\*)){2,}$", " PROBES"),
        ("\\b8000\\.[0-9a-f]{1,2}(:?[0-9a-f]{1,2}){5}", "BRIDGE"),
        ("\\bfe80::[0-9a-f:]+", "LINK-LOCAL"),
        ("@if[0-9]+", "@ifINDEX"),
        ("^[0-9]+:(?=\\s)", "INDEX:"),
        ("\\bid [0-9]+, seq", "id NUMBER, seq"),
        ("(?<=[0-9])\\.[0-9]{4,5} > (?=[0-9.]+\\.4789:)", ".PORT > "),
    ]

    init() throws {
        let mac = "\\b[0-9a-f]{2}(:[0-9a-f]{2}){5}\\b"
        let out = Project.root.appendingPathComponent("out")
        var known: Set<String> = ["ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00"]
        for folder in try FileManager.default.contentsOfDirectory(atPath: out.path) {
            let text = try String(contentsOf: out.appendingPathComponent("\(folder)/topology.json"), encoding: .utf8)
            let words = text.components(separatedBy: "\"")
            known.formUnion(words.filter { $0.range(of: "^\(mac)$", options: .regularExpression) != nil })
        }
        self.known = known
    }

    /// The line's form; spaces count as one.
    func of(_ line: String) -> String {
        var line = line
        for (pattern, word) in Form.varying {
            line = line.replacingOccurrences(of: pattern, with: word, options: .regularExpression)
        }
        let words = line.split { " \t".contains($0) }.map { word -> String in
            let name = word.prefix(17)
            let isMAC = name.count == 17 && name.split(separator: ":").count == 6 && name.allSatisfy(isOfMAC)
            let isFixed = known.contains(String(name)) || name.hasPrefix("01:00:5e:")
            return isMAC && !isFixed ? "MAC\(word.dropFirst(17))" : String(word)
        }
        return words.joined(separator: " ")
    }

    private func isOfMAC(_ character: Character) -> Bool { character == ":" || character.isHexDigit }
}
