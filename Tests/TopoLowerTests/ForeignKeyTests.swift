import Testing
import TopoDiagnostics
import TopoSyntax

@testable import TopoLower

/// Keys of other tools, and what they are called here.
@Suite struct ForeignKeyTests {
    @Test(arguments: ElementKind.allCases) func everyMeaningIsAKey(kind: ElementKind) {
        let keys = kind.keys.map(\.name)
        var known: [String] = []
        for (words, meaning) in kind.foreignKeys {
            for word in words {
                #expect(!keys.contains(word), "\"\(word)\" is a key of \(kind)")
                #expect(!known.contains(word), "\"\(word)\" is there twice for \(kind)")
                #expect(word == word.lowercased() && !word.utf8.contains(UInt8(ascii: "_")), "\(word)")
            }
            known += words
            switch meaning {
            case .key(let key): #expect(keys.contains(key), "\(kind) has no \"\(key)\"")
            case .advice(let words): #expect(words.utf8.count > 20, "\(words)")
            }
        }
        #expect(!known.isEmpty, "nobody has another word for a key of \(kind)")
    }

    @Test(arguments: [
        ("bridges: {br0: {ip: 10.1.0.1/24}}", "it is called \"address\" here"),
        ("bridges: {br0: {IP_Address: 10.1.0.1/24}}", "it is called \"address\" here"),
        ("bridges: {br0: {bridge_ports: [eth0]}}", "it is called \"ports\" here"),
        ("bridges: {br0: {addr: 10.1.0.1/24}}", "it is called \"address\" here"),
        ("containers: {c1: {nic: br0}}", "it is called \"bridge\" here"),
        ("containers: {c1: {bridge: br0, gw: 10.1.0.1}}", "it is called \"gateway\" here"),
        ("tunnels: {gt0: {type: gretap, peer: host2}}", "it is called \"remote\" here"),
        ("routes: [{dst: default, via: 10.1.0.1}]", "it is called \"to\" here"),
        ("bridges: {br0: {adress: 10.1.0.1/24}}", "did you mean \"address\"?"),
    ])
    func theWordIsTold(line: String, label: String) throws {
        let found = try diagnostics(line)
        let finding = try #require(found.first { $0.code == .unknownKey })
        #expect(finding.primary.text == label)
        // What it stands for is not said to be missing too.
        #expect(!found.contains { $0.code == .missingKey }, "\(found.map(\.message))")
    }

    @Test(arguments: [
        ("bridges: {br0: {address: 10.1.0.1, netmask: 255.255.255.0}}", "the prefix length is part of the address"),
        ("nics: {eth0: {gateway: 10.1.0.1}}", "write it at the host"),
        ("nics: {eth0: {bridge: br0}}", "a bridge lists its ports"),
        ("bridges: {br0: {tagged: 4}}", "a port has its VLANs"),
        ("nics: {eth0: {vlan: 4}}", "a tag on the NIC is a VLAN interface's"),
        ("vlans: {eth0.4: {link: eth0, gateway: 10.0.0.1}}", "write it at the host or container"),
        ("containers: {c1: {bridge: br0, dns: 1.1.1.1}}", "topoc sets up no DNS"),
        ("nameservers: [1.1.1.1]", "topoc sets up no DNS"),
        ("bonds: {bond0: {interfaces: [eth0, eth1]}}", "topoc makes no bonds"),
        ("sysctl: {net.ipv4.conf.all.rp_filter: 0}", "of the kernel's parameters"),
        ("routing-policy: [{from: 10.0.0.0/24, table: 100}]", "a host has one routing table"),
        ("routes: [{to: default, via: 10.1.0.1, table: 100}]", "a host has one routing table"),
        ("routes: [{to: default, via: 10.1.0.1, mtu: 1400}]", "a route has no MTU"),
    ])
    func whatIsSaidInAnotherWayIsTold(line: String, help: String) throws {
        let finding = try #require(try diagnostics(line).first { $0.code == .unknownKey })
        #expect(finding.help.first?.utf8.starts(with: help.utf8) == true, "\(finding.help)")
    }

    private func diagnostics(_ line: String) throws -> [Diagnostic] {
        let text = "topology: a\nhosts:\n  host1:\n    \(line)\n"
        let root = try #require(read(SourceFile(path: "a.topo", bytes: Array(text.utf8))).output)
        return lower(root, isWhole: true).diagnostics
    }
}
