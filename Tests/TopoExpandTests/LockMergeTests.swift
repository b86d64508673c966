import Foundation
import Testing
import TopoDiagnostics
import TopoExpand
import TopoSyntax

/// Two branches that each add something, merged by git itself.
@Suite("The lock after a merge")
struct LockMergeTests {
    /// A repository with a topology and its lock.
    private final class Repository {
        let folder: URL

        init() throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-merge-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            _ = try git("init", "-q", "-b", "main")
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func git(_ words: String...) throws -> Int32 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments =
                ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"] + words
            process.currentDirectoryURL = folder
            process.environment = ProcessInfo.processInfo.environment.merging([
                "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
            ]) { $1 }
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }

        private func url(_ name: String) -> URL { folder.appendingPathComponent(name) }

        /// Writes the topology and what it then locks, as `topoc build` does.
        func build(_ text: String) throws -> [String] {
            try Data(text.utf8).write(to: url("a.topo"))
            return try build()
        }

        /// Locks what the topology has.
        /// - Returns: the codes of what is found, but for what is not locked yet.
        func build() throws -> [String] {
            let lock = try? Array(Data(contentsOf: url("a.topo.lock")))
            let source = SourceFile(path: "a.topo", bytes: Array(try Data(contentsOf: url("a.topo"))), lock: lock)
            let root = try #require(read(source).output)
            let outcome = expand(root, of: source)
            if !outcome.diagnostics.hasErrors, let lock = outcome.output?.lock {
                try Data(lock).write(to: url("a.topo.lock"))
            }
            return outcome.diagnostics.filter { $0.code != .notLocked }.map(\.code.rawValue)
        }

        func commit() throws {
            _ = try git("add", "-A")
            _ = try git("commit", "-q", "-m", "one")
        }

        func lock() throws -> [String] {
            try String(contentsOf: url("a.topo.lock"), encoding: .utf8).split(separator: "\n").map(String.init)
        }

        /// One change on each of two branches, merged into main.
        /// - Returns: the status of the merge, and the locks of the branches.
        func merge(_ base: String, _ one: String, _ other: String) throws -> (status: Int32, locks: [[String]]) {
            _ = try build(base)
            try commit()
            var locks: [[String]] = []
            for (name, text) in [("one", one), ("other", other)] {
                _ = try git("checkout", "-q", "-b", name, "main")
                #expect(try build(text) == [])
                try commit()
                locks.append(try lock())
            }
            _ = try git("checkout", "-q", "one")
            return (try git("merge", "-q", "other"), locks)
        }
    }

    private static func text(_ hosts: [(name: String, containers: [String])], kind: String = "vxlan, vni: 1") -> String
    {
        var text = "topology: t\nruntime: netns\nlans:\n  l: {subnet: 172.16.1.0/24}\nnetworks:\n"
        text += "  n: {kind: \(kind), subnet: 10.0.0.0/16}\nhosts:\n"
        for host in hosts {
            text += "  \(host.name):\n    nics:\n      e: {lan: l, address: auto}\n    containers:\n"
            for container in host.containers { text += "      \(container): {network: n}\n" }
            text += "\n\n\n"
        }
        return text
    }

    private static let base = [("a", ["c1", "c2"]), ("b", ["c1", "c2"]), ("d", ["c1", "c2"])]

    private static func adding(_ container: String, to host: Int) -> [(name: String, containers: [String])] {
        base.enumerated().map { ($1.0, $0 == host ? $1.1 + [container] : $1.1) }
    }

    @Test(
        "of two branches that add a container each to other hosts, both keep their lines, and the later is renumbered")
    func twoHosts() throws {
        let repository = try Repository()
        let merged = try repository.merge(
            Self.text(Self.base), Self.text(Self.adding("x", to: 0)), Self.text(Self.adding("y", to: 2)))
        try #require(merged.status == 0)
        let before = try repository.lock()
        // Each branch gave the lowest free address, which is the same.
        #expect(before.contains("a/x eth0 10.0.0.7/16") && before.contains("d/y eth0 10.0.0.7/16"))
        #expect(try repository.build() == ["T0319"])
        let after = try repository.lock()
        #expect(after.contains("a/x eth0 10.0.0.7/16") && after.contains("d/y eth0 10.0.0.8/16"))
        #expect(Set(merged.locks[0]).subtracting(after) == [])
        #expect(try repository.build() == [])
    }

    @Test("what git leaves to be solved is an error until both branches' lines are kept")
    func marks() throws {
        let repository = try Repository()
        let merged = try repository.merge(
            Self.text(Self.base), Self.text(Self.adding("x", to: 2)), Self.text(Self.adding("y", to: 2)))
        try #require(merged.status != 0)
        // The topology is solved by hand.
        var both = Self.base.map { (name: $0.0, containers: $0.1) }
        both[2].containers += ["x", "y"]
        #expect(try repository.build(Self.text(both)) == ["T0317"])
        let url = repository.folder.appendingPathComponent("a.topo.lock")
        let solved = try repository.lock().filter {
            !$0.hasPrefix("<<<") && !$0.hasPrefix("===") && !$0.hasPrefix(">>>")
        }
        try Data((solved.joined(separator: "\n") + "\n").utf8).write(to: url)
        #expect(try repository.build() == ["T0319"])
        let after = try repository.lock()
        #expect(after.contains("d/x eth0 10.0.0.7/16") && after.contains("d/y eth0 10.0.0.8/16"))
        #expect(Set(merged.locks[0]).subtracting(after) == [])
    }

    @Test("two branches that add a host to a routed network gave both the same slice: the later gets another")
    func slices() throws {
        let repository = try Repository()
        // Git keeps the lines of both, where it is told to.
        try Data("*.lock merge=union\n".utf8).write(to: repository.folder.appendingPathComponent(".gitattributes"))
        let base = Self.base.map { (name: $0.0, containers: $0.1) }
        let merged = try repository.merge(
            Self.text(base, kind: "routed"), Self.text([("aa", ["c1"])] + base, kind: "routed"),
            Self.text(base + [("z", ["c1"])], kind: "routed"))
        try #require(merged.status == 0)
        let before = try repository.lock()
        #expect(before.contains("aa n slice 10.0.0.24/29") && before.contains("z n slice 10.0.0.24/29"))
        #expect(try repository.build().allSatisfy { $0 == "T0319" })
        let after = try repository.lock()
        #expect(after.contains("aa n slice 10.0.0.24/29") && after.contains("z n slice 10.0.0.32/29"))
        #expect(after.contains("z/c1 eth0 10.0.0.34/29") && after.contains("z n 10.0.0.33/29"))
        #expect(Set(merged.locks[0]).subtracting(after) == [])
        #expect(try repository.build() == [])
    }
}
