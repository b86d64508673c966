import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoForwarding
import TopoModel
import TopoPlan
import TopoTemplates

/// What a LAN's gateway and addresses in checks come to: predictions, checks and the lab.
@Suite struct OutsideTests {
    /// A LAN with somebody else's router, a router of the topology's own, and containers before and behind it.
    static func text(
        checks: String, gateway: String = "203.0.113.1", more: String = "", hosts: String = ""
    ) -> String {
        """
        topology: uplink
        runtime: netns
        lans:
          internet: {subnet: 203.0.113.0/24, gateway: \(gateway)}
        \(more)
        hosts:
          edge:
            forwarding: true
            nics: {eth0: {lan: internet, address: 203.0.113.10/24}}
            \(gateway == "203.0.113.1" ? "gateway: 203.0.113.1" : "")
            bridges: {br0: {address: 10.1.0.1/24}}
            containers:
              inner: {bridge: br0, address: 10.1.0.11/24}
          flat:
            nics: {eth0: {lan: internet}}
            bridges: {br0: {ports: [eth0]}}
            containers:
              web: {bridge: br0, address: 203.0.113.21/24}
        \(hosts)
        checks: \(checks)
        """
    }

    static func source(_ text: String) -> SourceFile {
        SourceFile(path: "a.topo", bytes: Array(text.utf8))
    }

    static func prediction(_ text: String) throws -> (Prediction, [Diagnostic]) {
        let outcome = examine(source(text), despiteErrors: true)
        return (try #require(outcome.output, "\(outcome.diagnostics.map(\.message))").prediction, outcome.diagnostics)
    }

    /// The way from a host, or `HOST/CONTAINER`, to an address.
    static func path(_ text: String, _ source: String, _ address: String) throws -> Path {
        let parts = source.split(separator: "/").map(String.init)
        let node = NodeName(host: parts[0], container: parts.count > 1 ? parts[1] : nil)
        return try #require(prediction(text).0.path(from: node, to: try IPAddress(address)))
    }

    /// The codes of all that is found, sorted.
    static func codes(_ text: String) throws -> [String] { try prediction(text).1.map(\.code.rawValue).sorted() }

    static func files(_ text: String) throws -> [String: String] {
        let outcome = try compile(source(text), templates: Templates())
        let compilation = try #require(outcome.output, "\(outcome.diagnostics.map(\.message))")
        return Dictionary(uniqueKeysWithValues: compilation.artifacts.map { ($0.path, $0.contents) })
    }

    /// What must not come from outside is asked there, after what must pass has been asked everywhere; a name that only one
    /// container has needs no host before it, unless a host is called so.
    @Test func theLabKnowsWhoAsksAndByWhichNames() throws {
        let files = try Self.files(
            Self.text(
                checks: "[{no-ping: [198.51.100.7, inner]}]",
                hosts: "  web:\n    nics: {eth0: {lan: internet, address: 203.0.113.30/24}}\n"))
        let lab = (files["lab.sh"] ?? "").split(separator: "\n").map { $0.drop { $0 == " " } }
        let silent = lab.first { $0.hasPrefix("silent_hosts=") } ?? ""
        #expect(silent.contains("outside:internet"), "\(silent)")
        let names = lab.filter { $0.hasPrefix("inner ") || $0.contains("flat/web") || $0.hasPrefix("web") }
        #expect(names.contains { $0.hasPrefix("inner | edge/inner)") }, "\(names)")
        #expect(names.contains { $0.hasPrefix("flat/web)") } && names.contains { $0.hasPrefix("web)") }, "\(names)")
    }

    /// The calls of a script that say what is asked, without what they are indented by.
    private static func calls(_ script: String?) -> [String] {
        let names = ["reaches", "reaches_not", "keeps_out", "carries_", "goes_", "cannot_", "sent_from"]
        return (script ?? "").split(separator: "\n").map { $0.drop { $0 == " " } }.filter { line in
            names.contains { line.hasPrefix($0) } && !line.contains("()") && !line.contains("$")
        }.map(String.init)
    }

    // MARK: - Predictions

    @Test func packetsGoOutByTheGatewayAndTheAnswersBack() throws {
        let (prediction, _) = try Self.prediction(Self.text(checks: "[{ping: [web, 198.51.100.7]}]"))
        let out = try #require(
            prediction.path(from: NodeName(host: "flat", container: "web"), to: try IPAddress("198.51.100.7")))
        #expect(out.reaches && out.routers == [])
        #expect(out.there.ending.node == NodeName(outsideOf: "internet"))
        #expect(out.there.hops.first?.nextHop?.description == "203.0.113.1")
        #expect(out.back?.hops.first?.node.description == "outside:internet")
    }

