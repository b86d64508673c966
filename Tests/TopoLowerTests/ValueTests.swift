import Testing
import TopoDiagnostics
import TopoLower
import TopoModel

@Suite("Keys and types")
struct ValueTests {
    @Test(
        "of the topology",
        arguments: [
            ("topology: t", ["T0202 «topology» the topology has no \"hosts\""]),
            ("hosts: {}", ["T0202 «hosts» the file has no name"]),
            ("topolgy: t\nhosts: {}", ["T0201 «topolgy» unknown key \"topolgy\" in the topology"]),
            ("topology: t\nhosts: []", ["T0203 «[]» \"hosts\" must be a mapping of names, each a host, found a list"]),
            (
                "topology: t\nhosts: {}\nruntime: lxc",
                ["T0204 «lxc» \"runtime\" must be lxd, incus, docker or netns, found \"lxc\""]
            ),
            (
                "topology: t\nhosts: {}\nbridge-tools: [brctl]",
                ["T0203 «[brctl]» \"bridge-tools\" must be brctl or iproute2, found a list"]
            ),
            ("topology: t\nhosts: {}\ntitle:", ["T0203 «» \"title\" must be a text, found nothing"]),
            ("topology: t\nhosts: {}\ntitle: \"a\\0\\t\\e\\x7F\\N\\L\\u202E\\uE000\\r\\nb\"", []),
            ("topology: t\nhosts: {}\ndescription: \"a\\0\\t\\e\\x7F\\N\\L\\u202E\\uE000\\r\\nb\"", []),
            (
                "topology: t\nhosts: {}\nimage: -x",
                ["T0204 «-x» \"image\" begins with \"-\": lxc and docker would take it for an option"]
            ),
            ("topology: t\nhosts: {}\nimage: \"\"", ["T0204 «\"\"» \"image\" is empty"]),
            (
                "topology: t\nhosts: {}\nimage: a b",
                ["T0204 «a b» \"image\" contains white space or a control character"]
            ),
            ("[topology]", ["T0203 «[topology]» the topology must be a mapping, found a list"]),
            (
                "topology: t\nhosts: {h1: {forwardin: true, nic: {}}}",
                [
                    "T0201 «forwardin» unknown key \"forwardin\" in host \"h1\"",
                    "T0201 «nic» unknown key \"nic\" in host \"h1\"",
                ]
            ),
            (
                "topology: t\nhosts: {h1: {nics: {a: }, interfaces: {a: , b: }}}",
                ["T0205 «interfaces» host \"h1\" has both \"nics\" and \"interfaces\""]
            ),
            (
                "topology: t\nhosts: {}\nlans: {l: {virtualbox: {}}}",
                ["T0202 «virtualbox» l's VirtualBox network has no \"network\""]
            ),
        ])
    func topology(text: String, expected: [String]) throws {
        #expect(try Lowered(text).findings == expected)
    }

    @Test("booleans are true and false alone", arguments: ["yes", "on", "True", "\"true\"", "1", "[true]", ""])
    func booleans(word: String) throws {
        let lowered = try Lowered("topology: t\nhosts: {h1: {forwarding: \(word)}}")
        #expect(lowered.diagnostics.map(\.code.rawValue) == ["T0203"])
        #expect(lowered.topology?.hosts.first?.forwarding == nil)
    }

    @Test("why yes is no boolean")
    func yes() throws {
        let finding = try #require(try Lowered("topology: t\nhosts: {h1: {forwarding: yes}}").diagnostics.first)
        #expect(finding.message == "\"forwarding\" must be true or false, found \"yes\"")
        #expect(finding.help.first?.hasPrefix("write true: ") == true)
    }

    @Test(
        "numbers are decimal, within bounds",
        arguments: [
            ("68", nil), ("65535", nil), ("67", "T0204"), ("65536", "T0204"), ("-1", "T0204"),
            ("99999999999999999999", "T0204"),
            ("0x5dc", "T0203"), ("01500", "T0203"), ("1_500", "T0203"), ("1500.0", "T0203"), ("1e3", "T0203"),
            ("\"1500\"", "T0203"), ("+1500", "T0203"), ("many", "T0203"), ("-", "T0203"), ("", "T0203"),
        ] as [(String, String?)])
    func numbers(word: String, code: String?) throws {
        let lowered = try Lowered("topology: t\nlans: {l: {mtu: \(word)}}\nhosts: {}")
        #expect(lowered.diagnostics.map(\.code.rawValue) == (code.map { [$0] } ?? []))
    }

    @Test(
        "addresses and MAC addresses",
        arguments: [
            ("address: 10.0.0.1/24", []), ("address: 10.0.0.1", ["T0301"]), ("address: 10.0.0.1/33", ["T0301"]),
            ("address: [10.0.0.1/24]", ["T0203"]), ("addresses: 10.0.0.1/24", ["T0203"]),
            ("addresses: [10.0.0.1/24, 10.0.0.999/24, x]", ["T0301", "T0301"]), ("addresses: []", []),
            ("mac: 02:00:00:00:00:0a", []), ("mac: 01:00:00:00:00:01", ["T0204"]),
            ("mac: 00:00:00:00:00:00", ["T0204"]),
            ("mac: 02:00:00:00:00", ["T0301"]),
        ])
    func addresses(line: String, codes: [String]) throws {
        #expect(
            try Lowered("topology: t\nhosts: {h1: {nics: {eth0: {\(line)}}}}").diagnostics.map(\.code.rawValue) == codes
        )
    }

    @Test("an unknown key shows the nearest key or, failing that, all of them")
    func unknownKeys() throws {
        let near = try #require(try Lowered("topology: t\nhosts: {h1: {forwardin: true}}").diagnostics.first)
        #expect(near.primary.text == "did you mean \"forwarding\"?")
        let far = try #require(try Lowered("topology: t\nhosts: {h1: {nics: {eth0: {qqqqqq: 1}}}}").diagnostics.first)
        #expect(far.help == ["a NIC has the keys lan, address, addresses, mac, mtu, part-of, description"])
    }
}
