import Foundation
import Testing

/// `topoc expand`, as a user runs it.
@Suite struct ExpandTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(
            """
            topology: many
            runtime: netns
            x-c: &c {bridge: br0, address: auto}   # shared
            hosts:
              host1:
                bridges: {br0: {address: 10.1.0.1/24}}
                containers:
                  c1..c2: *c

            """, to: "many.topo")
    }

    @Test func itPrintsWhatIsWrittenOut() throws {
        let command = try Command("expand", "many.topo", in: scratch)
        #expect(command.status == 0)
        #expect(
            command.output == """
                topology: many
                runtime: netns
                hosts:
                  host1:
                    bridges:
                      br0: {address: 10.1.0.1/24}
                    containers:
                      # from line 8: c1..c2
                      c1: {bridge: br0, address: 10.1.0.2/24}
                      c2: {bridge: br0, address: 10.1.0.3/24}

                """)
        #expect(try scratch.files() == ["many.topo"])
        let file = try Command("expand", "many.topo", "-o", "plain.topo", in: scratch)
        #expect(try file.status == 0 && file.output.isEmpty && scratch.read("plain.topo") == command.output)
        let piped = try Command(["expand", "-"], in: scratch, input: command.output)
        #expect(piped.output == command.output)
    }

    @Test func anErrorIsTold() throws {
        try scratch.write("topology: t\nhosts: {h2..h1: {}}\n", to: "wrong.topo")
        let command = try Command("expand", "wrong.topo", in: scratch)
        #expect(command.status == 1 && command.output.isEmpty && command.error.hasPrefix("error[T0218]"))
        #expect(try Command("expand", "none.topo", in: scratch).status == 3)
    }
}

