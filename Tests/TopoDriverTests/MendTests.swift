import Testing
import TopoDiagnostics
import TopoDriver

@Suite struct MendTests {
    /// A right topology with every kind of place that is mended.
    private static let right = """
        # Comments, blanks and the order of keys stay.
        topology: mended   # a name
        runtime: netns
        lans:
          internal: {subnet: 172.16.1.0/24}

        hosts:
          host1:
            forwarding: true
            nics: {eth0: {lan: internal, address: 172.16.1.1/24, mac: "02:00:5e:10:00:01"}}
            bridges:
              lxdbr0: {address: 10.1.0.1/24, ports: [eth1], mtu: 1400}
            containers:
              c1:   {bridge: lxdbr0, address: 10.1.0.11/24, gateway: 10.1.0.1}
              c2: {p2p: 10.2.0.0/30, "mtu":1400}
          host2:
            interfaces: {eth0: {lan: internal, address: 172.16.1.2/24}}
            routes:
              - {to: default, via: host1}
        checks:
          - {ping: [host1/c1, c2]}

        """.replacing(", ports: [eth1]", with: "")

    /// What is wrong, and what is made of it.
    private static let mistakes = [
        ("runtime: NETNS", "runtime: netns"),
        ("subnet: 172.16.1.1/24", "subnet: 172.16.1.0/24"),
        ("hsots:", "hosts:"),
        ("bridge:\n", "bridges:\n"),
        ("forwarding: yes", "forwarding: true"),
        ("forwarding: \"true\"", "forwarding: true"),
        ("forwarding: On", "forwarding: true"),
        ("lan: Internal, adress:", "lan: internal, address:"),
        ("address: 172.16.1.01/24", "address: 172.16.1.1/24"),
        ("address: 172.16.1.1/255.255.255.0", "address: 172.16.1.1/24"),
        ("mac: \"0200.5e10.0001\"", "mac: \"02:00:5e:10:00:01\""),
        ("c1:   {brdige: lxdbr0,", "c1:   {bridge: lxdbr0,"),
        ("c1:   {bridge: lxbdr0,", "c1:   {bridge: lxdbr0,"),
        ("gateway: 10.1.0.1/24", "gateway: 10.1.0.1"),
        ("p2p: 10.2.0.1/30", "p2p: 10.2.0.0/30"),
        ("gatewya: 10.1.0.1}", "gateway: 10.1.0.1}"),
        ("p2pp: 10.2.0.0/30", "p2p: 10.2.0.0/30"),
        ("\"mtus\":1400", "\"mtu\":1400"),
        ("\"mtu\":\"1400\"", "\"mtu\":1400"),
        ("via: hsot1", "via: host1"),
        ("[host1/C1, c2]", "[host1/c1, c2]"),
        ("[hhost1/c1, c2]", "[host1/c1, c2]"),
        ("forwarding:true", "forwarding: true"),
        ("topology:mended   #", "topology: mended   #"),
        ("runtime:netns", "runtime: netns"),
        ("address:172.16.1.1/24", "address: 172.16.1.1/24"),
        ("lxdbr0:{address", "lxdbr0: {address"),
        ("{ping:[", "{ping: ["),
        ("address: 10,1,0,11/24", "address: 10.1.0.11/24"),
        ("gateway: 10,1,0,1}", "gateway: 10.1.0.1}"),
        ("via: host1}", "via: host1}"),
    ]

    @Test(arguments: mistakes)
    func mendsTheMistakeAndNothingElse(wrong: String, mended: String) throws {
        try #require(Self.right.contains(mended))
        let text = Self.right.replacing(mended, with: wrong, maxReplacements: 1)
        let mending = mend(text)
        #expect(mending.text == Self.right)
        #expect(mending.diagnostics.isEmpty)
        #expect(mending.changes.isEmpty == (wrong == mended))
    }

    @Test func mendsWhatAMistakeHides() {
        var text = Self.right
        // Where YAML stops there is one mistake at a time, and sixteen rounds.
        let ofYAML = ["forwarding:true", "topology:mended   #", "runtime:netns", "{ping:[", "lxdbr0:{address"]
        // Two mistakes in one word leave doubt.
        let inOneWord = ["address:172.16.1.1/24"]
        for (wrong, mended) in Self.mistakes.reversed() where !(ofYAML + inOneWord).contains(wrong) {
            text = text.replacing(mended, with: wrong, maxReplacements: 1)
        }
        #expect(mend(text).text == Self.right)
    }

    @Test func quotesStay() {
        let right = Self.right.replacing("address: 10.1.0.11/24", with: "address: \"10.1.0.11/24\"")
        #expect(mend(right.replacing("\"10.1.0.11/24\"", with: "\"10,1,0,11/24\"")).text == right)
        // In quotes it may be meant as it stands.
        let word = Self.right.replacing(
            "{bridge: lxdbr0, address: 10.1.0.11/24,", with: "{bridge: lxdbr0, \"address:10.1.0.11/24\",")
        #expect(mend(word).text == word)
    }

