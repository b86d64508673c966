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
