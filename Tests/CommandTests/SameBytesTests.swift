import Foundation
import Testing

/// The same input gives the same bytes, whichever process makes them: Swift seeds its hashes anew in each, so that a Set or
/// Dictionary that is iterated into output shows here.
@Suite struct SameBytesTests {
    private let scratch: Scratch

    /// Hosts of many names, with routes, links, tunnels and containers of several kinds; the far end lists its tunnels in
    /// another order, and some of it is told of as warnings.
    init() throws {
        scratch = try Scratch()
        var text = "topology: many\nruntime: docker\nimage: alpine\n"
        text += "lans: {lan: {subnet: [172.16.0.0/16, \"fd10::/64\"]}, spare: {subnet: 172.31.9.0/24}}\nhosts:\n"
        for host in 1...5 {
            text += "  h\(host):\n    forwarding: true\n"
            text += "    nics: {eth0: {lan: lan, addresses: [172.16.0.\(host)/16, \"fd10::\(host)/64\"]}, eth1: {}}\n"
            let others = [1, 2, 3, 4, 5].filter { $0 != host }
            text += "    tunnels:\n"
            for other in host % 2 == 0 ? others : others.reversed() {
                text += "      g\(other): {type: gretap, remote: h\(other), key: \(host * other)}\n"
            }
            text += "    bridges:\n      br0: {addresses: [10.\(host).0.1/24, \"fd\(host)::1/64\"]}\n"
            text += "      br1: {managed-by: existing, ports: [eth1], address: 10.\(host).9.1/24, mtu: 1400}\n"
            for other in others { text += "      over\(other): {ports: [g\(other)]}\n" }
            text += "    routes:\n"
            for other in others {
                text += "      - {to: 10.\(other).0.0/16, via: h\(other)}\n"
                text += "      - {to: \"fd\(other)::/64\", via: \"fd10::\(other)\"}\n"
            }
            text += "    containers:\n"
            for number in 1...3 { text += "      a\(number): {bridge: br0, address: 10.\(host).0.\(number + 10)/24}\n" }
            text += "      link: {p2p: 10.\(host).2.0/30}\n"
        }
        try scratch.write(text, to: "many.topo")
    }

    @Test func twoBuildsAreTheSame() throws {
        for folder in ["one", "two"] {
            let command = try Command("build", "many.topo", "-o", folder, in: scratch)
            #expect(command.status == 0, "\(command.error)")
        }
        let files = try scratch.files(below: "one")
        #expect(files == (try scratch.files(below: "two")) && files.count > 50)
        for file in files {
            #expect(try scratch.read("one/\(file)") == scratch.read("two/\(file)"), "\(file)")
        }
    }

    @Test(arguments: [
        ["check", "--format", "text"], ["check", "--format", "json"], ["check", "--format", "sarif"],
        ["check", "--format", "github"], ["reach"], ["reach", "--format", "json"], ["reach", "--format", "html"],
        ["reach", "--format", "csv", "--pairs"], ["graph", "--format", "dot"], ["graph", "--format", "d2"],
        ["graph", "--format", "mermaid", "--view", "overlay"], ["report", "--format", "markdown", "-o", "-"],
    ])
    func whatIsSaidTwiceIsTheSame(arguments: [String]) throws {
        let said = try (0..<3).map { _ in try Command(arguments + ["many.topo"], in: scratch) }
        #expect(said[0].status == 0 && !said[0].output.isEmpty, "\(said[0].error)")
        #expect(Set(said.map(\.output)).count == 1)
        #expect(Set(said.map(\.error)).count == 1)
    }
}
