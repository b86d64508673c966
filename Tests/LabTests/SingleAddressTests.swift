import Foundation
import Testing

extension LabTests {
    /// Containers with a single address behind their hosts, which a real kernel answers for as predicted.
    @Suite struct SingleAddressTests {
        private func text() throws -> String { try Lab.text(of: "../Tests/Fixtures/Networks/single-addresses") }

        @Test func theyAreReachedAsPredicted() throws {
            let machine = try Machine()
            let before = try machine.state()
            let lab = try Lab(text: text(), on: machine)
            try lab.expectUp(holding: [
                "pc reaches web (203.0.113.20)", "pc reaches web (2001:db8:113::20)",
                "outside:internet reaches web (203.0.113.20)", "outside:internet reaches web (2001:db8:113::20)",
                "web reaches shop (203.0.113.30)", "host1 reaches web (203.0.113.20)",
                "outside:internet does not reach db (198.18.0.5): ", "pc does not reach db (198.18.0.5): ",
            ])
            // The host answers for these addresses and for no other that it has a route to.
            #expect(try lab.exec("pc", "ip", "route", "add", "198.18.0.5", "dev", "eth0").status == 0)
            #expect(try lab.exec("pc", "ping", "-n", "-c", "1", "-W", "2", "198.18.0.5").status == 1)
            // A neighbour that asks whether it is still there, by unicast, gets an answer.
            let probe =
                "ip -6 neighbour replace 2001:db8:113::20 dev eth0 nud probe "
                + "lladdr $(ip -6 neighbour show 2001:db8:113::20 | awk '{ print $5 }'); "
                + "for i in 1 2 3 4 5 6 7 8; do sleep 0.5; "
                + "ip -6 neighbour show 2001:db8:113::20 | grep REACHABLE && exit; done; exit 1"
            #expect(try lab.exec("pc", "sh", "-c", probe).status == 0)
            let down = try lab.run("down")
            #expect(down.status == 0, "\(down.text)")
            #expect(try machine.state().difference(from: before) == "")
        }

        /// The rehearsal tells all, a second run has nothing to do, an edit changes only what it says, and all of it is given back.
        @Test func anEditChangesWhatIsAnnounced() throws {
            let machine = try Machine()
            let text = try text()
            let lab = try Lab(text: text, on: machine)
            let scripts = try lab.upWithoutScripts(["host1", "host2", "flat"])
            func run(_ script: String, _ host: String = "host1", of scripts: URL) throws -> Machine.Run {
                try lab.exec(host, "sh", scripts.appendingPathComponent("\(host)/\(script)").path)
            }
            // It has been up before, as those of machines.
            let nic = "ip link set dev eth0 up && sleep 0.1 && ip link set dev eth0 down"
            try #require(try lab.exec("host1", "sh", "-c", nic).status == 0)
            let before = try lab.state(of: "host1")
            for host in ["host2", "host1"] {
                let up = try run("up.sh", host, of: scripts)
                try #require(up.status == 0, "\(up.text)")
            }
            func proxies() throws -> [String] {
                try lab.exec("host1", "ip", "neighbour", "show", "proxy").lines.map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
                .sorted()
            }
            func reaches(_ address: String) throws -> Bool {
                try lab.exec("host2", "ping", "-n", "-c", "2", "-W", "2", address).status == 0
            }
            let both = ["2001:db8:113::20 dev eth0 proxy", "203.0.113.20 dev eth0 proxy"]
            #expect(try proxies() == both)
            let again = try run("up.sh", of: scripts)
            #expect(again.lines.contains("  nothing to do: all of it is there"), "\(again.text)")
            // What somebody took out by hand is there again.
            #expect(try lab.exec("host1", "ip", "neighbour", "del", "proxy", "203.0.113.20", "dev", "eth0").status == 0)
            let mended = try run("up.sh", of: scripts)
            #expect(
                mended.lines.filter { $0.hasPrefix("  ") }
                    == ["  ip neighbour replace proxy 203.0.113.20 dev eth0"], "\(mended.text)")
            #expect(try reaches("203.0.113.20") && reaches("2001:db8:113::20"))
            // Not announced any more, then with another address.
            func edited(_ word: String, _ other: String) throws -> Machine.Run {
                // Some of its checks don't hold any more.
                let plain = String(text[..<(try #require(text.range(of: "checks:"))).lowerBound])
                let change = plain.replacing(word, with: other)
                try #require(change != plain)
                let next = try Lab(text: change, on: machine).scripts(of: "host1").deletingLastPathComponent()
                return try run("up.sh", of: next)
            }
            let quiet = try edited("203.0.113.20/32, announce: eth0", "198.18.0.20/32")
            #expect(quiet.status == 0, "\(quiet.text)")
            #expect(try proxies() == [both[0]])
            #expect(try lab.exec("host1", "ip", "route", "show", "203.0.113.20").text == "")
            #expect(try lab.exec("host2", "ping", "-n", "-c", "1", "-W", "2", "203.0.113.20").status == 1)
            let back = try run("up.sh", of: scripts)
            #expect(try back.status == 0 && proxies() == both, "\(back.text)")
            let down = try run("down.sh", of: scripts)
            #expect(down.status == 0, "\(down.text)")
            #expect(try lab.difference(of: "host1", from: before) == "")
        }
    }
}
