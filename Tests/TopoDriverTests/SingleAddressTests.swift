import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoForwarding
import TopoModel
import TopoPlan

/// Links of which the container has a single address: `p2p: {container: 203.0.113.20/32, announce: eth0}`.
@Suite struct SingleAddressTests {
    /// A host with such a container, and another on its LAN.
    static func text(
        _ link: String, forwarding: String = "true", more: String = "", checks: String = "[]",
        lan: String = "{subnet: [203.0.113.0/24, \"2001:db8::/64\"]}", container: String = ""
    ) -> String {
        """
        topology: single
        runtime: netns
        lans:
          lan: \(lan)
        hosts:
          host1:
            forwarding: \(forwarding)
            nics: {eth0: {lan: lan, addresses: [203.0.113.10/24, "2001:db8::10/64"]}}
            \(more)
            containers:
              web:
                p2p: \(link)
                \(container)
          host2:
            nics: {eth0: {lan: lan, addresses: [203.0.113.11/24, "2001:db8::11/64"]}}
        checks: \(checks)
        """
    }

    static let both =
        "[{container: 203.0.113.20/32, announce: eth0}, {container: \"2001:db8::20/128\", announce: eth0}]"

    private func path(_ text: String, _ from: String, _ address: String) throws -> Path {
        try OutsideTests.path(text, from, address)
    }

    @Test(arguments: [
        ("203.0.113.20", "203.0.113.11", "203.0.113.11"), ("2001:db8::20", "2001:db8::11", "2001:db8::11"),
    ])
    func theHostAnswersOnTheLANAndForwards(address: String, other: String, source: String) throws {
        let text = SingleAddressTests.text(SingleAddressTests.both)
        #expect(try OutsideTests.codes(text) == [])
        let there = try path(text, "host2", address)
        #expect(there.reaches && there.routers == [NodeName(host: "host1")])
        let link = try #require(there.there.hops.first)
        #expect(try link.outInterface == "eth0" && link.nextHop == IPAddress(address))
        let back = try path(text, "host1/web", other)
        #expect(back.reaches && back.routers == [NodeName(host: "host1")])
        let gateway = address.contains(":") ? "fe80::1" : "169.254.0.1"
        #expect(try back.there.hops.first?.nextHop == IPAddress(gateway))
        #expect(try path(text, "host1", address).reaches)
    }

    /// Without the announcement it is the same link, and a neighbour's question on the LAN has no answer.
    @Test func withoutAnnouncementTheLANGetsNoAnswer() throws {
        let text = SingleAddressTests.text("{container: 203.0.113.20/32}")
        #expect(try OutsideTests.codes(text) == ["T0302"])
        #expect(try !path(text, "host2", "203.0.113.20").reaches)
        #expect(try path(text, "host1", "203.0.113.20").reaches)
        #expect(try !path(text, "host1/web", "203.0.113.11").reaches)
    }

    /// A host that doesn't forward is the container's neighbour and no router, and answers for nobody.
    @Test func whoDoesNotForwardAnswersForNobody() throws {
        let text = SingleAddressTests.text(SingleAddressTests.both, forwarding: "false")
        #expect(try OutsideTests.codes(text).contains("T0320"))
        #expect(try !path(text, "host2", "203.0.113.20").reaches)
        #expect(try !path(text, "host2", "2001:db8::20").reaches)
        #expect(try path(text, "host1", "203.0.113.20").reaches)
    }

    /// An address that is not of the LAN's subnet is reached by a route, which `routing: static` makes.
    @Test func othersGetARoute() throws {
        let text = SingleAddressTests.text("{container: 198.18.0.5/32}").replacing(
            "topology: single\n", with: "topology: single\nrouting: static\n"
        ).replacing("  host2:\n", with: "  host2:\n    forwarding: true\n")
        #expect(try OutsideTests.codes(text) == [])
        #expect(try path(text, "host2", "198.18.0.5").reaches)
        let plan = try #require(examine(OutsideTests.source(text)).output?.plan)
        let routes = plan.hosts[1].routes(of: .host).filter { $0.destination.family == .ipv4 }
        #expect(routes.map { RouteWords($0).words.joined(separator: " ") } == ["198.18.0.5 via 203.0.113.10"])
        // Who looks for it on the LAN needs none.
        let announced = text.replacing("{container: 198.18.0.5/32}", with: SingleAddressTests.both)
        let second = try #require(examine(OutsideTests.source(announced)).output?.plan)
        #expect(second.hosts[1].routes(of: .host).isEmpty)
    }

