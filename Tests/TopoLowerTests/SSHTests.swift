import Testing
import TopoDiagnostics
import TopoLower
import TopoModel

@Suite("SSH access of a host")
struct SSHTests {
    private func lowered(_ ssh: String) throws -> Lowered {
        try Lowered("topology: t\nhosts: {h1: {ssh: \(ssh)}}")
    }

    private func access(_ ssh: String) throws -> SSHAccess? { try lowered(ssh).topology?.hosts.first?.ssh }

    @Test("is read")
    func read() throws {
        let access = try #require(try access("{host: h1.example.org, user: admin, port: 2222}"))
        #expect(access.host?.value == .name("h1.example.org"))
        #expect(access.user?.value == "admin" && access.port?.value == 2222)
        #expect(try self.access("{host: 192.0.2.1}")?.host?.value == .address(try IPAddress("192.0.2.1")))
        #expect(try self.access("{host: \"2001:db8::1\"}")?.host?.value == .address(try IPAddress("2001:db8::1")))
        #expect(try self.access("{}") == SSHAccess())
        #expect(try Lowered("topology: t\nhosts: {h1: {}}").topology?.hosts.first?.ssh == nil)
    }

    @Test(
        "a machine's name is made of labels",
        arguments: [
            "a", "1host", "a-b_c.example.org", "10.0.0.x", String(repeating: "a", count: 63),
            Array(repeating: String(repeating: "a", count: 62), count: 4).joined(separator: ".") + "a",
        ])
    func names(name: String) throws {
        #expect(try lowered("{host: \(name)}").findings == [])
    }

    @Test(
        "nothing else is a machine's name",
        arguments: [
            "\"\"", "\"a b\"", "a.", ".a", "a..b", "h1..h3", "a.-b", "_a", "\"a{{b}}\"", "\"{{ x }}\"", "\"{% x %}\"",
            "a@b", "a/b", "a%b", "\"a#b\"", "\"a'\\u0301\"", "\"-\\u0301a\"", "é", "a;b", "\"a\\nb\"", "123", "a.7",
            "$(id)", "\"a\\0\"", "\"!unsafe\"", String(repeating: "a", count: 64),
            Array(repeating: String(repeating: "a", count: 62), count: 4).joined(separator: ".") + "aaa",
        ])
    func noNames(text: String) throws {
        let lowered = try lowered("{host: \(text)}")
        #expect(lowered.diagnostics.map(\.code) == [.invalidValue], "\(lowered.findings)")
        #expect(lowered.topology?.hosts.first?.ssh?.host == nil)
    }

    @Test("what looks like an address must be one", arguments: ["256.1.1.1", "10.1", "\"fe80::1%eth0\"", "\"a:b\""])
    func noAddresses(text: String) throws {
        #expect(try lowered("{host: \(text)}").diagnostics.map(\.code) == [.invalidAddress])
    }

    @Test(
        "no machine has a group's address, or none",
        arguments: ["224.0.0.1", "0.0.0.0", "\"::\"", "\"ff02::1\""])
    func nobodysAddresses(text: String) throws {
        #expect(try lowered("{host: \(text)}").diagnostics.map(\.code) == [.invalidValue])
    }

    @Test(
        "a hyphen at the start would be an option",
        arguments: [("host", "-oProxyCommand=x"), ("user", "-oProxyCommand=x"), ("host", "\"-\""), ("user", "-l")])
    func options(key: String, text: String) throws {
        let found = try lowered("{\(key): \(text)}").diagnostics
        #expect(found.map(\.message) == ["\"\(key)\" begins with \"-\": ssh would take it for an option"])
        #expect(found.map(\.code) == [.invalidValue])
    }

    @Test("a user's name is a short word", arguments: ["root", "_x", "A.b-c_9", String(repeating: "a", count: 32)])
    func users(name: String) throws {
        #expect(try access("{user: \(name)}")?.user?.value == name)
    }

    @Test(
        "nothing else is a user's name",
        arguments: [
            "\"\"", "1000", "0x", ".a", "a$", "a@b", "a b", "\"a{{b}}\"", "a\\b", "é", "\"a\\u0301\"", "a:b", "a;b",
            String(repeating: "a", count: 33),
        ])
    func noUsers(text: String) throws {
        #expect(try lowered("{user: \(text)}").diagnostics.map(\.code) == [.invalidValue])
    }

    @Test("a port is from 1 to 65535", arguments: [("0", 1), ("1", 0), ("65535", 0), ("65536", 1), ("-1", 1)])
    func ports(text: String, errors: Int) throws {
        #expect(
            try lowered("{port: \(text)}").diagnostics.map(\.code) == Array(repeating: .invalidValue, count: errors))
    }

    @Test(
        "two hosts are not one machine",
        arguments: [
            ("{host: 192.0.2.1}", "{host: 192.0.2.1}", 1), ("{host: 192.0.2.1}", "{host: 192.0.2.1, port: 22}", 1),
            ("{host: 192.0.2.1, port: 2201}", "{host: 192.0.2.1, port: 2202}", 0),
            ("{host: \"2001:db8::1\"}", "{host: \"2001:DB8:0::1\"}", 1), ("{host: A.example}", "{host: a.Example}", 1),
            ("{user: root}", "{host: h1}", 1), ("{host: h2}", "{}", 1), ("{user: root}", "{user: root}", 0),
        ])
    func oneMachine(first: String, second: String, errors: Int) throws {
        let lowered = try Lowered("topology: t\nhosts: {h1: {ssh: \(first)}, h2: {ssh: \(second)}}")
        #expect(lowered.diagnostics.map(\.code) == Array(repeating: .machineTwice, count: errors))
    }

    @Test("hosts of which nothing is said are as many machines as they have names")
    func namesAreMachines() throws {
        #expect(try Lowered("topology: t\nhosts: {h1: {}, H1: {}}").findings == [])
        #expect(
            try Lowered("topology: t\nhosts: {h1: {ssh: {host: h2}}, h2: {}}").diagnostics.map(\.code) == [
                .machineTwice
            ])
        #expect(
            try Lowered("topology: t\nhosts: {h1: {}, h2: {ssh: {host: H1}}}").diagnostics.map(\.code) == [
                .machineTwice
            ])
    }

    @Test(
        "a host may not be called as Ansible's folder, nor as a group of its inventory",
        arguments: [
            ("ansible", 1), ("all", 1), ("ungrouped", 1), ("topoc", 1), ("topoc_listening", 1), ("topoc_silent", 1),
            ("localhost", 0), ("Ansible", 0), ("topoc1", 0),
        ])
    func reserved(name: String, errors: Int) throws {
        let lowered = try Lowered("topology: t\nhosts: {\(name): {}}")
        #expect(lowered.diagnostics.map(\.code) == Array(repeating: .reservedName, count: errors))
    }

    @Test("what other tools call it is known")
    func foreign() throws {
        #expect(
            try Lowered("topology: t\nhosts: {h1: {ssh: {hostname: a, username: b}}}").findings == [
                "T0201 «hostname» unknown key \"hostname\" in h1's SSH access",
                "T0201 «username» unknown key \"username\" in h1's SSH access",
            ])
    }
}
