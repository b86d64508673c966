import Foundation
import Testing

extension LabTests {
    /// `plain.sh`, the commands alone.
    @Suite(.serialized) struct PlainTests {
        /// One of the project's, in which each NIC has a MAC of its own, since the lab gives others by chance.
        private static func topology(_ name: String) throws -> String {
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let file = root.appendingPathComponent("topologies/\(name).topo")
            let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "eth0: {lan:")
            return parts.dropFirst().enumerated().reduce(parts[0]) { text, part in
                text + "eth0: {mac: \"02:00:00:00:01:0\(part.offset)\", lan:" + part.element
            }
        }

        /// On hosts where nothing is, they give what `up.sh` gives.
        @Test(arguments: zip(["routed", "bridged", "vxlan"], ["10.2.0.2", "10.0.0.13", "10.0.0.13"]))
        func givesWhatUpGives(name: String, far: String) throws {
            let lab = try Lab(text: PlainTests.topology(name), on: Machine())
            let hosts = ["host1", "host2"]
            let up = try lab.run("up")
            try #require(up.status == 0, "\(up.text)")
            let expected = try hosts.map { try lab.state(of: $0) }
            try #require(try lab.run("down").status == 0)
            let scripts = try lab.upWithoutScripts(hosts)
            for host in hosts {
                let run = try lab.exec(host, "sh", scripts.appendingPathComponent("\(host)/plain.sh").path)
                #expect(run.status == 0 && run.text.isEmpty, "\(run.text)")
            }
            for (host, state) in zip(hosts, expected) {
                // All but up.sh's own notes, and what bridges have learned.
                let difference = try lab.state(of: host).difference(from: state).split(separator: "\n")
                    .filter {
                        !$0.contains("file /run/topoc") && !($0.contains(" fdb ") && $0.contains("\"state\":\"\""))
                    }
                #expect(difference.isEmpty, "\(difference.joined(separator: "\n"))")
            }
            #expect(try lab.exec("c1", "ping", "-n", "-c", "1", "-W", "2", far).status == 0)
        }
    }
}