    /// What the kernel is asked for, in the order in which it can be had.
    @Test func thePlanHasTheLinksParts() throws {
        let text = SingleAddressTests.text(SingleAddressTests.both)
        let plan = try #require(examine(OutsideTests.source(text)).output?.plan)
        let host = plan.hosts[0]
        let veth = try #require(host.veths.first)
        #expect(
            host.addresses(of: veth.hostInterface, in: .host).map(\.description) == ["169.254.0.1/32", "fe80::1/128"])
        #expect(
            host.routes(of: .host).map { RouteWords($0).words.joined(separator: " ") }
                == ["203.0.113.20 dev \(veth.hostInterface)", "2001:db8::20 dev \(veth.hostInterface)"])
        #expect(
            host.announcements
                == [
                    PlannedAnnouncement(address: try IPAddress("203.0.113.20"), interface: "eth0"),
                    PlannedAnnouncement(address: try IPAddress("2001:db8::20"), interface: "eth0"),
                ])
        #expect(
            host.routes(of: .container("web")).map {
                RouteWords($0).arguments().joined(separator: " ")
            } == ["default via 169.254.0.1 dev eth0 onlink", "default via fe80::1 dev eth0"])
    }

    /// A gateway can be written, and be taken away.
    @Test func theGatewayMayBeWritten() throws {
        let written = SingleAddressTests.text(SingleAddressTests.both, container: "gateway: [169.254.0.1, \"fe80::1\"]")
        #expect(try OutsideTests.codes(written) == [])
        #expect(try path(written, "host1/web", "203.0.113.11").reaches)
        let none = SingleAddressTests.text(SingleAddressTests.both, container: "gateway: none")
        let outcome = examine(OutsideTests.source(none), despiteErrors: true)
        #expect(outcome.output?.plan.hosts[0].routes(of: .container("web")).isEmpty == true)
    }

    @Test(arguments: [
        // Somebody on the LAN has it.
        ("{container: 203.0.113.11/32, announce: eth0}", "T0303", Diagnostic.Severity.error),
        // Nobody on the LAN looks for it there.
        ("{container: 198.18.0.5/32, announce: eth0}", "T0320", .warning),
        ("{container: 169.254.0.1/32}", "T0306", .error), ("{container: \"fe80::5/128\"}", "T0204", .error),
        ("{container: 203.0.113.20/24, announce: eth0}", "T0202", .error),
        ("{container: 203.0.113.20/31}", "T0202", .error),
        ("{host: 10.2.0.1/30, container: 10.2.0.2/30, announce: eth0}", "T0205", .error),
        ("{container: 203.0.113.20/32, announce: eth9}", "T0210", .error),
    ])
    func whatCannotBeIsSaid(link: String, code: String, severity: Diagnostic.Severity) throws {
        let found = examine(OutsideTests.source(SingleAddressTests.text(link)), despiteErrors: true).diagnostics
        #expect(found.map(\.code.rawValue) == [code], "\(found.map(\.message))")
        #expect(found.first?.severity == severity)
    }

    @Test func theLANsGatewayIsSomebodyElse() throws {
        let lan = "{subnet: 203.0.113.0/24, gateway: 203.0.113.20}"
        let text = SingleAddressTests.text("{container: 203.0.113.20/32, announce: eth0}", lan: lan)
        #expect(try OutsideTests.codes(text).contains("T0303"))
    }

    @Test func twoHostsCannotAnnounceOneAddress() throws {
        let text = SingleAddressTests.text("{container: 203.0.113.20/32, announce: eth0}").replacing(
            "  host2:\n",
            with: """
                  host2:
                    forwarding: true
                    containers: {shop: {p2p: {container: 203.0.113.20/32, announce: eth0}}}

                """)
        #expect(try OutsideTests.codes(text).contains("T0303"))
    }

    /// A port has no addresses: its bridge asks and answers.
    @Test func aPortAnnouncesNothing() throws {
        let port = "bridges: {br0: {ports: [eth0]}}"
        let text = SingleAddressTests.text(SingleAddressTests.both, more: port).replacing(
            "nics: {eth0: {lan: lan, addresses: [203.0.113.10/24, \"2001:db8::10/64\"]}}\n    bridges: {br0: {ports: [eth0]}}",
            with:
                "nics: {eth0: {lan: lan}}\n    bridges: {br0: {ports: [eth0], addresses: [203.0.113.10/24, \"2001:db8::10/64\"]}}"
        )
        #expect(try OutsideTests.codes(text).contains("T0320"))
        let mended = text.replacing("announce: eth0", with: "announce: br0")
        #expect(try OutsideTests.codes(mended) == [])
        #expect(try path(mended, "host2", "203.0.113.20").reaches)
    }

    /// It answers on the interface that is named and on no other.
    @Test func nobodyAnswersOnAnotherLAN() throws {
        func text(_ device: String) -> String {
            SingleAddressTests.text("{container: 203.0.113.20/32, announce: \(device)}").replacing(
                "lans:\n", with: "lans:\n  other: {subnet: 192.0.2.0/24}\n"
            ).replacing("nics: {eth0:", with: "nics: {eth1: {lan: other, address: 192.0.2.1/24}, eth0:").replacing(
                "192.0.2.1/24}, eth0: {lan: lan, addresses: [203.0.113.11",
                with: "192.0.2.2/24}, eth0: {lan: lan, addresses: [203.0.113.11")
        }
        #expect(try OutsideTests.codes(text("eth0")) == [])
        #expect(try path(text("eth0"), "host2", "203.0.113.20").reaches)
        #expect(try OutsideTests.codes(text("eth1")) == ["T0302", "T0320"])
        #expect(try !path(text("eth1"), "host2", "203.0.113.20").reaches)
    }
}
