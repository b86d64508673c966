import Foundation
import Testing

extension LabTests {
    /// What `lab.sh` itself promises.
    @Suite(.serialized) struct ScriptTests {
        /// Two hosts, each with a container of the same name, on a LAN that the rest of the text describes.
        private static func topology(_ name: String, lan: String = "{subnet: 10.0.0.0/24}") -> String {
            """
            topology: \(name)
            runtime: netns
            lans:
              the-LAN: \(lan)
            hosts:
              host1:
                nics:
                  eth0: {lan: the-LAN, address: 10.0.0.1/24, mac: "02:00:00:00:00:01"}
                  eth1: {}
                bridges:
                  br0: {address: 10.1.0.1/24}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24}
              host2:
                nics:
                  eth0: {lan: the-LAN, address: 10.0.0.2/24}
                bridges:
                  br0: {address: 10.2.0.1/24}
                containers:
                  c1: {bridge: br0, address: 10.2.0.11/24}

            """
        }

        @Test func twoTopologiesAreUpAtOnceAndNeitherLeavesAnything() throws {
            let machine = try Machine()
            let before = try machine.state()
            let labs = try ["first", "second"].map { try Lab(text: ScriptTests.topology($0), on: machine) }
            for lab in labs {
                let up = try lab.run("up")
                try #require(up.status == 0, "\(up.text)")
            }
            for lab in labs {
                #expect(try lab.exec("host1", "hostname").text == "host1\n")
                #expect(try lab.exec("host2/c1", "ping", "-n", "-c", "1", "-W", "2", "10.2.0.1").status == 0)
                #expect(try lab.run("status").status == 0)
                #expect(try lab.run("down").status == 0)
                #expect(try lab.run("status").status == 1)
            }
            #expect(try machine.state().difference(from: before) == "")
        }

        @Test func aNameIsTakenByOneFolder() throws {
            let machine = try Machine()
            let mine = try Lab(text: ScriptTests.topology("net"), on: machine)
            let other = try Lab(text: ScriptTests.topology("net"), on: machine, in: "other")
            #expect(try mine.run("up").status == 0)
            for verb in ["up", "test", "down"] {
                let run = try other.run(verb)
                #expect(run.status == 3)
                #expect(run.text.contains("a lab \"net\" is up from \(mine.folder.path)"), "\(run.text)")
            }
            #expect(try mine.exec("host1", "true").status == 0)
            try FileManager.default.removeItem(at: mine.folder)
            #expect(try other.run("down").status == 0)
            #expect(try other.run("up").status == 0)
        }

        @Test func execSaysWhatThereIsAndGivesTheCommandsStatus() throws {
            let lab = try Lab(text: ScriptTests.topology("net"), on: Machine())
            #expect(try lab.exec("host1", "true").status == 3)
            #expect(try lab.run("up").status == 0)
            #expect(try lab.exec("host1/c1", "sh", "-c", "exit 7").status == 7)
            let ambiguous = try lab.exec("c1", "true")
            #expect(ambiguous.status == 2)
            #expect(ambiguous.text.contains("there are several \"c1\": host1/c1 host2/c1"))
            let unknown = try lab.exec("c9", "true")
            #expect(unknown.status == 2)
            #expect(unknown.text.contains("there is no \"c9\"; there are: host1 host2 host1/c1 host2/c1 lan:the-LAN"))
            #expect(try lab.exec("lan:the-LAN", "cat", "/sys/class/net/lan-1/brif/host1.eth0/state").status != 2)
            #expect(try lab.run("up", "--wrong").status == 2)
        }

