import Foundation
import RandomTopologies
import Testing
import TopoDiagnostics
import TopoDriver
import TopoTemplates

extension LabTests {
    /// An edited topology that is brought up over the running one gives what it gives from nothing.
    @Suite(.serialized) struct ConvergenceTests {
        /// An edit: texts of the topology below, each with what comes in its place.
        struct Edit: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let changes: [(String, String)]

            init(_ name: String, _ changes: (String, String)...) { (testDescription, self.changes) = (name, changes) }

            /// Some edits at once.
            init(_ edits: [Edit]) {
                testDescription = edits.map(\.testDescription).joined(separator: ", ")
                changes = edits.flatMap(\.changes)
            }

            /// Makes it; nil where a text is not there.
            func made(in text: String) -> String? {
                var text = text
                for change in changes {
                    guard text.contains(change.0) else { return nil }
                    text = text.replacing(change.0, with: change.1)
                }
                return text
            }

            /// Whether the lab has to plug NICs anew, which it does when it is up.
            var replugs: Bool { testDescription.contains("NIC") || testDescription.contains("LAN") }
        }

        /// The edits, several at once where each finds its texts as they were; alone with TOPOC_EACH_EDIT.
        private static var rounds: [Edit] {
            guard ProcessInfo.processInfo.environment["TOPOC_EACH_EDIT"] == nil else { return edits }
            var groups: [[Edit]] = []
            for edit in edits {
                let place = groups.firstIndex { group in
                    group.count < 6 && group[0].replugs == edit.replugs
                        && Edit(group + [edit]).made(in: topology) != nil
                        && Edit([edit] + group).made(in: topology) == Edit(group + [edit]).made(in: topology)
                }
                if let place { groups[place].append(edit) } else { groups.append([edit]) }
            }
            return groups.map(Edit.init)
        }

        /// One of every kind of object.
        private static let topology = """
            topology: edited
            runtime: netns
            bridge-tools: brctl
            lans:
              one: {subnet: 10.0.0.0/24}
              two: {subnet: 10.9.0.0/24}
            hosts:
              host1:
                forwarding: true
                nics:
                  eth0: {lan: one, address: 10.0.0.1/24, mac: "02:00:00:00:01:01"}
                  eth1: {lan: two, mac: "02:00:00:00:01:02"}
                tunnels:
                  vx0: {type: vxlan, vni: 7, remotes: [host2], dev: eth0}
                bridges:
                  br1: {address: 10.1.0.1/24}
                  br2: {address: 10.2.0.1/24}
                  br3: {ports: [vx0]}
                  br9: {ports: [eth1], address: 10.9.0.1/24}
                containers:
                  c1: {bridge: br1, address: 10.1.0.11/24}
                  c2: {bridge: br1, address: 10.1.0.12/24}
                  c3: {bridge: br2, address: 10.2.0.13/24}
                  c4: {bridge: br3, address: 10.3.0.14/24, gateway: none}
                  c5: {p2p: {host: 10.5.0.1/30, container: 10.5.0.2/30}}
                routes:
                  - {to: 10.4.0.0/24, via: 10.0.0.2}
                nat:
                  - {out: eth0, from: 10.2.0.0/24, except: 10.4.0.0/24}
                publish:
                  - {in: eth0, tcp: 8080, to: c1, port: 80}
              host2:
                forwarding: true
                nics:
                  eth0: {lan: one, address: 10.0.0.2/24, mac: "02:00:00:00:02:01"}
                tunnels:
                  vx0: {type: vxlan, vni: 7, remotes: [host1], dev: eth0}
                bridges:
                  br3: {ports: [vx0]}
                  br4: {address: 10.4.0.1/24}
                containers:
                  c6: {bridge: br3, address: 10.3.0.16/24, gateway: none}
                  c7: {bridge: br4, address: 10.4.0.17/24}
                routes:
                  - {to: default, via: 10.0.0.1}
              host3:
                nics:
                  eth0: {lan: two, address: 10.9.0.3/24, mac: "02:00:00:00:03:01"}
                bridges:
                  br0: {address: 10.6.0.1/24}
                containers:
                  c8: {bridge: br0, address: 10.6.0.18/24}

            """

        private static let hostThree =
            "  host3:\n" + (topology.components(separatedBy: "  host3:\n").last ?? "")

