import Foundation
import Testing

extension LabTests {
    /// The journal of a host's scripts: whatever has become of it, nothing that was written down is forgotten.
    @Suite struct JournalTests {
        private static func text(_ name: String, container: String = "c1", tools: String = "brctl") -> String {
            """
            topology: \(name)
            runtime: netns
            bridge-tools: \(tools)
            lans:
              internal: {subnet: 10.0.0.0/24}
            hosts:
              host1:
                forwarding: true
                nics:
                  eth0: {lan: internal, address: 10.0.0.1/24, mac: "02:00:00:00:01:01"}
                bridges:
                  br-\(container): {address: \(container == "c1" ? "10.1.0.1/24" : "10.2.0.1/24")}
                containers:
                  \(container): {bridge: br-\(container), address: \(container == "c1" ? "10.1.0.2/24" : "10.2.0.2/24")}

            """
        }

        /// A host with nothing on it but its NIC, and the scripts of one topology.
        private struct Subject {
            let lab: Lab
            let scripts: URL
            let before: State

            init(_ text: String = JournalTests.text("one")) throws {
                lab = try Lab(text: text, on: Machine())
                scripts = try lab.upWithoutScripts(["host1"])
                try lab.raiseOnce("eth0", of: "host1")
                before = try lab.state(of: "host1")
            }

            func run(_ script: String, in folder: URL? = nil, _ options: String...) throws -> Machine.Run {
                let path = (folder ?? scripts).appendingPathComponent("host1/\(script)").path
                return try lab.exec("host1", ["sh", path] + options)
            }

            func shell(_ line: String) throws -> String {
                let run = try lab.exec("host1", "sh", "-c", line)
                try #require(run.status == 0, "\(line): \(run.text)")
                return run.text
            }

            func up(in folder: URL? = nil) throws {
                let up = try run("up.sh", in: folder)
                try #require(up.status == 0, "\(up.text)")
            }

            /// How the host differs from what it was, but for the journal.
            func expectAsBefore(_ what: String = "") throws {
                let difference = try lab.difference(of: "host1", from: before, where: State.isTheHosts)
                #expect(difference == "", "\(what)")
            }
        }

        private static let journal = "/run/topoc/one/host1/journal"

        @Test func aBadLineStopsNoOtherUndo() throws {
            let subject = try Subject()
            try subject.up()
            let bad = ["delete_link 'br", "touch /run/evil", "delete_link $(touch", "\u{1B}[31m"]
            let lines = bad.map { "printf '%s\\n' '\($0.replacing("'", with: "'\\''"))' >>\(Self.journal)" }
            _ = try subject.shell(
                lines.joined(separator: "; ") + "; printf 'remove_address 10.0.0.1/24 eth' >>\(Self.journal)")
            let down = try subject.run("down.sh")
            #expect(down.status == 1, "\(down.text)")
            #expect(down.text.components(separatedBy: "not a line of a journal").count == bad.count + 1, "\(down.text)")
            #expect(!down.text.contains("\u{1B}"))
            try subject.expectAsBefore()
            #expect(try subject.shell("ls /run").contains("evil\n") == false)
            #expect(try subject.shell("cat \(Self.journal)") == bad.map { $0 + "\n" }.joined())
        }

        @Test func onAFullOrReadOnlyDiskNothingIsForgotten() throws {
            let subject = try Subject()
            _ = try subject.shell("mkdir -m 700 /run/topoc && mount -t tmpfs -o size=128k,mode=700 tmpfs /run/topoc")
            try subject.up()
            let journal = try subject.shell("cat \(Self.journal)")
            _ = try subject.shell("mount -o remount,ro /run/topoc")
            let refused = try subject.run("down.sh")
            #expect(refused.status == 3 && refused.text.contains("read-only"), "\(refused.text)")
            #expect(try subject.shell("cat \(Self.journal); ip link show dev br-c1").hasPrefix(journal))
            _ = try subject.shell(
                "mount -o remount,rw /run/topoc; dd if=/dev/zero of=/run/topoc/one/host1/fill 2>/dev/null; true")
            let full = try subject.run("down.sh")
            #expect(full.status == 1 && full.text.contains("cannot write"), "\(full.text)")
            let left = try subject.shell("cat \(Self.journal)").split(separator: "\n")
            #expect(!left.isEmpty && left.allSatisfy { journal.split(separator: "\n").contains($0) }, "\(left)")
            _ = try subject.shell("rm /run/topoc/one/host1/fill")
            let down = try subject.run("down.sh")
            #expect(down.status == 0, "\(down.text)")
            _ = try subject.shell("umount /run/topoc; rmdir /run/topoc")
            try subject.expectAsBefore()
        }

