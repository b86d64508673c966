import Foundation
import RandomNumbers
import Testing
import TopoDiagnostics
import TopoDriver
import TopoLower
import TopoSchema
import TopoText

@Suite(.enabled(if: JSONSchema.obstacle == nil, Comment(rawValue: JSONSchema.obstacle ?? "")))
struct LanguageSchemaTests {
    /// The codes whose fixtures a schema refuses. Of all others, that are YAML and of which no finding has one of these
    /// codes, it accepts every one: what is wrong there is between two places of the file.
    private static let expressible: Set<DiagnosticCode> = [
        .unknownKey, .missingKey, .wrongType, .invalidValue, .conflictingKeys, .nameTooLong, .invalidName,
        .reservedName, .invalidRange, .invalidAddress,
    ]

    /// Fixtures of these codes that a schema accepts all the same, and why.
    private static let inexpressible = [
        "T0202-link-without-the-hosts-end": "the length of the container's end decides",
        "T0202-no-image": "an image may stand at the topology, the host or the container",
        "T0202-three-without-image": "an image may stand at the topology, the host or the container",
        "T0202-vlan-without-an-identifier": "the name may end in it",
        "T0204-as-of-another-family": "the families of several values are compared",
        "T0204-both-ends-outside": "any address has the form of a host's",
        "T0204-link-local-single-address": "any address has the form of one",
        "T0204-local-multicast": "any address has the form of one",
        "T0204-slice-wider-than-the-subnet": "the length is compared with the subnet's",
        "T0205-link-in-a-vxlan": "the kind stands at the network",
        "T0205-two-gateways-of-a-lan": "a list may have one address of each family",
        "T0205-vlan-with-and-without-a-tag": "a number is compared with ranges",
        "T0205-lxd-and-incus": "the runtime of one container is right with those of the others",
        "T0205-command-of-lxd": "the runtime may stand at the topology, the host or the container",
        "T0205-docker-of-lxd": "the runtime may stand at the topology, the host or the container",
        "T0216-plus-in-lxds-interface": "the runtime may stand at the topology, the host or the container",
        "T0301-subnet-with-host-bits": "a pattern does not compare bits with a length",
    ]

    private static func errors(in documents: [Any]) throws -> [[String]] {
        try JSONSchema.errors(in: documents, by: languageSchema())
    }

