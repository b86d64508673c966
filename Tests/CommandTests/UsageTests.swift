import Foundation
import Testing

@Suite struct UsageTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func saysItsVersion() throws {
        let command = try Command("--version", in: scratch)
        #expect(command.status == 0)
        #expect(command.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
        #expect(command.error.isEmpty)
    }

    @Test func helpNamesEveryCommand() throws {
        let command = try Command("--help", in: scratch)
        #expect(command.status == 0)
        for name in ["init", "build", "check", "explain", "schema", "graph", "trace", "report", "watch", "lab"] {
            #expect(command.output.contains("\n  \(name) "), "\(name)")
        }
    }

    @Test(arguments: [
        ["build"], ["check"], ["build", "--nothing", "a.topo"], ["nothing"], ["build", "-", "-"],
        ["check", "--fix", "-"], ["watch", "-"], ["check", "--format", "tea", "a.topo"],
        ["build", "--runtime", "tea", "a.topo"], ["build", "--only", "tea", "a.topo"], ["fmt"],
        ["explain", "T9999"], ["lab", "up"], ["lab", "run", "--timeout", "9", "a.topo"],
    ])
    func aCommandLineThatCannotBeMeantEndsWith2(arguments: [String]) throws {
        let command = try Command(arguments, in: scratch)
        #expect(command.status == 2)
        #expect(command.output.isEmpty)
        #expect(command.error.hasPrefix("error: ") || command.error.hasPrefix("Error: "))
        #expect(try scratch.files() == [])
    }

    @Test(arguments: [
        (["chek", "a.topo"], "there is no command \"chek\": did you mean \"topoc check\"?"),
        (["help", "bulid"], "there is no command \"bulid\": did you mean \"topoc build\"?"),
        (["lab", "upp", "a.topo"], "there is no command \"lab upp\": did you mean \"topoc lab up\"?"),
        (["validate", "a.topo"], "there is no command \"validate\": did you mean \"topoc check\"?"),
        (["deploy"], "there is no command \"deploy\": did you mean \"topoc lab up\"?"),
        (["a.topo"], "there is no command \"a.topo\": did you mean \"topoc build a.topo\"?"),
        (["lab", "xyzzy"], "there is no command \"lab xyzzy\": there are up, test, exec, "),
        (["xyzzy\u{1B}[31m"], "there is no command \"xyzzy\u{241B}[31m\": there are init, fmt, build, "),
    ])
    func anUnknownCommandIsAnsweredWithTheNearest(words: [String], message: String) throws {
        let command = try Command(words, in: scratch)
        #expect(command.status == 2 && command.output.isEmpty)
        #expect(command.error.hasPrefix("error: \(message)"), "\(command.error)")
    }

    @Test func anUnknownOptionIsAnsweredWithTheNearest() throws {
        let command = try Command("build", "--ouput", "x", in: scratch)
        #expect(command.error.contains("Did you mean '--output'?"))
    }

    @Test(arguments: [
        ["help"], ["help", "build"], ["help", "lab", "up"], ["lab", "--help"], ["-h"],
    ])
    func helpIsGiven(words: [String]) throws {
        let command = try Command(words, in: scratch)
        #expect(command.status == 0 && command.output.contains("USAGE: topoc"), "\(command.error)")
    }

    @Test func aFileThatIsNotThereEndsWith3() throws {
        let command = try Command("build", "a.topo", in: scratch)
        #expect(command.status == 3)
        #expect(command.error == "error: cannot read \"a.topo\": no such file or directory\n")
    }

    @Test func aFolderIsNoTopology() throws {
        let command = try Command("reach", ".", in: scratch)
        #expect(command.status == 3)
        #expect(command.error == "error: cannot read \".\": it is a directory: name a file\n")
    }

    @Test func aFIFOIsNotWaitedFor() throws {
        #expect(mkfifo(scratch.path("a.topo"), 0o600) == 0)
        let command = try Command("check", "a.topo", in: scratch)
        #expect(command.status == 3)
        #expect(command.error.hasPrefix("error: cannot read \"a.topo\": it is no regular file"))
    }

    @Test func anEndlessDeviceIsNotRead() throws {
        #expect(try Command("check", "/dev/zero", in: scratch).status == 3)
    }

    @Test func aFolderWithoutTemplatesEndsWith3() throws {
        try scratch.write("", to: "mine/notes.txt")
        let command = try Command("build", "--templates", "mine", "a.topo", in: scratch)
        #expect(command.status == 3)
        #expect(command.error.hasPrefix("error: cannot use \"mine\": no template is in it"))
    }

    @Test func aTemplateThatIsNoneEndsWith3() throws {
        try scratch.write("# {{title}}\n{{#hosts}}\n", to: "mine/report/RUNBOOK.md")
        let command = try Command("build", "--templates", "mine", "a.topo", in: scratch)
        #expect(command.status == 3)
        let place = "error: cannot use \"mine/report/RUNBOOK.md\": line 2, column 1: "
        #expect(command.error.hasPrefix(place + "section \"hosts\" is not closed: {{/hosts}} is missing"))
    }

    /// Also where nothing that is asked for would fill the template.
    @Test func aTemplateWithAnUnknownNameEndsWith3() throws {
        try scratch.write("{{hostname}}\n", to: "mine/up.sh")
        let command = try Command("build", "--only", "graphviz", "--templates", "mine", "a.topo", in: scratch)
        #expect(command.status == 3)
        #expect(command.error.hasPrefix("error: cannot use \"mine/up.sh\": line 1, column 1: there is no \"hostname\""))
    }
}