        /// A line that cannot be written down is a change that is not made.
        @Test func withoutRoomForItsJournalUpChangesNothing() throws {
            let subject = try Subject()
            _ = try subject.shell(
                "mkdir -m 700 /run/topoc && mount -t tmpfs -o size=16k,mode=700 tmpfs /run/topoc; umask 077; "
                    + "mkdir -p /run/topoc/one/host1; dd if=/dev/zero of=/run/topoc/one/host1/fill 2>/dev/null; true")
            let up = try subject.run("up.sh")
            #expect(up.status == 1 || up.status == 3, "\(up.text)")
            _ = try subject.shell("umount /run/topoc; rmdir /run/topoc")
            try subject.expectAsBefore()
        }

        @Test func withoutItsToolsDownChangesNothing() throws {
            let subject = try Subject()
            try subject.up()
            let journal = try subject.shell("cat \(Self.journal)")
            for tool in ["ip", "brctl", "sysctl"] {
                let down = try subject.lab.exec(
                    "host1", "unshare", "-m", "sh", "-c",
                    "mount --bind /dev/null \"$(readlink -f \"$(command -v \(tool))\")\" && exec sh \"$0\"",
                    subject.scripts.appendingPathComponent("host1/down.sh").path)
                #expect(down.status == 3 && down.text.contains("\"\(tool)\" is not installed"), "\(down.text)")
            }
            #expect(try subject.shell("cat \(Self.journal)") == journal)
            #expect(try subject.run("down.sh").status == 0)
            try subject.expectAsBefore()
        }

        @Test(arguments: ["chmod 777 /run/topoc", "chmod 770 /run/topoc/one", "chown 12345 /run/topoc/one/host1"])
        func whatOthersMayWriteIsNotRun(change: String) throws {
            let subject = try Subject()
            try subject.up()
            _ = try subject.shell(change)
            for script in ["up.sh", "down.sh"] {
                let run = try subject.run(script)
                #expect(run.status == 3 && run.text.contains("is not root's alone"), "\(run.text)")
            }
            #expect(try subject.shell("ip link show dev br-c1").contains("br-c1"))
        }

        @Test func anotherUserIsToldWhatItCannotRead() throws {
            let subject = try Subject()
            try subject.up()
            let path = subject.scripts.appendingPathComponent("host1/up.sh").path
            let run = try subject.lab.exec(
                "host1", "sh", "-c",
                "cp '\(path)' /run/up.sh && chmod 644 /run/up.sh && setpriv --reuid 65534 --clear-groups sh /run/up.sh --dry-run"
            )
            #expect(run.text.contains("cannot read /run/topoc"), "\(run.text)")
        }

        /// What two topologies need is undone with the last of them.
        @Test(arguments: [true, false]) func whatTwoNeedStaysForTheOther(firstEndsFirst: Bool) throws {
            let subject = try Subject()
            let two = try subject.lab.scripts(ofTopology: Self.text("two", container: "c2"))
            try subject.up()
            try subject.up(in: two)
            let (first, second) = firstEndsFirst ? (subject.scripts, two) : (two, subject.scripts)
            let down = try subject.run("down.sh", in: first)
            #expect(down.status == 0, "\(down.text)")
            let left = try subject.shell(
                "sysctl -n net.ipv4.ip_forward; ip -br address show dev eth0; cat /sys/class/net/eth0/address")
            #expect(left.hasPrefix("1\n") && left.contains("10.0.0.1/24") && left.contains(" UP "), "\(left)")
            #expect(left.contains("02:00:00:00:01:01"))
            let again = try subject.run("up.sh", in: second)
            #expect(again.text.contains("nothing to do"), "\(again.text)")
            let last = try subject.run("down.sh", in: second)
            #expect(last.status == 0, "\(last.text)")
            try subject.expectAsBefore()
            #expect(try subject.shell("ls -A /run").contains("topoc") == false)
        }

        @Test(arguments: ["brctl", "iproute2"]) func aBridgeWithPortsOfOthersStays(tools: String) throws {
            let subject = try Subject(Self.text("one", tools: tools))
            try subject.up()
            _ = try subject.shell(
                "ip link add name mine type veth peer name thine && ip link set dev mine master br-c1")
            let down = try subject.run("down.sh")
            #expect(down.status == 1 && down.text.contains("ports that are not of this topology: mine"), "\(down.text)")
            #expect(try subject.shell("ip link show dev mine").contains("master br-c1"))
            _ = try subject.shell("ip link delete dev mine")
            let again = try subject.run("down.sh")
            #expect(again.status == 0, "\(again.text)")
            try subject.expectAsBefore()
        }
    }
}
