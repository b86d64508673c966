import Foundation
import HostBed
import Testing

extension RealAnsible {
    /// What Ansible and its own critic read in the files.
    @Suite struct ReadingTests {
        @Test func theCriticHasNothingToSay() throws {
            let node = try ControlNode(hosts: 1, fleet(of: 2, checks: "  - {isolated: [red, blue]}"))
            let files = ["inventory", "site", "check", "down"].map {
                node.folder.appendingPathComponent("ansible/\($0).yml").path
            }
            let run = try node.run(["ansible-lint", "--offline", "--strict", "--profile", "production"] + files)
            #expect(run.status == 0, "\(run.text)")
        }

        /// Names that YAML or Ansible have for something else are hosts like others.
        @Test func namesArriveAsTheyAre() throws {
            let names = [
                "localhost", "1", "1e3", "0x10", "true", "null", "y", "on", "a.b_c-d",
            ]
            let hosts = names.enumerated().map { number, name in
                "  \"\(name)\": {ssh: {host: \"2001:db8::\(number + 1)\", user: \"null\", port: \(number + 1)}}"
            }
            let node = try ControlNode(
                hosts: 1, "topology: fleet\nruntime: netns\nhosts:\n\(hosts.joined(separator: "\n"))\n")
            let inventory = node.folder.appendingPathComponent("ansible/inventory.yml").path
            let run = try node.run(["ansible-inventory", "-i", inventory, "--list"])
            let tree = try #require(
                try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: [String: Any]], "\(run.text)"
            )
            let variables = try #require(tree["_meta"]?["hostvars"] as? [String: [String: Any]])
            #expect(variables.keys.sorted() == names.sorted())
            for (number, name) in names.enumerated() {
                #expect(variables[name]?["ansible_host"] as? String == "2001:db8::\(number + 1)")
                #expect(variables[name]?["ansible_user"] as? String == "null")
                #expect(variables[name]?["ansible_port"] as? Int == number + 1)
            }
        }
    }
}