    /// A private address is known nowhere: the request arrives, its answer has no way.
    @Test func onlyTheLANsSubnetsAreKnownOutside() throws {
        let (prediction, _) = try Self.prediction(Self.text(checks: "[{ping: [edge, 198.51.100.7]}]"))
        let out = try #require(
            prediction.path(from: NodeName(host: "edge", container: "inner"), to: try IPAddress("198.51.100.7")))
        #expect(out.there.isDelivered && !out.reaches && out.routers.map(\.description) == ["edge"])
        #expect(out.words == "no way back: what is outside knows no way to 10.1.0.0/24")
        let back = try #require(prediction.path(from: NodeName(outsideOf: "internet"), to: try IPAddress("10.1.0.11")))
        #expect(!back.there.isDelivered && back.sourceAddress?.description == "198.51.100.7")
    }

    /// Who is on the LAN asks it for its own address alone: it is nobody's proxy.
    @Test func theGatewayIsANeighbourByItsOwnAddressAlone() throws {
        let text = Self.text(checks: "[{ping: [edge, 198.51.100.7]}]").replacing(
            "    gateway: 203.0.113.1\n", with: "    routes: [{to: 198.51.100.0/24, dev: eth0}]\n")
        let (prediction, findings) = try Self.prediction(text)
        let path = try #require(prediction.path(from: NodeName(host: "edge"), to: try IPAddress("198.51.100.7")))
        #expect(!path.there.isDelivered && path.words.contains("nobody answers for 198.51.100.7"))
        #expect(findings.contains { $0.code == .checkCannotHold })
    }

    /// Two providers: what comes back by the other one is lost, for it may be dropped there.
    private static let twoProviders = text(
        checks: "CHECKS", more: "  backup: {subnet: 192.0.2.0/24, gateway: 192.0.2.1}",
        hosts: """
              both:
                nics:
                  eth0: {lan: internet, address: 203.0.113.30/24}
                  eth1: {lan: backup, address: 192.0.2.30/24}
                gateway: 203.0.113.1
            """)

    @Test func anAnswerThatComesToAnotherOutsideIsLost() throws {
        let (prediction, _) = try Self.prediction(Self.twoProviders.replacing("CHECKS", with: "[]"))
        let other = try #require(
            prediction.path(
                from: NodeName(outsideOf: "backup"), sending: try IPAddress("198.51.100.7"),
                to: try IPAddress("192.0.2.30")))
        #expect(other.there.isDelivered && !other.reaches)
        #expect(
            other.words
                == "no way back: the answer comes to outside:internet, which takes 198.51.100.7 for its own")
        let same = try #require(
            prediction.path(
                from: NodeName(outsideOf: "internet"), sending: try IPAddress("198.51.100.7"),
                to: try IPAddress("203.0.113.30")))
        #expect(same.reaches)
    }

    /// What must pass from outside passes if one provider's way does; what must not is asked by each.
    @Test func fromOutsideOneWayIsEnoughAndEachMustBeClosed() throws {
        let passes = try Self.prediction(
            Self.twoProviders.replacing("CHECKS", with: "[{ping: [198.51.100.7, 203.0.113.30]}]")
        )
        #expect(!passes.1.contains { $0.code == .checkCannotHold }, "\(passes.1.map(\.message))")
        #expect(passes.0.expectations.filter(\.isStated).map(\.source.host) == ["outside:internet"])
        // Its answers leave by the second provider: only from there is it reached.
        let second = try Self.prediction(
            Self.twoProviders.replacing("CHECKS", with: "[{ping: [198.51.100.7, 192.0.2.30]}]")
                .replacing(/192\.0\.2\.30\/24\}\n +gateway: 203\.0\.113\.1/) {
                    $0.output.replacing("203.0.113.1", with: "192.0.2.1")
                })
        #expect(!second.1.contains { $0.code == .checkCannotHold }, "\(second.1.map(\.message))")
        #expect(second.0.expectations.filter(\.isStated).map(\.source.host) == ["outside:backup"])
        let closed = try Self.prediction(
            Self.twoProviders.replacing("CHECKS", with: "[{no-ping: [198.51.100.7, edge/inner]}]"))
        #expect(closed.0.expectations.filter(\.isStated).map(\.source.host) == ["outside:internet", "outside:backup"])
        let open = try Self.prediction(
            Self.twoProviders.replacing("CHECKS", with: "[{no-ping: [198.51.100.7, 203.0.113.30]}]"))
        #expect(open.1.contains { $0.message == "check cannot hold: \"198.51.100.7\" reaches \"203.0.113.30\"" })
    }

    // MARK: - Addresses in checks

    /// An address is that of whoever has it, and of that address alone.
    @Test func anAddressMeansThatInterface() throws {
        let text = """
            topology: t
            runtime: netns
            hosts:
              h:
                bridges: {br0: {}}
                containers:
                  a: {bridge: br0, addresses: [10.0.0.1/24, 10.0.0.2/24, "fd00::1/64"]}
                  b: {bridge: br0, addresses: [10.0.0.11/24, 10.0.0.12/24, "fd00::11/64"]}
            checks: [{ping: [10.0.0.2, 10.0.0.12]}, {ping: [a, "fd00::11"]}]
            """
        let calls = Self.calls(try Self.files(text)["h/check.sh"])
        #expect(calls.contains("sent_from 10.0.0.2 reaches a b 10.0.0.12"))
        #expect(calls.contains("sent_from 10.0.0.2 carries_at_most a b 10.0.0.12 1500 28"))
        #expect(calls.contains("reaches a b fd00::11") && calls.contains("reaches a b 10.0.0.11"), "\(calls)")
        let stated = try Self.prediction(text).0.expectations.filter(\.isStated)
        #expect(stated.map { $0.address.description } == ["10.0.0.12", "fd00::11"], "one family each")
    }

    /// A LAN's gateway is in a subnet of the topology, and nobody's of it; another address there is nobody's at all.
    @Test func theGatewayItselfIsOutside() throws {
        let checks = """
            [{ping: [edge, 203.0.113.1]}, {ping: [203.0.113.1, web]}, {trace: [web, 203.0.113.1], hops: []},
             {no-ping: [203.0.113.1, inner]}]
            """
        #expect(try Self.codes(Self.text(checks: checks)) == [])
        let besides = examine(Self.source(Self.text(checks: "[{ping: [edge, 203.0.113.2]}]")))
        #expect(besides.diagnostics.map(\.code) == [.addressOfNobody])
    }

    @Test func ofTwoFamiliesNothingIsAsked() throws {
        let text = Self.text(checks: "[{ping: [198.51.100.7, web]}, {ping: [web, 203.0.113.10]}]")
        let stated = try Self.prediction(text).0.expectations.filter(\.isStated)
        #expect(stated.count == 2)
        #expect(stated.map { $0.sender?.description } == ["198.51.100.7", nil])
    }

    // MARK: - Scripts

    @Test func whatIsAskedFromOutsideIsAScriptOfTheLabs() throws {
        let files = try Self.files(
            Self.text(
                checks: """
                    [{ping: [198.51.100.7, web]}, {no-ping: [198.51.100.7, inner]},
                      {ping: [edge, 198.51.100.7]}, {trace: [web, 198.51.100.7], hops: []}]
                    """))
        #expect(
            Self.calls(files["outside/internet.sh"]) == [
                "sent_from 198.51.100.7 reaches outside:internet web 203.0.113.21",
                "sent_from 198.51.100.7 carries_at_most outside:internet web 203.0.113.21 1500 28",
                "sent_from 198.51.100.7 reaches_not outside:internet inner 10.1.0.11"
                    + " 'what is outside knows no way to 10.1.0.0/24'",
            ])
        // On a real host nobody can, and how large a packet may be outside is not the topology's to say.
        let edge = Self.calls(files["edge/check.sh"])
        #expect(edge.contains("cannot_send 198.51.100.7 inner 10.1.0.11 'does not reach'"), "\(edge)")
        #expect(edge.filter { $0.contains("outside:internet") } == ["reaches edge outside:internet 198.51.100.7"])
        let flat = Self.calls(files["flat/check.sh"])
        #expect(flat.contains("cannot_send 198.51.100.7 web 203.0.113.21 reaches"), "\(flat)")
        #expect(flat.contains("goes_out_by web outside:internet 198.51.100.7"))
        #expect(!flat.contains { $0.hasPrefix("carries") && $0.contains("outside") })
        #expect(files["flat/up.sh"]?.contains("route replace default via 203.0.113.1") == true)
        // No packet of a capture has to come from outside.
        #expect(files["flat/capture.sh"]?.contains("198.51.100.7") == false)
    }

    @Test func theLabMakesIt() throws {
        let files = try Self.files(Self.text(checks: "[{no-ping: [198.51.100.7, inner]}]"))
        let lab = try #require(files["lab.sh"])
        #expect(
            lab.contains(
                "\n    new_outside outside:internet outside-1 1500 internet all 203.0.113.1/24 203.0.113.0/24"
                    + " 10.1.0.0/24\n"))
        #expect(lab.contains("\noutsides=outside:internet\n"))
        #expect(lab.contains("\nsilent_hosts='edge flat outside:internet'\n"), "its silence is asked last, too")
        #expect(lab.contains("\n    outside:internet) in_host outside:internet \"$@\" ;;\n"))
    }

    @Test func whereNothingIsOutsideNothingIsMade() throws {
        let files = try Self.files(Self.text(checks: "[{ping: [web, edge]}]", gateway: "203.0.113.10"))
        #expect(files.keys.allSatisfy { !$0.hasPrefix("outside/") })
        #expect(files["lab.sh"]?.contains("\noutsides=''\n") == true)
        #expect(files["lab.sh"]?.contains("\n    new_outside ") == false)
        #expect(files["flat/up.sh"]?.contains("default via 203.0.113.10") == true, "the gateway is the host")
    }

    /// Where every gateway is a host of the topology, an address that nobody has is nowhere, and no check of it holds.
    @Test(arguments: ["ping: [web, 198.51.100.7]", "no-ping: [web, 198.51.100.7]", "no-ping: [198.51.100.7, web]"])
    func whereNothingIsOutsideNoCheckOfItHolds(check: String) throws {
        let found = try Self.prediction(Self.text(checks: "[{\(check)}]", gateway: "203.0.113.10")).1
        #expect(
            found.map(\.message)
                == ["check cannot hold: \"198.51.100.7\" is outside, and no gateway leads there"])
    }

    /// With nothing that is asked from there it is made all the same: others ask it.
    @Test func whoAsksNothingHasNoScript() throws {
        let files = try Self.files(Self.text(checks: "[{ping: [web, 198.51.100.7]}]"))
        #expect(files["outside/internet.sh"] == nil)
        #expect(files["lab.sh"]?.contains("\n    new_outside outside:internet ") == true)
    }
}