    @Test func itAcceptsEveryTopologyOfTheProject() throws {
        let names = Documents.names(in: "topologies")
        #expect(names.count >= 8)
        let documents = try names.map { try #require(Documents.json(of: try Documents.bytes(of: $0))) }
        for (name, errors) in zip(names, try Self.errors(in: documents)) { #expect(errors == [], "\(name)") }
    }

    @Test func itRefusesTheFixturesWhoseErrorASchemaCanExpress() throws {
        var names: [String] = []
        var documents: [Any] = []
        var codes: [Set<DiagnosticCode>] = []
        for path in Documents.names(in: "Tests/Fixtures/Errors") {
            let bytes = try Documents.bytes(of: path)
            guard let document = Documents.json(of: bytes) else { continue }
            names.append(String(path.split(separator: "/").last?.dropLast(5) ?? ""))
            documents.append(document)
            codes.append(Set(examine(SourceFile(path: path, bytes: bytes)).diagnostics.map(\.code)))
        }
        for (index, errors) in try Self.errors(in: documents).enumerated() {
            let isExpressible = !codes[index].isDisjoint(with: Self.expressible)
            let isRefused = isExpressible && Self.inexpressible[names[index]] == nil
            #expect(errors.isEmpty == !isRefused, "\(names[index]): \(errors)")
        }
        #expect(Self.inexpressible.keys.filter { !names.contains($0) } == [])
    }

    /// What topoc accepts, the schema accepts: of topologies with one line changed at random.
    @Test func itAcceptsWhatTopocAccepts() throws {
        var random = Dice(seed: 4)
        var documents: [Any] = []
        var texts: [String] = []
        let files = try Documents.names(in: "topologies").map { try Documents.bytes(of: $0) }
        for _ in 0..<400 {
            let bytes = mutated(files[Int.random(in: 0..<files.count, using: &random)], using: &random)
            let isRight = !examine(SourceFile(path: "a.topo", bytes: bytes)).diagnostics.contains {
                $0.code.rawValue < "T0302" && $0.severity == .error
            }
            guard isRight, let document = Documents.json(of: bytes) else { continue }
            documents.append(document)
            texts.append(String(decoding: bytes, as: UTF8.self))
        }
        #expect(documents.count > 40)
        for (text, errors) in zip(texts, try Self.errors(in: documents)) { #expect(errors == [], "\(text)") }
    }

    /// A word of the file taken out, or put in the place of another.
    private func mutated(_ bytes: [UInt8], using random: inout Dice) -> [UInt8] {
        let words = bytes.split { !($0 > 0x20 && !"{}[],".utf8.contains($0)) }
        let place = words[Int.random(in: 0..<words.count, using: &random)]
        let word = Bool.random(using: &random) ? [] : Array(words[Int.random(in: 0..<words.count, using: &random)])
        return Array(bytes[..<place.startIndex]) + word + bytes[place.endIndex...]
    }

    /// A pattern refuses just what topoc refuses, but what Unicode has not assigned.
    @Test(arguments: TextRule.allCases)
    func aTextsPatternSaysWhatTopocSays(rule: TextRule) throws {
        let expression = try NSRegularExpression(pattern: rule.pattern)
        let key =
            switch rule {
            case .visible:
                "hosts: {h1: {runtime: docker, bridges: {b: {}}, containers: {c: {bridge: b, command: [T]}}}}"
            case .argument: "lans: {l: {virtualbox: {network: T}}}"
            case .image: "image: T"
            case .numberRange:
                "hosts: {h1: {bridges: {b: {vlan-filtering: true}}, containers: {c: {bridge: b, tagged: [T]}}}}"
            }
        for value in (0x01...0xFFFF as ClosedRange<UInt32>) {
            guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .unassigned else { continue }
            // All that nobody would see but for most of the private use, and one of a thousand others.
            let isOdd = standIn(for: scalar) != nil && !(0xE010...0xF8EF).contains(value)
            guard isOdd || scalar.properties.isWhitespace || scalar == "-" || value % 997 == 0 else { continue }
            for text in scalar == "-" ? ["-a", "a-"] : ["\(scalar)a", "a\(scalar)"] {
                let quoted = String(decoding: jsonString(text), as: UTF8.self)
                let source = "topology: a\n" + key.replacing("T", with: quoted) + "\n"
                let found = findings(in: SourceFile(path: "a.topo", bytes: Array(source.utf8)))
                let matches = expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
                let isRefused = found.contains { $0.code == .invalidValue || $0.code == .wrongType }
                #expect(matches != isRefused, "\(value): \(found.map(\.message))")
            }
        }
        let takesNothing = expression.firstMatch(in: "", range: NSRange(location: 0, length: 0)) != nil
        #expect(takesNothing == (rule == .visible || rule == .argument))
    }

    /// What nobody reads is at the top of a file alone.
    @Test func onlyTheTopologyHasKeysThatMeanNothing() throws {
        let schema = try #require(try JSONSerialization.jsonObject(with: Data(languageSchema().utf8)) as? [String: Any])
        let definitions = try #require(schema["definitions"] as? [String: [String: Any]])
        #expect(schema["patternProperties"] != nil)
        let required = ElementKind.topology.keys.filter(\.isRequired).map(\.name)
        #expect(!required.isEmpty && schema["required"] as? [String] == required)
        #expect(definitions.values.allSatisfy { (($0["patternProperties"] as? [String: Any])?["^x-"]) == nil })
    }

    @Test func everyKeyIsDescribed() throws {
        let schema = try #require(try JSONSerialization.jsonObject(with: Data(languageSchema().utf8)) as? [String: Any])
        let definitions = try #require(schema["definitions"] as? [String: [String: Any]])
        for kind in ElementKind.allCases {
            let mapping = definitions.values.first { definition in
                Set((definition["properties"] as? [String: Any] ?? [:]).keys) == Set(kind.keys.map(\.name))
            }
            let properties = try #require(
                (kind == .topology ? schema : mapping)?["properties"] as? [String: [String: Any]])
            for key in kind.keys { #expect(properties[key.name]?["description"] as? String == key.summary) }
        }
    }

    /// Each rule between keys is one of topoc's own: a mapping that breaks it is refused by both.
    @Test func itRefusesWhatTopocRefuses() throws {
        let containers = Self.wrongContainers.map { container in
            "containers: {c1: \(container), c2: {bridge: br0, address: 10.1.0.12/24}}"
        }
        let tunnels = Self.wrongTunnels.map { "tunnels: {t1: \($0)}" }
        let texts = (containers + tunnels).map { part in
            """
            topology: a
            runtime: netns
            hosts:
              host1:
                bridges: {br0: {address: 10.1.0.1/24}}
                \(part)
              host2: {bridges: {br0: {address: 10.2.0.1/24}}}

            """
        }
        for text in texts {
            let found = examine(SourceFile(path: "a.topo", bytes: Array(text.utf8))).diagnostics
            #expect(
                found.contains { $0.code == .missingKey || $0.code == .conflictingKeys },
                "\(text)\(found.map(\.message))")
        }
        let documents = try texts.map { try #require(Documents.json(of: Array($0.utf8))) }
        for (text, errors) in zip(texts, try Self.errors(in: documents)) { #expect(!errors.isEmpty, "\(text)") }
    }

    private static let wrongContainers = [
        "{}", "{bridge: br0, p2p: 10.9.0.0/30}", "{p2p: 10.9.0.0/30, address: 10.9.0.2/30}",
        "{bridge: br0, interfaces: {eth1: {bridge: br0}}}", "{interfaces: {eth1: {}}}",
        "{bridge: br0, routes: [{to: default}]}",
        "{bridge: br0, routes: [{to: default, via: 10.1.0.1, type: unreachable}]}",
        "{bridge: br0, routes: [{to: default, type: unicast}]}",
        "{bridge: br0, routes: [{to: default, type: blackhole, dev: eth0}]}",
    ]

    private static let wrongTunnels = [
        "{type: gretap}", "{type: gretap, remote: host2, vni: 1}", "{type: gretap, remotes: [host2]}",
        "{type: vxlan, remote: host2}", "{type: vxlan, vni: 1}", "{type: vxlan, vni: 1, remote: host2, key: 5}",
        "{type: vxlan, vni: 1, group: 239.1.1.1}", "{type: vxlan, vni: 1, group: 239.1.1.1, dev: br0, remote: host2}",
    ]
}