        // swift-format-ignore: a line an edit
        private static let edits = [
            Edit("a container is taken out", ("      c2: {bridge: br1, address: 10.1.0.12/24}\n", "")),
            Edit("a rule for sources has no exception", (", except: 10.4.0.0/24", "")),
            Edit("a port is published to another container", ("to: c1, port", "to: c5, port")),
            Edit(
                "no address is changed any more",
                ("    nat:\n      - {out: eth0, from: 10.2.0.0/24, except: 10.4.0.0/24}\n", ""),
                ("    publish:\n      - {in: eth0, tcp: 8080, to: c1, port: 80}\n", "")),
            Edit("a container has another name", ("      c4:", "      c44:")),
            Edit(
                "a container is on another bridge",
                ("c2: {bridge: br1, address: 10.1.0.12", "c2: {bridge: br9, address: 10.9.0.12")),
            Edit(
                "a link in place of a bridge",
                ("{p2p: {host: 10.5.0.1/30, container: 10.5.0.2/30}}", "{bridge: br2, address: 10.2.0.2/24}")),
            Edit(
                "a bridge in place of a link",
                ("{bridge: br2, address: 10.2.0.13/24}", "{p2p: {host: 10.2.1.1/30, container: 10.2.1.2/30}}")),
            Edit(
                "a container moves to another host", ("      c2: {bridge: br1, address: 10.1.0.12/24}\n", ""),
                ("      c7: {", "      c2: {bridge: br4, address: 10.4.0.12/24}\n      c7: {")),
            Edit(
                "two containers swap addresses", ("10.1.0.11/24", "10.1.0.99/24"), ("10.1.0.12/24", "10.1.0.11/24"),
                ("10.1.0.99/24", "10.1.0.12/24")),
            Edit("a bridge has another address", ("10.1.0.1/24", "10.1.0.2/24")),
            Edit(
                "a bridge has another length", ("10.1.0.1/24", "10.1.0.1/25"), ("10.1.0.11/24", "10.1.0.11/25"),
                ("10.1.0.12/24", "10.1.0.12/25")),
            Edit("two bridges swap subnets", ("10.1.0.", "10.99.0."), ("10.2.0.", "10.1.0."), ("10.99.0.", "10.2.0.")),
            Edit("a bridge has another name", ("br1: {", "br11: {"), ("bridge: br1,", "bridge: br11,")),
            Edit("a bridge has another MTU", ("br1: {address", "br1: {mtu: 1400, address")),
            Edit("a bridge has STP", ("br9: {", "br9: {stp: true, ")),
            Edit(
                "a bridge is taken out", ("      br2: {address: 10.2.0.1/24}\n", ""),
                ("      c3: {bridge: br2, address: 10.2.0.13/24}\n", "")),
            Edit(
                "a NIC is no port", ("[eth1], address", "[], address"), ("10.9.0.1/24", "10.8.0.1/24"),
                ("eth1: {lan: two,", "eth1: {lan: two, address: 10.9.0.1/24,")),
            Edit(
                "a NIC is a port of another bridge",
                ("br9: {ports: [eth1], address: 10.9.0.1/24}", "br8: {ports: [eth1], address: 10.9.0.1/24}")),
            Edit("a NIC has another address", ("10.0.0.1/24", "10.0.0.5/24"), ("via: 10.0.0.1}", "via: 10.0.0.5}")),
            Edit("a NIC has another MAC", ("02:00:00:00:01:01", "02:00:00:00:01:07")),
            Edit(
                "a NIC is taken out", ("      eth1: {lan: two, mac: \"02:00:00:00:01:02\"}\n", ""),
                ("ports: [eth1], ", "")),
            Edit("a LAN has another MTU", ("10.0.0.0/24}", "10.0.0.0/24, mtu: 1400}")),
            Edit(
                "a NIC is on another LAN",
                ("eth0: {lan: two, address: 10.9.0.3/24", "eth0: {lan: one, address: 10.0.0.3/24")),
            Edit("a VXLAN has another VNI", ("vni: 7", "vni: 8")),
            Edit("a VXLAN has another port", ("vni: 7", "vni: 7, port: 8472")),
            Edit(
                "a VXLAN has a group", ("remotes: [host2]", "group: 239.1.1.1"),
                ("remotes: [host1]", "group: 239.1.1.1")),
            Edit(
                "a VXLAN has another peer", ("remotes: [host2]", "remotes: [10.0.0.77]"),
                ("ports: [vx0]", "ports: [vx0], mtu: 1300")),
            Edit(
                "a route goes elsewhere", ("{to: 10.4.0.0/24, via: 10.0.0.2}", "{to: 10.4.0.0/24, via: 10.0.0.9}"),
                ("{to: default, via: 10.0.0.1}", "{to: default, via: 10.0.0.1, metric: 50}")),
            Edit("a route is taken out", ("    routes:\n      - {to: 10.4.0.0/24, via: 10.0.0.2}\n", "")),
            Edit(
                "the default route has a router more",
                ("{to: default, via: 10.0.0.1}", "{to: default, via: [10.0.0.8, 10.0.0.1]}")),
            Edit(
                "a container has another gateway", ("10.1.0.12/24}", "10.1.0.12/24, gateway: 10.1.0.11}"),
                ("10.1.0.11/24}", "10.1.0.11/24, forwarding: true}")),
            Edit("a host does not forward", ("  host2:\n    forwarding: true\n", "  host2:\n")),
            Edit("a host is taken out", (hostThree, "")),
            Edit("bridges by ip", ("bridge-tools: brctl", "bridge-tools: iproute2")),
        ]

