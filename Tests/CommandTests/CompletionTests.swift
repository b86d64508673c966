import Foundation
import Testing

/// What shells offer after a command line, asked of the shells themselves; and the manual page.
@Suite struct CompletionTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(
            """
            topology: net
            runtime: netns
            hosts:
              left: {bridges: {br0: {address: 10.1.0.1/24}}, containers: {c1: {bridge: br0, address: 10.1.0.11/24}}}
              right: {bridges: {br0: {address: 10.2.0.1/24}}, containers: {c2: {bridge: br0, address: 10.2.0.11/24}}}

            """, to: "net.topo")
        try scratch.write("", to: "notes.txt")
    }

    private static func has(_ shell: String) -> Bool {
        ["/bin", "/usr/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(shell)") }
    }

    /// What the command prints for each shell. It takes a while to make, and is made once.
    private static let completions = Result {
        let scratch = try Scratch()
        return try Dictionary(
            uniqueKeysWithValues: ["bash", "fish", "zsh"].map { shell in
                (shell, try Command("--generate-completion-script", shell, in: scratch))
            })
    }

    /// Runs a shell's script with the built command in PATH and its completions in a file.
    private func run(_ shell: String, _ script: String) throws -> Set<String> {
        let completions = try #require(try Self.completions.get()[shell])
        #expect(completions.status == 0 && completions.error.isEmpty)
        try scratch.write(completions.output, to: ".completions/_topoc")
        try scratch.write(script, to: ".script")
        let folder = URL(fileURLWithPath: Command.path).deletingLastPathComponent().path
        let path = "\(folder):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
        let run = try Command(
            [shell, scratch.path(".script")], in: scratch, environment: ["PATH": path, "TERM": "dumb"],
            program: "/usr/bin/env")
        #expect(run.status == 0, "\(run.error)")
        return Set(run.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) })
    }

    private static let lines: [(line: String, offered: [String], others: [String])] = [
        ("topoc ch", ["check"], ["build"]),
        ("topoc check n", ["net.topo"], ["notes.txt"]),
        ("topoc explain T030", ["T0301", "T0302"], ["T0401"]),
        ("topoc build --runtime ", ["lxd", "netns"], ["net.topo"]),
        ("topoc build --only sh", ["shell"], ["lab"]),
        ("topoc lab sta", ["status"], ["down"]),
        ("topoc trace net.topo c", ["c1", "c2"], ["left"]),
        ("topoc trace net.topo c1 r", ["right"], ["c1"]),
    ]

    @Test(.enabled(if: has("bash")), arguments: lines.indices) func bashOffers(place: Int) throws {
        let (line, offered, others) = Self.lines[place]
        let found = try run(
            "bash",
            """
            source .completions/_topoc
            line='\(line)'
            COMP_LINE=$line COMP_POINT=${#line} COMP_TYPE=9 COMP_KEY=9
            read -ra COMP_WORDS <<<"$line"
            [[ $line != *' ' ]] || COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _topoc topoc "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            printf '%s\\n' "${COMPREPLY[@]}"

            """)
        #expect(found.isSuperset(of: offered) && found.isDisjoint(with: others), "\(line): \(found)")
    }

    /// Without the names, which fish 3 asks for in a terminal alone.
    @Test(.enabled(if: has("fish")), arguments: lines.indices.dropLast(2)) func fishOffers(place: Int) throws {
        let (line, offered, others) = Self.lines[place]
        let found = try run("fish", "source .completions/_topoc\ncomplete -C '\(line)'\n")
        #expect(found.isSuperset(of: offered) && found.isDisjoint(with: others), "\(line): \(found)")
    }

    /// In a terminal of its own, since zsh completes nowhere else: what the only candidate makes of the line.
    @Test(
        .enabled(if: has("zsh")),
        arguments: [
            ("topoc ch", "topoc check"), ("topoc check n", "topoc check net.topo"),
            ("topoc explain T0701", "topoc explain T0701"),
            ("topoc lab sta", "topoc lab status"), ("topoc build --only sh", "topoc build --only shell"),
            ("topoc trace net.topo c1 r", "topoc trace net.topo c1 right"),
        ])
    func zshOffers(line: String, wanted: String) throws {
        let found = try run(
            "zsh",
            """
            zmodload zsh/zpty
            zpty z zsh -f -i
            zpty -w z 'PS1= PS2= RPS1=; fpath=($PWD/.completions $fpath); autoload -U compinit; compinit -D -u; echo ready'
            until zpty -r z text '*ready*ready*'; do sleep 0.1; done
            zpty -w z $'show() { print -r -- "<<$BUFFER>>" >.line }; zle -N show; bindkey "^G" show; echo bound'
            until zpty -r z text '*bound*bound*'; do sleep 0.1; done
            zpty -w -n z '\(line)'$'\\t\\a'
            for try in {1..100}; do [[ -s .line ]] && break; sleep 0.1; done
            cat .line
            zpty -d z

            """)
        #expect(found.contains { $0.hasPrefix("<<\(wanted)") }, "\(found)")
    }

    @Test func everyCommandAndOptionIsInTheManual() throws {
        let page = try Command("manual", in: scratch)
        #expect(page.status == 0)
        let text = page.output.replacing("\\-", with: "-")
        let help = try Command("--help", in: scratch).output
        let commands = help.components(separatedBy: "SUBCOMMANDS:")[1].split(separator: "\n")
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.contains("See '") }
            .map { String($0.split(separator: " ")[0]) }
        #expect(commands.count >= 12 && !commands.contains("manual"))
        for command in commands {
            #expect(text.contains("\n.SS topoc \(command)\n"), "\(command)")
            let own = try Command("help", command, in: scratch).output
            for option in own.matches(of: /(?m)^ +(?:-., )?(--[a-z0-9-]+)/) {
                #expect(text.contains(option.1), "\(command) \(option.1)")
            }
        }
        for verb in ["up", "test", "exec", "status", "down", "run"] {
            #expect(text.contains("\n.SS topoc lab \(verb)\n"))
        }
    }

    @Test(.enabled(if: has("groff"))) func manReadsTheManualWithoutAWarning() throws {
        try scratch.write(try Command("manual", in: scratch).output, to: "topoc.1")
        let groff = try Command(
            ["groff", "-man", "-ww", "-Tutf8", "-P-cbou", "topoc.1"], in: scratch, program: "/usr/bin/env")
        #expect(groff.status == 0 && groff.error.isEmpty, "\(groff.error)")
        #expect(groff.output.contains("topoc lab run lab1.topo"))
        #expect(groff.output.contains("--despite-errors"))
    }

    /// A small program in the place of the command: it calls it, but has the completions ready.
    private func standIn() throws -> String {
        for (shell, made) in try Self.completions.get() { try scratch.write(made.output, to: ".made/\(shell)") }
        try scratch.write(
            """
            #!/bin/sh
            case $1 in
            --generate-completion-script) exec cat '\(scratch.path(".made"))'/"$2" ;;
            *) exec '\(Command.path)' "$@" ;;
            esac

            """, to: "topoc")
        #expect(chmod(scratch.path("topoc"), 0o755) == 0)
        return scratch.path("topoc")
    }

    @Test func theCommandIsInstalledWithItsPageAndCompletions() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let install = try Command(
            [root.appendingPathComponent("scripts/install.sh").path, standIn(), "usr"], in: scratch,
            program: "/bin/sh")
        #expect(install.status == 0, "\(install.error)")
        #expect(
            try scratch.files(below: "usr") == [
                "bin/topoc", "share/bash-completion/completions/topoc", "share/fish/vendor_completions.d/topoc.fish",
                "share/man/man1/topoc.1", "share/zsh/site-functions/_topoc",
            ])
        #expect(
            try scratch.mode(of: "usr/bin/topoc") == 0o755 && scratch.mode(of: "usr/share/man/man1/topoc.1") == 0o644)
        #expect(try scratch.read("usr/share/zsh/site-functions/_topoc").hasPrefix("#compdef topoc"))
    }

    @Test(.enabled(if: has("dpkg-deb"))) func aDebianPackageHasAllOfThem() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let script = root.appendingPathComponent("scripts/deb.sh").path
        let made = try Command([script, standIn(), "made"], in: scratch, program: "/bin/sh")
        #expect(made.status == 0, "\(made.error)")
        let package = try #require(try scratch.files(below: "made").first)
        #expect(package.hasPrefix("topoc_0.") && package.hasSuffix(".deb"))
        let unpacked = try Command(["dpkg-deb", "-x", "made/\(package)", "root"], in: scratch, program: "/usr/bin/env")
        #expect(unpacked.status == 0, "\(unpacked.error)")
        #expect(
            try scratch.files(below: "root/usr") == [
                "bin/topoc", "share/bash-completion/completions/topoc", "share/doc/topoc/changelog.gz",
                "share/doc/topoc/copyright", "share/fish/vendor_completions.d/topoc.fish",
                "share/man/man1/topoc.1.gz", "share/zsh/vendor-completions/_topoc",
            ])
        let version = try Command("--version", in: scratch).output
        let field = try Command(
            ["dpkg-deb", "-f", "made/\(package)", "Version"], in: scratch, program: "/usr/bin/env")
        #expect(field.output == version)
    }
}
