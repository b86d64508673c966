import ArgumentParser
import TopoDiagnostics
internal import TopoText

/// What to say of a command line whose first word is no command; nil where it is one, or an option.
/// - Parameter words: the command line without the program's name.
func unknownCommand(_ words: [String]) -> UsageError? {
    guard let (word, commands, before) = firstUnknownWord(words) else { return nil }
    let message = "there is no command \"\(before)\(visible(ByteText.replaced(word)))\": "
    if before.isEmpty, word.ends(with: ".topo") {
        return UsageError(message + "did you mean \"topoc build \(visiblePath(word))\"?")
    }
    let lowercased = word.lowercased()
    let known = commandsOfOthers.first { before.isEmpty && $0.word.isSame(as: lowercased) }?.command
    if let meant = known ?? didYouMean(word, among: commands).map({ before + $0 }) {
        return UsageError(message + "did you mean \"topoc \(meant)\"?")
    }
    return UsageError(message + "there are \(commands.joined(separator: ", "))")
}

/// The word that is no command, those that there are in its place, and the command before it.
private func firstUnknownWord(_ words: [String]) -> (word: String, commands: [String], before: String)? {
    let rest = words.first?.isSame(as: "help") == true ? Array(words.dropFirst()) : words
    let commands = names(of: Topoc.self)
    guard let first = rest.first, first.utf8.first != UInt8(ascii: "-") else { return nil }
    guard (commands + ["help", "manual"]).contains(where: first.isSame) else { return (first, commands, "") }
    guard first.isSame(as: "lab"), rest.count > 1, rest[1].utf8.first != UInt8(ascii: "-") else { return nil }
    let verbs = names(of: LabCommand.self)
    return verbs.contains(where: rest[1].isSame) ? nil : (rest[1], verbs, "lab ")
}

private func names(of command: (some ParsableCommand).Type) -> [String] {
    command.configuration.subcommands.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
}

/// What other tools call it.
private let commandsOfOthers: [(word: String, command: String)] = [
    ("compile", "build"), ("generate", "build"), ("make", "build"), ("validate", "check"), ("lint", "check"),
    ("verify", "check"), ("fix", "check --fix"), ("format", "fmt"), ("new", "init"), ("create", "init"),
    ("up", "lab up"), ("deploy", "lab up"), ("apply", "lab up"), ("start", "lab up"), ("down", "lab down"),
    ("destroy", "lab down"), ("stop", "lab down"), ("test", "lab test"), ("exec", "lab exec"), ("run", "lab run"),
    ("status", "lab status"), ("inspect", "lab status"), ("draw", "graph"), ("figure", "graph"), ("ping", "trace"),
    ("traceroute", "trace"), ("path", "trace"), ("serve", "watch"), ("version", "--version"),
]
