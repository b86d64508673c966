import ArgumentParser
internal import TopoText

/// The manual page topoc(1) in the macros of man(7), made of the commands' own help.
func manualPage() -> String {
    let commands = Topoc.configuration.subcommands.filter { $0.configuration.shouldDisplay }
    var page = [
        ".\\\" Made by \"topoc manual\" of the commands' own help.",
        ".TH TOPOC 1 \"\" \"topoc \(Topoc.version)\" \"User Commands\"",
        ".SH NAME", "topoc \\- compile a topology file into the scripts and figures of a container network",
        ".SH SYNOPSIS", ".B topoc", ".I command", "[\\fIoption\\fR ...] [\\fIfile\\fR ...]",
        ".SH DESCRIPTION",
        roff(
            "A topology file describes hosts, the LANs between them and their containers. topoc checks that the network "
                + "can work, and writes each host's scripts, units and figures. It needs nothing on the hosts themselves."
        ),
        ".SH COMMANDS",
    ]
    for command in commands {
        page += section(command, named: "topoc \(command._commandName)")
        for verb in command.configuration.subcommands where verb.configuration.shouldDisplay {
            page += section(verb, named: "topoc \(command._commandName) \(verb._commandName)")
        }
    }
    page += [
        ".SH EXIT STATUS", ".TP", "0", "All was done.", ".TP", "1", "A topology has errors, or a ping is not answered.",
        ".TP", "2", "The command line is wrong.", ".TP", "3",
        "A file could not be read or written, or must not be replaced.",
        ".PP", roff("\"topoc lab\" ends with the status of the lab's own script."),
        ".SH FILES", ".TP", ".I out/NAME/", "What \\fBtopoc build\\fR writes for the topology NAME.",
        ".TP", ".I out/NAME/.topoc", "The files there that are topoc's, with their SHA\\-256 digests.",
        ".TP", ".I /run/topoc\\-lab/NAME/", "What a lab that is up keeps.",
        ".SH ENVIRONMENT", ".TP", ".B NO_COLOR", "Where set and not empty, messages have no colour.",
        ".TP", ".B TMPDIR", "Where temporary files are made.",
        ".SH EXAMPLES", ".EX", "topoc init lab1", "topoc check lab1.topo", "topoc lab run lab1.topo",
        "topoc build lab1.topo", ".EE", ".SH SEE ALSO",
        ".BR ip (8),", ".BR bridge (8),", ".BR systemd.network (5)",
    ]
    return page.joined(separator: "\n") + "\n"
}

/// A command's part of the page.
private func section(_ command: any ParsableCommand.Type, named name: String) -> [String] {
    // So wide that nothing is wrapped: that is for man to do.
    let help = Topoc.helpMessage(for: command, columns: 10_000)
    var lines = [".SS \(roff(name))"]
    var isExample = false
    for line in help.parts(at: "\n") {
        let text = line.withoutBlanks
        if let title = ["OVERVIEW: ", "USAGE: "].first(where: line.begins(with:)) {
            let rest = roff(String(Substring(line.utf8.dropFirst(title.utf8.count))))
            lines += title.begins(with: "USAGE") ? [".PP", "Usage:", ".B \(rest)"] : [rest]
        } else if text.begins(with: "See 'topoc") {
            continue
        } else if text.isEmpty {
            if isExample { lines.append(".EE") }
            isExample = false
            lines.append(".PP")
        } else if ["ARGUMENTS:", "OPTIONS:", "SUBCOMMANDS:"].contains(where: line.isSame) {
            lines += [".PP", roff(text)]
        } else if line.isSame(as: "Examples:") {
            lines += [roff(text), ".EX"]
            isExample = true
        } else if isExample {
            lines.append(roff(line))
        } else if line.begins(with: "   ") {
            lines.append(roff(text))
        } else if line.begins(with: "  ") {
            let (label, rest) = text.dividedAtBlanks
            lines += [".TP", ".B \(roff(label))"] + (rest.isEmpty ? [] : [roff(rest)])
        } else {
            lines.append(roff(text))
        }
    }
    if isExample { lines.append(".EE") }
    return lines
}

/// A line of text for roff(7): no sign in it is a command's.
func roff(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\\": line += "\\e"
        case "-": line += "\\-"
        case "'": line += "\\(aq"
        case "`": line += "\\(ga"
        case "^": line += "\\(ha"
        case "~": line += "\\(ti"
        default: line.unicodeScalars.append(scalar)
        }
    }
    return line.utf8.first == UInt8(ascii: ".") ? "\\&" + line : line
}

extension String {
    fileprivate var withoutBlanks: String {
        let blank = UInt8(ascii: " ")
        var rest = Substring(self).utf8.drop { $0 == blank }
        while rest.last == blank { rest.removeLast() }
        return String(Substring(rest))
    }

    /// An option and its help, which are two blanks apart at least.
    fileprivate var dividedAtBlanks: (String, String) {
        let bytes = Array(utf8)
        guard let gap = bytes.firstRange(of: [0x20, 0x20]) else { return (self, "") }
        return (
            String(decoding: bytes[..<gap.lowerBound], as: UTF8.self),
            String(decoding: bytes[gap.upperBound...], as: UTF8.self).withoutBlanks
        )
    }
}
