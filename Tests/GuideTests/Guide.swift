import Foundation

/// A guide of the documentation: what its fenced blocks say that a reader is to do, and to see.
///
/// | in the guide's source | what becomes of it |
/// |---|---|
/// | a `console` block | each line after a prompt is run, and the lines below it must be what it prints |
/// | the prompt `$` | on the machine that has topoc |
/// | the prompt `host1#`, `c1#` … | on a host, or in a container, made by hand |
/// | a block after `<!-- file: NAME -->` | written to that file |
/// | a block after `<!-- as in: PATH -->` | not run; each line must be a line of that file of the project |
/// | a block after `<!-- not run: REASON -->` | read by people only |
/// | `<!-- hosts: FILE -->` | hosts without anything, of that topology, for what follows |
/// | `<!-- hosts: FILE in user-mode Linux -->` | the same, in a kernel that has what the machine's may lack |
/// | `<!-- hosts: gone -->` | the end of these hosts |
struct Guide {
    /// A thing to do, in the order of the guide.
    enum Step {
        /// A command, and the lines that it is to print.
        case command(Command)
        /// A file that the reader is to write.
        case file(name: String, text: String)
        /// Lines that are to be in a file of the project.
        case quotation(path: String, lines: [String], number: Int)
        /// From here on there are hosts of a topology, with nothing on them.
        case hosts(topology: String, isUserModeLinux: Bool)
        /// From here on there are none.
        case noHosts
    }

    /// A command, and what is shown of it.
    struct Command {
        /// The line of the guide where it stands.
        let number: Int
        /// The host or container where it is run; nil for the machine that has topoc.
        let node: String?
        let text: String
        let expected: [String]
    }

    /// A block that the table above has no row for.
    struct Unknown: Error, CustomStringConvertible {
        let description: String
    }

    let name: String
    private(set) var steps: [Step] = []

    /// Reads a guide below `docs`.
    init(_ name: String) throws {
        self.name = name
        let text = try String(contentsOf: Project.root.appendingPathComponent("docs/\(name)"), encoding: .utf8)
        let lines = text.components(separatedBy: "\n")
        var open: (language: String, mark: String, first: Int)?
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("```") {
                if let block = open {
                    try read(lines[block.first..<index], language: block.language, mark: block.mark)
                    open = nil
                } else {
                    open = (String(line.dropFirst(3)), index == 0 ? "" : lines[index - 1], index + 1)
                }
            } else if open == nil, let topology = Guide.argument(of: line, "hosts") {
                steps.append(Guide.hosts(topology))
            }
        }
        if let open { throw Unknown(description: "\(name):\(open.first): a block without an end") }
    }

    private static func hosts(_ topology: String) -> Step {
        let suffix = " in user-mode Linux"
        guard topology != "gone" else { return .noHosts }
        return topology.hasSuffix(suffix)
            ? .hosts(topology: String(topology.dropLast(suffix.count)), isUserModeLinux: true)
            : .hosts(topology: topology, isUserModeLinux: false)
    }

    private mutating func read(_ lines: ArraySlice<String>, language: String, mark: String) throws {
        if let file = Guide.argument(of: mark, "file") {
            steps.append(.file(name: file, text: lines.joined(separator: "\n") + "\n"))
        } else if let path = Guide.argument(of: mark, "as in") {
            steps.append(.quotation(path: path, lines: Array(lines), number: lines.startIndex + 1))
        } else if Guide.argument(of: mark, "not run") != nil {
            return
        } else if language == "console" {
            try readCommands(lines)
        } else {
            throw Unknown(
                description: "\(name):\(lines.startIndex): neither run, nor written, nor compared, without a reason")
        }
    }

    private mutating func readCommands(_ lines: ArraySlice<String>) throws {
        let starts = lines.indices.filter { Guide.prompt(of: lines[$0]) != nil }
        guard starts.first == lines.startIndex else {
            throw Unknown(description: "\(name):\(lines.startIndex + 1): a block that does not begin with a prompt")
        }
        for (start, end) in zip(starts, starts.dropFirst() + [lines.endIndex]) {
            guard let prompt = Guide.prompt(of: lines[start]) else { continue }
            let text = String(lines[start].dropFirst(prompt.count + 1))
            let node = prompt == "$" ? nil : String(prompt.dropLast())
            let expected = Array(lines[(start + 1)..<end])
            steps.append(.command(Command(number: start + 1, node: node, text: text, expected: expected)))
        }
    }

    /// `$`, or a node's name and `#`, where a line begins with it and a space.
    private static func prompt(of line: String) -> String? {
        let word = String(line.prefix { $0 != " " })
        guard line.count > word.count + 1 else { return nil }
        let name = word.dropLast()
        let isNode = word.hasSuffix("#") && !name.isEmpty && name.allSatisfy { $0.isLowercase || $0.isNumber }
        return word == "$" || isNode ? word : nil
    }

    private static func argument(of mark: String, _ key: String) -> String? {
        let (start, end) = ("<!-- \(key): ", " -->")
        guard mark.hasPrefix(start), mark.hasSuffix(end) else { return nil }
        let argument = mark.dropFirst(start.count).dropLast(end.count)
        return argument.isEmpty ? nil : String(argument)
    }
}
