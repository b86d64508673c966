import Foundation
import Testing
import TopoDiagnostics

/// What documents say of the outside, and what is found of gateways and of those beside them.
extension OutsideTests {
    @Test func theDocumentSaysWhatIsOutside() throws {
        let files = try Self.files(Self.text(checks: "[{ping: [198.51.100.7, web]}]"))
        let data = Data(try #require(files["topology.json"]).utf8)
        let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let lan = try #require((document["lans"] as? [[String: Any]])?.first)
        #expect(lan["gateways"] as? [String] == ["203.0.113.1"] && lan["outside"] as? [String] == ["203.0.113.1"])
        let first = try #require((document["expectations"] as? [[String: Any]])?.first)
        #expect(first["from"] as? String == "outside:internet" && first["sender"] as? String == "198.51.100.7")
        let own = try Self.files(Self.text(checks: "[]", gateway: "203.0.113.10"))
        #expect(own["topology.json"]?.contains("\"outside\"") == false)
    }

    /// The runbook says who asks from where, and of what is outside no size.
    @Test func theRunbookSaysWhoAsks() throws {
        let files = try Self.files(Self.text(checks: "[{ping: [198.51.100.7, web]}, {ping: [web, 198.51.100.7]}]"))
        let runbook = try #require(files["RUNBOOK.md"])
        #expect(
            runbook.contains(
                "| outside:internet (198.51.100.7) | flat/web (203.0.113.21) | reached directly, in packets of up to 1500 bytes |"
            ))
        #expect(runbook.contains("| flat/web | outside:internet (198.51.100.7) | reached directly |"))
    }

    /// An automatic address is never the router's.
    @Test func theGatewaysAddressIsNotGivenAway() throws {
        let text = """
            topology: t
            runtime: netns
            lans: {l: {subnet: 203.0.113.0/29, gateway: 203.0.113.1}}
            hosts:
              h1..h2:
                nics: {eth0: {lan: l, address: auto}}
            """
        let files = try Self.files(text)
        #expect(files["h1/up.sh"]?.contains("203.0.113.2/29") == true)
        #expect(files["h2/up.sh"]?.contains("203.0.113.3/29") == true)
    }

    /// A LAN with a router behind which something is connects one host with that.
    @Test func aHostAloneOnALANWithAGatewayIsNotAlone() throws {
        func codes(_ gateway: String) throws -> [DiagnosticCode] {
            try Self.prediction(
                """
                topology: t
                runtime: netns
                lans: {l: {subnet: 203.0.113.0/24\(gateway)}}
                hosts: {h: {nics: {eth0: {lan: l, address: 203.0.113.2/24}}}}
                """
            ).1.map(\.code)
        }
        #expect(try codes("") == [.loneHost])
        #expect(try codes(", gateway: 203.0.113.1") == [])
        #expect(try codes(", gateway: 203.0.113.2") == [.loneHost])
    }

    /// With a gateway the file says who is on the LAN: another next hop is a mistake, not a router that it leaves out.
    @Test func aNextHopBesideTheGatewayIsAnError() throws {
        func severity(_ gateway: String) throws -> Diagnostic.Severity? {
            try Self.prediction(
                """
                topology: t
                runtime: netns
                lans: {l: {subnet: 203.0.113.0/24\(gateway)}}
                hosts:
                  h1: {nics: {eth0: {lan: l, address: 203.0.113.2/24}}, gateway: 203.0.113.9}
                  h2: {nics: {eth0: {lan: l, address: 203.0.113.3/24}}}
                """
            ).1.first { $0.code == .nextHopNotConnected }?.severity
        }
        #expect(try severity("") == .warning)
        #expect(try severity(", gateway: 203.0.113.1") == .error)
        #expect(try severity(", gateway: 203.0.113.9") == nil)
    }
}