        @Test func whatRunsInItEndsWithIt() throws {
            let machine = try Machine()
            let before = try machine.state()
            let lab = try Lab(text: ScriptTests.topology("net"), on: machine)
            #expect(try lab.run("up").status == 0)
            let script = lab.folder.appendingPathComponent("lab.sh").path
            let started = try ["host1", "host1/c1", "lan:the-LAN"].map {
                try machine.start(["sh", script, "exec", $0, "sleep", "1000"])
            }
            let three = "[ $(pgrep -xc sleep) -eq 3 ]"
            for _ in 0..<50 where try machine.shell(three).status != 0 { usleep(100_000) }
            #expect(try machine.shell("pgrep -xc sleep").text == "3\n")
            #expect(try lab.run("down").status == 0)
            for process in started { process.waitUntilExit() }
            #expect(try machine.shell("pgrep -xc sleep").text == "0\n")
            #expect(try machine.state().difference(from: before) == "")
        }

        /// At one change of each form, as `forms.sh` finds them, of the first twelve: lab.sh's own, and some of up.sh's.
        @Test func killedAtEachFormItContinuesAndIsTakenAway() throws {
            let machine = try Machine()
            let before = try machine.state()
            let lab = try Lab(text: ScriptTests.topology("net"), on: machine)
            let shim = try Shim(in: lab)
            let script = lab.folder.appendingPathComponent("lab.sh")
            var forms: Set<String> = []
            #expect(try machine.run(shim.words(script, ["up"], .after, at: 0)).status == 0)
            let steps = try shim.steps(without: &forms).filter { $0.number <= 12 }
            #expect(try lab.run("down").status == 0)
            #expect(steps.count == 6, "\(steps)")
            for (index, step) in steps.enumerated() {
                let killed = try machine.run(shim.words(script, ["up"], .after, at: step.number))
                #expect(killed.status == 137, "step \(step): \(killed.text)")
                if !index.isMultiple(of: 2) {
                    let up = try lab.run("up")
                    #expect(up.status == 0, "after a kill at step \(step): \(up.text)")
                }
                let down = try lab.run("down")
                #expect(down.status == 0, "after a kill at step \(step): \(down.text)")
                try #require(try machine.state().difference(from: before) == "", "after a kill at step \(step)")
            }
        }

        @Test func aFailureIsTakenDownUnlessKept() throws {
            let machine = try Machine()
            let before = try machine.state()
            let lab = try Lab(text: ScriptTests.topology("net"), on: machine)
            let script = lab.folder.appendingPathComponent("host2/up.sh")
            let text = try String(contentsOf: script, encoding: .utf8)
            try "echo no; exit 1\n".write(to: script, atomically: false, encoding: .utf8)
            let failed = try lab.run("up")
            #expect(failed.status == 1)
            #expect(failed.text.contains("lab.sh: this failed: host2/up.sh"))
            #expect(try machine.state().difference(from: before) == "")
            #expect(try lab.run("up", "--keep").status == 1)
            try text.write(to: script, atomically: false, encoding: .utf8)
            #expect(try lab.run("up").status == 0)
            #expect(try lab.run("test").status == 0)
        }

        @Test func aLANThatIsNotPromiscuousHandsANICItsOwnFramesAlone() throws {
            let text = ScriptTests.topology("net", lan: "{subnet: 10.0.0.0/24, promiscuous: false, mtu: 1400}")
            let lab = try Lab(text: text, on: Machine())
            let up = try lab.run("up")
            try #require(up.status == 0, "\(up.text)")
            // host1's NIC has a MAC that up.sh gave it.
            #expect(try lab.exec("host2", "ping", "-n", "-c", "1", "-W", "2", "10.0.0.1").status == 0)
            #expect(
                try lab.exec("host2", "ping", "-n", "-c", "1", "-W", "1", "-M", "do", "-s", "1373", "10.0.0.1").status
                    != 0)
            let other = "02:00:00:00:00:99"
            let setting = try lab.exec("host1", "ip", "link", "set", "dev", "eth0", "address", other)
            #expect(setting.status == 0)
            let neighbour = ["ip", "neighbour", "replace", "10.0.0.1", "lladdr", other, "dev", "eth0"]
            #expect(try lab.exec("host2", neighbour).status == 0)
            #expect(try lab.exec("host2", "ping", "-n", "-c", "1", "-W", "1", "10.0.0.1").status != 0)
        }
    }
}
