import Foundation
import Testing
import TopoTemplates

/// The templates built in, and those of a user in their place.
@Suite struct TemplatesTests {
    @Test(arguments: Templates.names)
    func eachBuiltInTemplateUsesOnlyItsNames(name: String) throws {
        let text = try Templates().text(name)
        #expect(!text.isEmpty)
        guard let places = Templates.places(of: name) else { return }
        #expect(throws: Never.self) { try Template(text, path: name, places: places) }
        #expect(text.contains("{{"), "a template without places")
    }

    @Test func aReplacementIsUsedAndTheOthersStay() throws {
        let mine = Templates.Replacement("live.html", path: "mine/live.html", text: "v{{version}}\n")
        let templates = try Templates(replacing: [mine])
        #expect(templates.render("live.html", ["version": .text("7")]) == "v7\n")
        #expect(try templates.text("up.sh") == Templates().text("up.sh"))
        #expect(try Templates().text("live.html") != templates.text("live.html"))
    }

    @Test func theLaterOfTwoReplacementsIsUsed() throws {
        let mine = ["a", "b"].map { Templates.Replacement("live.html", path: "\($0)/live.html", text: $0) }
        #expect(try Templates(replacing: mine).render("live.html", [:]) == "b")
    }

    @Test func aWrongReplacementIsToldWhenItIsRead() throws {
        let wrong = Templates.Replacement("up.sh", path: "mine/shell/up.sh", text: "#!/bin/sh\n# {{hostname}}\n")
        let error = #expect(throws: TemplateError.self) { try Templates(replacing: [wrong]) }
        #expect(error?.path == "mine/shell/up.sh")
        #expect(error?.line == 2)
        #expect(error?.column == 3)
        #expect(error?.reason.contains("\"hostname\"") == true)
    }

    /// Docker's own templates have the same braces.
    @Test func aTextWithoutPlacesIsNotRead() throws {
        let mine = Templates.Replacement(
            "docker.sh", path: "mine/docker.sh", text: "f() { docker ps --format '{{.Names}}'; }\n")
        let templates = try Templates(replacing: [mine])
        #expect(templates.text("docker.sh") == mine.text)
        #expect(Templates.places(of: "docker.sh") == nil)
    }

    /// Whatever scripts write into a journal is a line that they take from it again; others are not run.
    @Test func everyUndoIsKnownForOne() throws {
        let functions = try Templates().functions(for: ClientWords(command: "lxc", product: "LXD", setUp: "lxd init"))
        let texts = functions.used(by: functions.names).map(\.text)
        let written = texts.flatMap { text in
            text.matches(of: /\bundo ([a-z]+_[a-z_]+|reread)\b/).map { String($0.output.1) }
        }
        let undos = Set(written).union(functions.undos).sorted()
        try #require(undos.count > 25 && undos.contains("uninstall_file") && undos.contains("hand_back"))
        let line = undos.map { "is_undo '\($0) a' || echo \($0)" }.joined(separator: "\n")
        let others = ["touch /run/a", "delete_nothing a", "delete_link 'a", "rm -rf /", "undo delete_link a", "make"]
            .map { "is_undo \"\($0)\" && echo \"\($0)\"" }.joined(separator: "\n")
        let shell = Process()
        let output = Pipe()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        // More than one argument can be (128 KiB on Linux).
        let script = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-undos-\(UUID().uuidString)")
        try "set -uf\n\(texts.joined(separator: "\n\n"))\n\(line)\n\(others)\ntrue\n".write(
            to: script, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: script) }
        shell.arguments = [script.path]
        shell.standardOutput = output
        try shell.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        shell.waitUntilExit()
        #expect(said == "" && shell.terminationStatus == 0)
    }

    @Test func functionsCallTheClientOfTheHost() throws {
        let templates = try Templates()
        let texts = ["lxc", "incus"].map { command in
            let words = ClientWords(command: command, product: "<\(command)>", setUp: "set up \(command)")
            return templates.functions(for: words).used(by: ["need_daemon delete_container"]).map(\.text)
                .joined(separator: "\n")
        }
        for (text, command) in zip(texts, ["lxc", "incus"]) {
            #expect(text.contains("run \(command) delete --force"))
            #expect(text.contains("no <\(command)> daemon"))
            #expect(text.contains("\"set up \(command)\""))
        }
        #expect(texts[1].replacing("incus", with: "lxc") == texts[0])
    }
}
