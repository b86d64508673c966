import Testing
import TopoEmit

/// Whom Ansible connects to, and as whom.
@Suite struct InventoryTests {
    @Test func aHostIsReachedByItsName() throws {
        #expect(
            try hostLines("  host1:\n  host2: {ssh: }\n  host3: {ssh: {}}") == [
                "    host1:", "    host2:", "    host3:",
            ])
    }

    @Test func whatIsSaidIsWritten() throws {
        let lines = try hostLines(
            """
              a: {ssh: {host: 192.0.2.11, user: root, port: 2222}}
              b: {ssh: {host: b.example.org}}
              c: {ssh: {user: topo_admin.x-1}}
              d: {ssh: {port: 1}}
              e: {ssh: {host: e, port: 65535}}
            """)
        #expect(
            lines == [
                "    a:", "      ansible_host: \"192.0.2.11\"", "      ansible_user: root", "      ansible_port: 2222",
                "    b:", "      ansible_host: b.example.org",
                "    c:", "      ansible_user: topo_admin.x-1",
                "    d:", "      ansible_port: 1",
                "    e:", "      ansible_port: 65535",
            ])
    }

    /// An address is written as RFC 5952 says, and quoted: with a colon after it YAML would take it for a key.
    @Test func anIPv6AddressIsOneWord() throws {
        let lines = try hostLines("  a: {ssh: {host: \"2001:DB8:0::0001\"}}\n  b: {ssh: {host: \"fe80::\"}}")
        #expect(
            lines == ["    a:", "      ansible_host: \"2001:db8::1\"", "    b:", "      ansible_host: \"fe80::\""])
    }

    /// What YAML would take for a number, a boolean or nothing is quoted, wherever it stands.
    @Test func namesThatYAMLTakesForSomethingElse() throws {
        let lines = try hostLines(
            """
              "1": {ssh: {host: "true", user: "null"}}
              "no": {ssh: {user: "Y"}}
              1e3:
              0x10:
              on-1:
            """)
        #expect(
            lines == [
                "    \"1\":", "      ansible_host: \"true\"", "      ansible_user: \"null\"",
                "    \"no\":", "      ansible_user: \"Y\"", "    \"1e3\":", "    \"0x10\":", "    on-1:",
            ])
    }

    @Test func eachHostOfARangeHasItsName() throws {
        #expect(
            try hostLines("  h01..h03: {ssh: {user: root}}") == [
                "    h01:", "      ansible_user: root", "    h02:", "      ansible_user: root", "    h03:",
                "      ansible_user: root",
            ])
    }

    /// Without hosts there is nothing to reach.
    @Test func withoutHostsThereIsNothing() throws {
        #expect(try files("topology: net\nruntime: netns\nhosts: {}\n").isEmpty)
    }

    /// The pseudo-terminal is off: up.sh would ask there, and its two outputs would be one.
    @Test func thereIsNoTerminal() throws {
        let lines = try inventory("topology: net\nruntime: netns\nhosts: {host1: {}}\n")
        #expect(lines == ["---", "topoc:", "  vars:", "    ansible_ssh_use_tty: false", "  hosts:", "    host1:"])
    }

    /// A title is in a comment, whatever is in it.
    @Test func aTitleIsOneLine() throws {
        let text = "topology: net\ntitle: \"a\\n- hosts: all\\u2028{{ x }}\"\nruntime: netns\nhosts: {host1: {}}\n"
        let artifact = try #require(try files(text).first)
        #expect(artifact.path == "ansible/inventory.yml" && !artifact.isExecutable)
        #expect(artifact.contents.contains("# The hosts of \"a␊- hosts: all<U+2028>{{ x }}\", for Ansible.\n"))
    }
}