        /// What the kernel has, without what bridges have learned, what comes a moment later and up.sh's own notes.
        private static func settled(_ state: State) -> Set<String> {
            Set(
                state.lines.filter(State.isLasting).map { line in
                    // A port of a bridge with STP is held back for some seconds where it is new.
                    line.replacing("\"linkdown\"", with: "").replacing("\"NO-CARRIER\",", with: "")
                        .replacing(",\"LOWER_UP\"", with: "").replacing(
                            "\"operstate\":\"DOWN\"", with: "\"operstate\":\"UP\"")
                })
        }

        /// The commands that a host's up.sh shows.
        private static func commands(_ text: String, of host: String) -> [String] {
            let part = text.components(separatedBy: "--- \(host): up.sh ---\n").last ?? ""
            return part.components(separatedBy: "\n---")[0].split(separator: "\n").map(String.init)
                // What is new is made together, where it is known to be new.
                .filter { $0.hasPrefix("  ") && !$0.contains("nothing to do") }.sorted()
        }

        private static func hosts(of text: String) -> [String] {
            text.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && $0.hasSuffix(":") }
                .map { String($0.dropFirst(2).dropLast()) }
        }

        /// Brings a text up, where nothing is or in the place of another, and gives what each host then has.
        private static func up(
            _ text: String, on machine: Machine, over former: String? = nil, dry: Bool = false
        )
            throws -> [String: Set<String>]
        {
            try? FileManager.default.removeItem(at: machine.folder.appendingPathComponent("out"))
            let lab = try Lab(text: text, on: machine, despiteErrors: true)
            let stays = hosts(of: former ?? "").filter(hosts(of: text).contains)
            let promised = try (dry ? stays : []).map { host in
                try lab.exec(host, "sh", lab.scripts(of: host).appendingPathComponent("up.sh").path, "--dry-run").text
            }
            let run = try lab.run("up")
            try #require(run.status == 0, "\(run.text)")
            for (host, text) in zip(stays, promised) {
                let (said, done) = (commands(text, of: "none"), commands(run.text, of: host))
                #expect(said.difference(from: done).isEmpty, "the dry run of \(host): \(said.difference(from: done))")
            }
            if former != nil {
                let again = try lab.run("up")
                let idle = again.lines.count { $0 == "  nothing to do: all of it is there" }
                #expect(idle == hosts(of: text).count, "again: \(again.text)")
            }
            return try Dictionary(uniqueKeysWithValues: hosts(of: text).map { ($0, settled(try lab.state(of: $0))) })
        }

        private static func expect(
            _ found: [String: Set<String>], equals expected: [String: Set<String>], _ what: String
        ) {
            for host in expected.keys.sorted() {
                let (here, there) = (found[host] ?? [], expected[host] ?? [])
                let difference =
                    here.subtracting(there).sorted().map { "+ " + $0 }
                    + there.subtracting(here).sorted().map { "- " + $0 }
                #expect(difference == [], "\(what), \(host): over what was there, and not from nothing")
            }
        }

        /// There, and back again.
        @Test(arguments: rounds) func anEditGivesWhatItGivesFromNothing(edit: Edit) throws {
            let before = Self.topology
            let after = try #require(edit.made(in: before))
            let (machine, other) = (try Machine(), try Machine())
            let given = try Self.up(before, on: machine)
            let wanted = try Self.up(after, on: other)
            let dry = !edit.replugs
            Self.expect(try Self.up(after, on: machine, over: before, dry: dry), equals: wanted, "there")
            Self.expect(try Self.up(before, on: machine, over: after, dry: dry), equals: given, "back")
        }

        /// Random topologies, each in the place of another: of hosts, LANs and containers some have the same names.
        @Test(arguments: 0..<pairs) func aRandomTopologyTakesThePlaceOfAnother(pair: Int) throws {
            let (before, after) = (try Self.random(2 * pair), try Self.random(2 * pair + 1))
            let (machine, other) = (try Machine(), try Machine())
            _ = try Self.up(before, on: machine)
            let wanted = try Self.up(after, on: other)
            Self.expect(
                try Self.up(after, on: machine, over: before), equals: wanted, "\(before)\nthen\n\(after)\n")
        }

        private static let pairs =
            ProcessInfo.processInfo.environment["TOPOC_RANDOM_PAIRS"].flatMap { Int($0) } ?? 3

        /// The text of a draft that can be built; its NICs have MACs of their own, since the lab gives others by chance.
        private static func random(_ number: Int) throws -> String {
            for seed in 100 * number..<100 * number + 100 {
                var draft = RandomDraft.draft(seed: seed)
                for (host, nic) in draft.hosts.indices.flatMap({ host in
                    draft.hosts[host].nics.indices.map { (host, $0) }
                }) {
                    draft.hosts[host].nics[nic].settings.append(
                        Draft.Setting("mac", "\"02:00:00:00:0\(host):0\(nic)\""))
                }
                let source = SourceFile(path: "test.topo", bytes: Array(draft.text.utf8))
                let outcome = try compile(source, despiteErrors: true, templates: builtIn.get())
                if outcome.output != nil { return draft.text }
            }
            throw Lab.Refused(description: "no seed can be built")
        }
    }
}