/// The lock of automatic addresses, as `build` keeps it.
@Suite struct LockTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(Self.topology(["c1", "c2"]), to: "net.topo")
    }

    private static func topology(_ containers: [String]) -> String {
        """
        topology: net
        runtime: netns
        hosts:
          host1:
            bridges: {br0: {address: 10.1.0.1/24}}
            containers:

        """ + containers.map { "      \($0): {bridge: br0, address: auto}\n" }.joined()
    }

    private func lock() throws -> [String] {
        try scratch.read("net.topo.lock").split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
    }

    @Test func buildWritesIt() throws {
        let first = try Command("build", "net.topo", in: scratch)
        #expect(first.status == 0, "\(first.error)")
        #expect(!first.error.contains("T0318"))
        #expect(try lock() == ["host1/c1 eth0 10.1.0.2/24", "host1/c2 eth0 10.1.0.3/24"])
        let before = try scratch.read("out/net/host1/up.sh")
        try scratch.write(Self.topology(["c0", "c1", "c2"]), to: "net.topo")
        #expect(try Command("build", "net.topo", in: scratch).status == 0)
        #expect(try lock() == ["host1/c0 eth0 10.1.0.4/24", "host1/c1 eth0 10.1.0.2/24", "host1/c2 eth0 10.1.0.3/24"])
        let after = try scratch.read("out/net/host1/up.sh")
        #expect(before != after && after.contains("10.1.0.4/24"))
    }

    @Test func othersUseItAndLeaveIt() throws {
        for words in [["check", "net.topo"], ["expand", "net.topo"], ["reach", "net.topo"]] {
            let command = try Command(words, in: scratch)
            #expect(command.status == 0)
            #expect((command.error + command.output).contains("T0318") == (words[0] != "expand"))
            #expect(try !scratch.files().contains("net.topo.lock"))
        }
    }

    @Test func lockedWritesNothing() throws {
        let refused = try Command("build", "--locked", "net.topo", in: scratch)
        #expect(refused.status == 1 && refused.error.contains("error[T0318]"))
        // A network may be wrong; addresses that anybody would give anew are not what was asked for.
        #expect(try Command("build", "--locked", "--despite-errors", "net.topo", in: scratch).status == 1)
        #expect(try scratch.files() == ["net.topo"])
        #expect(try Command("build", "net.topo", in: scratch).status == 0)
        #expect(try Command("build", "--locked", "net.topo", in: scratch).status == 0)
        // One container less is no address that changes.
        try scratch.write(Self.topology(["c2"]), to: "net.topo")
        #expect(try Command("build", "--locked", "net.topo", in: scratch).status == 0)
        #expect(try lock().count == 2)
        try scratch.write(Self.topology(["c2"]).replacing("10.1.0.1/24", with: "10.9.0.1/24"), to: "net.topo")
        let renumbered = try Command("build", "--locked", "net.topo", in: scratch)
        #expect(renumbered.status == 1 && renumbered.error.contains("error[T0319]"))
        let cut = try scratch.read("net.topo.lock").dropLast(3)
        try scratch.write(String(cut), to: "net.topo.lock")
        let broken = try Command("build", "net.topo", in: scratch)
        #expect(broken.status == 1 && broken.error.contains("error[T0317]"))
        #expect(try scratch.read("net.topo.lock") == cut)
    }

    @Test func standardInputMayHaveOneThatIsNamed() throws {
        let first = try Command(["build", "-", "--lock", "l"], in: scratch, input: Self.topology(["c1"]))
        #expect(first.status == 0, "\(first.error)")
        #expect(try scratch.read("l").contains("host1/c1 eth0 10.1.0.2/24\n"))
        #expect(try !scratch.files().contains("net.topo.lock"))
        let more = try Command(["build", "-", "--lock", "l", "-q"], in: scratch, input: Self.topology(["c0", "c1"]))
        #expect(more.status == 0 && more.error == "", "\(more.error)")
        #expect(try scratch.read("l").contains("host1/c1 eth0 10.1.0.2/24\n"))
        for command in [
            ["check"], ["expand"], ["reach"], ["graph", "--format", "dot"], ["report", "--format", "csv"],
        ] {
            let run = try Command(command + ["-", "--lock", "l"], in: scratch, input: Self.topology(["c0", "c1"]))
            #expect(run.status == 0 && !run.error.contains("not locked"), "\(command): \(run.error)")
        }
        let trace = try Command(
            ["trace", "-", "c0", "c1", "--lock", "l"], in: scratch, input: Self.topology(["c0", "c1"]))
        #expect(trace.status == 0 && trace.output.contains("10.1.0.2"), "\(trace.error)")
    }

    @Test func oneThatIsNamedIsTheLockOfOneTopology() throws {
        try scratch.write(Self.topology(["c1"]), to: "other.topo")
        for command in ["build", "check"] {
            let refused = try Command(command, "net.topo", "other.topo", "--lock", "l", in: scratch)
            #expect(refused.status == 2 && refused.error.contains("--lock names the lock of one topology"))
        }
        #expect(try scratch.files() == ["net.topo", "other.topo"])
    }

    @Test func standardInputHasNone() throws {
        let command = try Command(["build", "-"], in: scratch, input: Self.topology(["c1"]))
        #expect(command.status == 2 && command.error.contains("standard input has no lock beside it"))
        #expect(try scratch.files() == ["net.topo"])
    }

    /// Two branches that each add a container, merged by git: none that was there before is renumbered.
    @Test func twoBranchesMerge() throws {
        func git(_ words: String...) throws -> Int32 {
            try Command(
                ["git", "-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "init.defaultBranch=main"] + words,
                in: scratch, program: "/usr/bin/env"
            ).status
        }
        func commit(_ containers: [String]) throws {
            try scratch.write(Self.topology(containers), to: "net.topo")
            #expect(try Command("build", "net.topo", in: scratch).status == 0)
            #expect(try git("add", "net.topo", "net.topo.lock") == 0)
            #expect(try git("commit", "-qm", "m") == 0)
        }
        #expect(try git("init", "-q") == 0)
        try commit(["b", "d", "f"])
        #expect(try git("checkout", "-qb", "other") == 0)
        try commit(["b", "d", "f", "g"])
        #expect(try git("checkout", "-q", "main") == 0)
        try commit(["a", "b", "d", "f"])
        // Both gave 10.1.0.5; the lines do not touch.
        #expect(try git("merge", "-q", "--no-edit", "other") == 0)
        let merged = try lock()
        #expect(merged.filter { $0.hasSuffix(" 10.1.0.5/24") }.count == 2)
        let build = try Command("build", "net.topo", in: scratch)
        #expect(build.status == 0 && build.error.contains("warning[T0319]: \"eth0\" of host1/g gets another address"))
        #expect(
            try lock() == [
                "host1/a eth0 10.1.0.5/24", "host1/b eth0 10.1.0.2/24", "host1/d eth0 10.1.0.3/24",
                "host1/f eth0 10.1.0.4/24",
                "host1/g eth0 10.1.0.6/24",
            ])
        // Two that add in one place conflict, which topoc sees too.
        #expect(try git("checkout", "-qb", "third") == 0)
        try commit(["a", "b", "d", "e", "f", "g"])
        #expect(try git("checkout", "-q", "main") == 0)
        #expect(try git("commit", "-qam", "m") == 0 || true)
        try commit(["a", "b", "d", "ee", "f", "g"])
        _ = try git("merge", "-q", "--no-edit", "third")
        try scratch.write(Self.topology(["a", "b", "d", "e", "ee", "f", "g"]), to: "net.topo")
        let unsolved = try Command("build", "net.topo", in: scratch)
        #expect(unsolved.status == 1 && unsolved.error.contains("merge mark"), "\(unsolved.error)")
    }
}