    @Test func keepsLineEndsAndAByteOrderMark() {
        let right = "\u{FEFF}" + Self.right.replacing("\n", with: "\r\n")
        let wrong = right.replacing("forwarding: true", with: "forwarding: yes").replacing("hosts:", with: "hots:")
        #expect(mend(wrong).text == right)
        let change = mend(wrong).changes.first
        #expect(change?.position == SourceFile.Position(line: 7, column: 1))
        #expect(change?.code == .unknownKey)
        #expect(change?.removed == "hots")
        #expect(change?.written == "hosts")
    }

    /// A mapping may be empty, a value may be a list or one of its items, and a word of four letters may be another word.
    @Test(arguments: [
        ("hosts: {h1: {brdges: {br0: {}}}}", "hosts: {h1: {bridges: {br0: {}}}}"),
        ("hosts: {h1: {bridges: {br0: {prots: [eth0]}}}}", "hosts: {h1: {bridges: {br0: {ports: [eth0]}}}}"),
        ("hosts: {h1: {tunnels: {t0: {type: vlan, vni: 1, remotes: [h2]}}}, h2: {}}", nil),
    ])
    func theShapeOfAValueAndTheLengthOfAWordDecide(wrong: String, mended: String?) {
        let start = "topology: t\nruntime: netns\n"
        #expect(mend(start + wrong).text == start + (mended ?? wrong))
    }

    @Test func makesAListOfASingleValue() {
        let right = Self.right.replacing("mtu: 1400}\n", with: "ports: [eth0]}\n")
            .replacing(", address: 172.16.1.1/24, mac", with: ", mac")
        let wrong = right.replacing("[eth0]", with: "eth0")
        #expect(mend(wrong).text == right)
    }

    @Test func mendsAnAnchorsValueOnce() {
        let right = Self.right.replacing("c1:   {", with: "c1: &c {").replacing(
            "  host2:\n", with: "  host2:\n    containers: {c3: {<<: *c}}\n    bridges: {lxdbr0: {}}\n")
        let mending = mend(right.replacing("{bridge: lxdbr0, address: 10", with: "{bridge: lxdbr0, adress: 10"))
        #expect(mending.text == right)
        #expect(mending.changes.count == 1)
    }

    /// What could be meant in two ways stays as it is.
    @Test(arguments: [
        ("subnet: 172.16.1.0/24", "subnet: 172.16.1.0/16"),
        ("subnet: 172.16.1.0/24", "subnet: 172.16.1.128/24"),
        ("address: 172.16.1.1/24", "address: 172.16.1.010/24"),
        ("address: 172.16.1.1/24", "address: 172.16.1.1"),
        ("{lan: internal, address: 172.16.1.1/24,", "{vlan: 42, address: 172.16.1.1/24,"),
        ("via: host1}", "via: host3}"),
        ("lans:\n  internal: {subnet: 172.16.1.0/24}", "links: [[host1:eth0, host2:eth0]]"),
        ("lans:\n  internal: {subnet: 172.16.1.0/24}", "lan: internal"),
        ("mtu: 1400}", "mtus: many}"),
        ("gateway: 10.1.0.1}", "gatewy: {a: b}}"),
        ("forwarding: true\n", "fowarding: 3\n"),
        ("via: host1}", "vai: {a: host1}}"),
        ("p2p: 10.2.0.0/30", "p2p: 10.2.0.0/32"),
        ("    forwarding: true\n", ""),
        ("mtu: 1400}", "mtu: 01400}"),
        ("runtime: netns", "runtime: lxc"),
        // The key is there already, or the value is none of the key's.
        ("mtu: 1400}\n", "mtu: 1400, mtus: 1300}\n"),
        ("mtu: 1400}\n", "mtus: \"\"}\n"),
        ("{ping: [host1/c1, c2]}", "{pign: [host1/c1]}"),
        ("lans:\n  internal: {subnet: 172.16.1.0/24}", "lasn:\n  internal: x"),
        // Within quotes it is not known which byte of the file is which of the text.
        ("    forwarding: true\n", "    \"forwarding:true\":\n"),
    ])
    func leavesWhatIsDoubtful(right: String, wrong: String) throws {
        try #require(Self.right.contains(right))
        let mending = mend(Self.right.replacing(right, with: wrong, maxReplacements: 1))
        #expect(mending.changes.isEmpty)
        #expect(mending.diagnostics.hasErrors)
    }

    /// All fixtures, and the pages' examples: mending ends, and what it changed is right from then on.
    @Test(arguments: Fixtures.names(in: Fixtures.errors, ending: "topo"))
    func mendsAFixtureForGood(name: String) throws {
        let source = try Fixtures.topology(name)
        let mending = TopoDriver.mend(source)
        #expect(mending.diagnostics.allSatisfy { $0.edits.isEmpty })
        #expect((mending.source.bytes == source.bytes) == mending.changes.isEmpty)
        #expect(TopoDriver.mend(mending.source).changes.isEmpty)
    }

    private func mend(_ text: String) -> Mending {
        TopoDriver.mend(SourceFile(path: "a.topo", bytes: Array(text.utf8)))
    }
}

extension Mending {
    fileprivate var text: String { String(decoding: source.bytes, as: UTF8.self) }
}
