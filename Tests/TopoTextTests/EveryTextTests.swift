import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoLower
import TopoTemplates
import TopoText

/// Every text that the language takes, with signs that some reader takes for more, in every artifact.
@Suite struct EveryTextTests {
    /// Signs that a shell, a figure, a table or a page may take for more than themselves.
    private static let signs = Array("'\"\\$`;|&<>(){}[]*?#~=%!-+@,:".unicodeScalars)

    /// Each sign between a letter and a mark, after a joiner, and before a variation selector: what a word may be.
    private static let words = signs.flatMap { sign in
        [
            "a\(sign)\u{301};>pwned;\(sign)\u{301}",
            "a\u{200D}\(sign)\u{FE0F};>pwned;\(sign)\u{200D}",
        ]
    }

    /// What a text may have beyond that: each sign after a prepending sign, and between bidirectional controls.
    private static let texts =
        words
        + signs.flatMap { sign in
            ["\u{600}\(sign);>pwned;\u{600}\(sign)", "x\(sign)\u{202E}\u{2066}\(sign)\u{2069}"]
        }

    private static let topology = """
        topology: every
        title: TEXT
        description: PROSE
        image: WORD
        lans:
          l: {subnet: 172.16.1.0/24, virtualbox: {network: WORD}, description: PROSE}
        hosts:
          h1:
            runtime: docker
            description: PROSE
            nics: {eth0: {lan: l, address: 172.16.1.1/24, description: PROSE}}
            tunnels: {t0: {type: vxlan, vni: 42, remotes: [h2], description: PROSE}}
            bridges: {br0: {ports: [t0], description: PROSE}}
            containers:
              c1: {bridge: br0, address: 10.0.0.11/24, image: WORD, command: COMMAND, description: PROSE}
          h2:
            runtime: lxd
            forwarding: true
            nics: {eth0: {lan: l, address: 172.16.1.2/24}}
            tunnels: {t0: {type: vxlan, vni: 42, remotes: [h1]}}
            bridges: {br0: {ports: [t0]}}
            routes: [{to: 10.9.0.0/16, type: unreachable, description: PROSE}]
            containers:
              c2:
                image: WORD
                interfaces: {eth0: {bridge: br0, address: 10.0.0.12/24, description: PROSE}}
              c3: {p2p: 10.2.0.0/30}
        checks: [{ping: [c1, c2], description: PROSE}]
        """

    private static func quoted(_ text: String) -> String { String(decoding: jsonString(text), as: UTF8.self) }

    /// The artifacts of the topology, with `word` where one word is taken, and all of them elsewhere.
    private static func artifacts(word: String) throws -> [Artifact] {
        let text = texts.joined(separator: " ")
        let source =
            topology
            .replacingOccurrences(of: "TEXT", with: quoted("%%{init: x}%% " + text))
            .replacingOccurrences(of: "PROSE", with: quoted("one\n" + text + "\n" + texts.joined(separator: "\n")))
            .replacingOccurrences(of: "WORD", with: quoted(word))
            .replacingOccurrences(of: "COMMAND", with: "[" + words.map(quoted).joined(separator: ", ") + "]")
        let outcome = try compile(
            SourceFile(path: "every.topo", bytes: Array(source.utf8)), despiteErrors: true, templates: Templates())
        return try #require(outcome.output, "\(outcome.diagnostics.map(\.message))").artifacts
    }

    /// A key that takes a text and is not in the topology above fails here.
    @Test func everyKeyOfATextIsTried() {
        func takesText(_ form: ValueForm) -> Bool {
            switch form {
            case .text, .prose: true
            case .list(let inner), .pair(let inner): takesText(inner)
            case .either(let forms): forms.contains(where: takesText)
            case .boolean, .number, .choice, .name, .address, .interfaceAddress, .prefix, .macAddress, .mapping, .named:
                false
            }
        }
        let keys = ElementKind.allCases.flatMap { kind in
            kind.keys.filter { takesText($0.form) }.map { "\(kind.rawValue) \($0.name)" }
        }
        let tried = [
            "topology topology", "topology title", "topology description", "topology image", "LAN description",
            "VirtualBox network network", "host description", "host image", "NIC description", "bridge description",
            "tunnel description", "container image", "container command", "container description",
            "interface description", "route description", "check description",
        ]
        #expect(Set(keys).subtracting(tried).isEmpty)
    }

    @Test func artifactsHaveNoInvisibleSign() throws {
        for artifact in try Self.artifacts(word: Self.words[0]) {
            let hidden = artifact.contents.unicodeScalars.filter { !"\n\r\t".unicodeScalars.contains($0) }
                .compactMap(standIn)
            #expect(hidden.isEmpty, "\(artifact.path): \(Set(hidden))")
        }
    }

    @Test func readersTakeEveryArtifact() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-every-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        // An apostrophe alone ends a quoted word of the shell; the other signs are in every `command`.
        for (number, word) in Self.words.prefix(2).enumerated() {
            for artifact in try Self.artifacts(word: word) {
                let file = folder.appendingPathComponent("\(number)/\(artifact.path)")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try artifact.contents.write(to: file, atomically: false, encoding: .utf8)
            }
        }
        #expect(try Self.told(by: Self.readers, in: folder) == "")
    }

    /// Reads each artifact with its reader, and tells what the reader refuses. A script also runs as far as stubs take it,
    /// without a change: one tool finds everything there and one finds nothing, so each branch is taken.
    private static let readers = #"""
        find . -name '*.sh' | while read -r f; do sh -n "$f" || echo "sh $f"; done
        find . -name '*.dot' | while read -r f; do dot -Tcanon "$f" >/dev/null || echo "dot $f"; done
        /usr/bin/python3 - <<'END'
        import csv, html.parser, json, pathlib, yaml
        class Reader(html.parser.HTMLParser):
            def handle_starttag(self, tag, attributes):
                if tag == "touch" or any(name.startswith(("on", "touch")) for name, _ in attributes): print("html", tag)
        files = lambda ending: pathlib.Path(".").rglob("*." + ending)
        for path in files("json"): json.loads(path.read_bytes())
        for path in files("yaml"): list(yaml.safe_load_all(path.read_bytes()))
        for path in files("html"): Reader().feed(path.read_text("utf-8"))
        for path in files("csv"):
            rows = list(csv.reader(open(path, encoding="utf-8", newline=""), strict=True))
            if len({len(row) for row in rows}) > 1: print("csv", path)
        END
        for end in 0 1; do
            mkdir "stubs$end"
            for tool in ip docker lxc brctl bridge sysctl nft modprobe tc ethtool nsenter id; do
                printf '#!/bin/sh\nexit %s\n' "$end" >"stubs$end/$tool"
            done
            printf '#!/bin/sh\nexit 0\n' >"stubs$end/flock"
            chmod +x "stubs$end"/*
            for f in $(find . -name up.sh | sort); do
                PATH="$PWD/stubs$end:$PATH" sh "$f" --dry-run >"run$end" 2>&1 </dev/null
                cat "run$end" >>runs
            done
        done
        grep -q 'docker.* c1 ' runs || { echo 'no script comes to its containers'; head -50 runs; }
        find . -name pwned
        """#

    private static func told(by program: String, in folder: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", program]
        process.currentDirectoryURL = folder
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return told
    }
}
