/// A shell script, with its functions told from the rest.
struct ScriptText {
    /// A function with the comments before it, or what is between two of them.
    private struct Part {
        let function: String?
        let text: String
    }

    /// Where it is in `out/`.
    let path: String
    private var parts: [Part] = []

    /// The file's name.
    var name: String { String(path.split(separator: "/").last ?? "") }

    /// The names of its functions.
    var functions: Set<String> { Set(parts.compactMap(\.function)) }

    /// The texts of its functions.
    var texts: Set<String> { Set(parts.filter { $0.function != nil }.map(\.text)) }

    /// The script without functions with these texts; to ShellCheck, what they are called by is a command like others.
    func without(_ known: Set<String>) -> String {
        parts.filter { $0.function == nil || !known.contains($0.text) }.map(\.text).joined()
    }

    init(_ text: String, path: String) {
        self.path = path
        // Each time that a regex literal is come to, it is parsed.
        let (opening, mark) = (/([a-z_0-9]+)\(\) [{(]/, /<<'?([A-Z]+)'?/)
        var (comments, function, body, hereDocument) = ("", "", "", "")
        func end() {
            parts.append(Part(function: function, text: body))
            (function, body) = ("", "")
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if function.isEmpty {
                if line.hasPrefix("# ") {
                    comments += "\(line)\n"
                } else if let name = line.prefixMatch(of: opening)?.1 {
                    (function, body, comments) = (String(name), "\(comments)\(line)\n", "")
                    if line.hasSuffix("}") { end() }
                } else {
                    parts.append(Part(function: nil, text: "\(comments)\(line)\n"))
                    comments = ""
                }
                continue
            }
            body += "\(line)\n"
            if !hereDocument.isEmpty {
                if line == hereDocument { hereDocument = "" }
            } else if line.utf8.contains(UInt8(ascii: "<")), let word = line.firstMatch(of: mark)?.1 {
                hereDocument = String(word)
            } else if line == "}" || line == ")" {
                end()
            }
        }
        parts.append(Part(function: nil, text: comments + body))
    }
}
