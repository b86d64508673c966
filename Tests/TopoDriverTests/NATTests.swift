import Foundation
import Testing
import TopoDiagnostics
import TopoForwarding
import TopoModel
import TopoPlan

/// What `nat` and `publish` come to: predictions, findings and what the scripts ask.
@Suite struct NATTests {
    /// A router between a LAN with an outside, its own containers, another LAN and another router on the first.
    private func text(nat: String = "[]", publish: String = "[]", checks: String = "[]", more: String = "") -> String {
        """
        topology: nat
        runtime: netns
        lans:
          internet: {subnet: [203.0.113.0/24, "2001:db8:113::/64"], gateway: [203.0.113.1, "2001:db8:113::1"]}
          inner: {subnet: 10.8.0.0/24}
        hosts:
          gw:
            forwarding: true
            gateway: [203.0.113.1, "2001:db8:113::1"]
            nics:
              eth0: {lan: internet, addresses: [203.0.113.10/24, 203.0.113.11/24, "2001:db8:113::10/64"]}
              eth1: {lan: inner, address: 10.8.0.1/24}
            bridges: {br0: {addresses: [10.1.0.1/24, "fd00:1::1/64"]}}
            routes: [{to: 10.9.0.0/24, via: far}, {to: 10.7.0.0/24, via: back}]
            containers:
              c1: {bridge: br0, addresses: [10.1.0.11/24, "fd00:1::11/64"]}
              c2: {bridge: br0, addresses: [10.1.0.12/24, "fd00:1::12/64"]}
              c3: {bridge: br0, addresses: [10.1.0.13/24, "fd00:1::13/64"]}
            nat: \(nat)
            publish: \(publish)
          far:
            forwarding: true
            nics: {eth0: {lan: internet, address: 203.0.113.20/24}}
            bridges: {br0: {address: 10.9.0.1/24}}
            routes: [{to: 10.1.0.0/24, via: gw}]
            containers: {c9: {bridge: br0, address: 10.9.0.11/24}}
          back:
            forwarding: true
            nics: {eth0: {lan: inner, address: 10.8.0.2/24}}
            bridges: {br0: {address: 10.7.0.1/24}}
            containers: {w: {bridge: br0, address: 10.7.0.11/24}}
        \(more)
        checks: \(checks)
        """
    }

    private func prediction(_ text: String) throws -> Prediction { try OutsideTests.prediction(text).0 }

    private func path(
        _ prediction: Prediction, _ source: String, _ address: String, from sender: String? = nil, port: UInt16? = nil
    ) throws -> Path {
        let parts = source.split(separator: "/").map(String.init)
        let node =
            source.hasPrefix("outside:")
            ? NodeName(outsideOf: "internet") : NodeName(host: parts[0], container: parts.count > 1 ? parts[1] : nil)
        return try #require(
            prediction.path(
                from: node, sending: try sender.map { try IPAddress($0) }, to: try IPAddress(address), port: port))
    }

    /// The source that the last node sees.
    private func seen(_ prediction: Prediction, _ source: String, _ address: String) throws -> String {
        let path = try path(prediction, source, address)
        guard path.reaches else { return path.ending.reason.kind }
        return "\(try #require(path.there.translations.last?.new ?? path.sourceAddress))"
    }

    @Test func theFirstRuleThatFitsApplies() throws {
        let prediction = try prediction(
            text(
                nat: """
                    [{out: eth1, except: 10.8.0.0/24}, {out: eth0, from: 10.1.0.11/32, as: 203.0.113.11},
                     {out: eth0, from: 10.1.0.0/24, except: 10.9.0.0/24}, {out: eth0, from: "fd00:1::/64"}]
                    """))
        #expect(try seen(prediction, "gw/c1", "198.51.100.7") == "203.0.113.11")
        #expect(try seen(prediction, "gw/c2", "198.51.100.7") == "203.0.113.10")
        #expect(try seen(prediction, "gw/c2", "2001:db8:ffff::7") == "2001:db8:113::10")
        #expect(try seen(prediction, "gw/c1", "10.9.0.11") == "203.0.113.11")
        #expect(try seen(prediction, "gw/c2", "10.9.0.11") == "10.1.0.12")
        // By another interface, which another rule is for; who is there knows no other way.
        #expect(try seen(prediction, "gw/c3", "10.7.0.11") == "10.8.0.1")
    }

    @Test func aRuleIsAboutTheFamiliesThatItNames() throws {
        let both = try prediction(text(nat: "[{out: eth0}]"))
        #expect(try seen(both, "gw/c2", "2001:db8:ffff::7") == "2001:db8:113::10")
        #expect(try seen(both, "gw/c2", "198.51.100.7") == "203.0.113.10")
        for rule in ["{out: eth0, except: 10.0.0.0/8}", "{out: eth0, as: 203.0.113.11}"] {
            let one = try prediction(text(nat: "[\(rule)]"))
            #expect(try seen(one, "gw/c2", "2001:db8:ffff::7") == "a route says unreachable")
            #expect(try seen(one, "gw/c2", "198.51.100.7").hasPrefix("203.0.113."))
        }
    }

    /// The host's own packets keep their source, whichever of its addresses that is; so do those of the LAN's own subnets.
    @Test func whatIsNotForwardedKeepsItsSource() throws {
        let prediction = try prediction(text(nat: "[{out: eth0, as: 203.0.113.11}, {out: eth1}]"))
        #expect(try seen(prediction, "gw", "198.51.100.7") == "203.0.113.10")
        #expect(try path(prediction, "gw", "198.51.100.7", from: "10.1.0.1").reaches == false)
        #expect(try path(prediction, "gw", "198.51.100.7").there.translations.isEmpty)
        // Far's packets to the other LAN are forwarded, and come from a subnet of another interface.
        #expect(try seen(prediction, "far", "10.8.0.2") == "no route")
    }

    @Test func anAnswerIsTranslatedBackByWhoTranslated() throws {
        let prediction = try prediction(text(nat: "[{out: eth0}]"))
        let path = try path(prediction, "gw/c1", "198.51.100.7")
        let back = try #require(path.back)
        #expect(back.translations.map(\.side) == [.destination])
        #expect(back.translations.map { "\($0.old) \($0.new)" } == ["203.0.113.10 10.1.0.11"])
        #expect(back.ending.node == NodeName(host: "gw", container: "c1"))
        #expect(path.there.hops[1].translations.count == 1 && path.there.hops[0].translations.isEmpty)
    }

    @Test func aPublishedPortLeadsToItsTargetAndNoOther() throws {
        let prediction = try prediction(
            text(publish: "[{in: eth0, tcp: 8080, to: c1, port: 80}, {in: eth0, udp: 53, to: c2}]"))
        func end(_ address: String, _ port: UInt16?, from source: String = "outside:") throws -> String {
            let path = try path(prediction, source, address, port: port)
            return path.reaches ? "\(path.there.ending.node)" : path.ending.reason.kind
        }
        #expect(try end("203.0.113.10", 8080) == "gw/c1")
        #expect(try end("203.0.113.11", 8080) == "gw/c1")
        #expect(try end("2001:db8:113::10", 8080) == "gw/c1")
        // Another port, another protocol, an echo request, another interface's address: all are the host's own.
        for (address, port) in [("203.0.113.10", 8081), ("203.0.113.10", 53), ("203.0.113.10", nil)]
            as [(String, UInt16?)]
        {
            #expect(try end(address, port) == "gw", "\(address) \(String(describing: port))")
        }
        #expect(try end("10.1.0.1", 8080, from: "far") == "gw")
        #expect(try end("203.0.113.10", 8080, from: "gw/c2") == "gw")
        let there = try path(prediction, "outside:", "203.0.113.10", port: 8080).there
        #expect(
            there.translations.map { "\($0.side) \($0.old) \($0.new) \($0.ports!.old) \($0.ports!.new)" } == [
                "destination 203.0.113.10 10.1.0.11 8080 80"
            ])
    }

    @Test func answersThatGoAnotherWayAreNotTheOnesAskedFor() throws {
        let publish = "[{in: eth0, tcp: 80, to: far/c9}]"
        let lost = try prediction(
            text(publish: publish, more: "    gateway: 203.0.113.1").replacing(
                "routes: [{to: 10.1.0.0/24, via: gw}]",
                with: "routes: [{to: 10.1.0.0/24, via: gw}, {to: default, via: 203.0.113.1}]"
            )
            .replacing("    gateway: 203.0.113.1\nchecks", with: "checks"))
        let path = try path(lost, "outside:", "203.0.113.10", port: 80)
        #expect(path.ending.reason.kind == "the answer comes from another address than was asked")
        #expect(path.words.contains("10.9.0.11") && path.words.contains("who publishes 203.0.113.10"))
        // With another source, too, they come back: hairpin by the same interface.
        let found = try prediction(text(nat: "[{out: eth0, from: 198.51.100.0/24}]", publish: publish))
        let answered = try self.path(found, "outside:", "203.0.113.10", port: 80)
        #expect(answered.reaches && answered.there.translations.map(\.side) == [.destination, .source])
        #expect(answered.back?.translations.map(\.side) == [.destination, .source])
    }

    /// The far end of a tunnel knows it by the address of who sends, and takes no other's packets.
    @Test func aTunnelsPacketsMayGetNoOtherSource() throws {
        func prediction(_ nat: String) throws -> Prediction {
            try self.prediction(
                """
                topology: tunnelled
                runtime: netns
                lans: {a: {}, b: {}}
                hosts:
                  h1:
                    nics: {eth0: {lan: a, address: 10.0.1.1/24}}
                    gateway: 10.0.1.9
                    tunnels: {t: {type: gretap, remote: h2}}
                    bridges: {br0: {ports: [t]}}
                    containers: {c1: {bridge: br0, address: 10.5.0.1/24}}
                  r:
                    forwarding: true
                    nics: {eth0: {lan: a, address: 10.0.1.9/24}, eth1: {lan: b, address: 10.0.2.9/24}}
                    nat: \(nat)
                  h2:
                    nics: {eth0: {lan: b, address: 10.0.2.1/24}}
                    gateway: 10.0.2.9
                    tunnels: {t: {type: gretap, remote: h1}}
                    bridges: {br0: {ports: [t]}}
                    containers: {c2: {bridge: br0, address: 10.5.0.2/24}}
                """)
        }
        #expect(try path(prediction("[]"), "h1/c1", "10.5.0.2").reaches)
        #expect(try path(prediction("[{out: eth1, except: 10.0.2.1/32}]"), "h1/c1", "10.5.0.2").reaches)
        let lost = try path(prediction("[{out: eth1}]"), "h1/c1", "10.5.0.2")
        #expect(lost.words.contains("r makes its packets come from 10.0.2.9"), "\(lost.words)")
        #expect(lost.ending.reason.help(at: lost.ending.node)?.contains("nat rule of \"r\"") == true)
    }

    /// What nobody outside a host's reach is to have a route to, since it leaves by another address, lacks none.
    @Test func whatIsBehindNATNeedsNoRouteToIt() throws {
        func messages(_ nat: String) throws -> [String] {
            try OutsideTests.prediction(
                """
                topology: two
                runtime: netns
                lans: {lan: {subnet: 192.0.2.0/24}}
                hosts:
                  h1:
                    forwarding: true
                    nics: {eth0: {lan: lan, address: 192.0.2.1/24}}
                    bridges: {br0: {address: 10.1.0.1/24}}
                    routes: [{to: 10.2.0.0/24, via: h2}]
                    containers: {c1: {bridge: br0, address: 10.1.0.11/24}}
                    nat: \(nat)
                  h2:
                    forwarding: true
                    nics: {eth0: {lan: lan, address: 192.0.2.2/24}}
                    bridges: {br0: {address: 10.2.0.1/24}}
                    containers: {c2: {bridge: br0, address: 10.2.0.11/24}}
                """
            ).1.map { "\($0.code.rawValue) \($0.message)" }
        }
        #expect(try messages("[]").contains { $0.hasPrefix("T0503") })
        #expect(try messages("[{out: eth0}]") == [])
        #expect(try messages("[{out: eth0, from: 10.3.0.0/24}]").contains { $0.hasPrefix("T0503") })
        #expect(try messages("[{out: eth0, except: 10.2.0.0/16}]").contains { $0.hasPrefix("T0503") })
    }

    /// Of containers that rules treat alike one stands for all; a rule for one, or a port of one, tells it from the others.
    @Test func aRuleTellsContainersApart() throws {
        func classes(_ nat: String, _ publish: String = "[]") throws -> [[String]] {
            let prediction = try prediction(text(nat: nat, publish: publish))
            return prediction.classes.map { $0.map { prediction.nodes[$0].description } }
                .filter { $0[0].hasPrefix("gw/") }
        }
        #expect(try classes("[{out: eth0}]") == [["gw/c1", "gw/c2", "gw/c3"]])
        #expect(try classes("[{out: eth0, from: 10.1.0.12/31}]") == [["gw/c1"], ["gw/c2", "gw/c3"]])
        #expect(try classes("[{out: eth0, from: 10.1.0.12/32}]") == [["gw/c1", "gw/c3"], ["gw/c2"]])
        // Two with a rule each are not alike either.
        let each = "[{out: eth0, from: 10.1.0.12/32, as: 203.0.113.11}, {out: eth0, from: 10.1.0.13/32}]"
        #expect(try classes(each) == [["gw/c1"], ["gw/c2"], ["gw/c3"]])
        #expect(try classes("[{out: eth1, except: 10.1.0.13/32}]") == [["gw/c1", "gw/c2"], ["gw/c3"]])
        #expect(try classes("[]", "[{in: eth0, udp: 53, to: c2}]") == [["gw/c1", "gw/c3"], ["gw/c2"]])
    }

    /// In a tunnel and on a NIC the packets have the source that the host gives them; so they are looked for with that one.
    @Test func whatIsCapturedHasTheNewSource() throws {
        let files = try OutsideTests.files(
            """
            topology: inside
            runtime: netns
            lans: {lan: {subnet: 172.16.1.0/24}}
            hosts:
              gw:
                forwarding: true
                nics: {eth0: {lan: lan, address: 172.16.1.1/24}}
                tunnels: {vx: {type: vxlan, vni: 7, remote: far, address: 10.9.0.1/24}}
                bridges: {br0: {address: 10.1.0.1/24}}
                nat: [{out: vx}]
                containers: {c1: {bridge: br0, address: 10.1.0.11/24}}
              far:
                nics: {eth0: {lan: lan, address: 172.16.1.2/24}}
                tunnels: {vx: {type: vxlan, vni: 7, remote: gw}}
                bridges: {br0: {ports: [vx]}}
                containers: {srv: {bridge: br0, address: 10.9.0.11/24, gateway: none}}
            checks: [{encapsulated: {from: c1, to: srv, on: lan, as: vxlan}}]
            """)
        let check = try #require(files["gw/check.sh"])
        // 10.9.0.1, and not 10.1.0.11.
        #expect(check.contains("= 0xa090001 and "), "\(check.split(separator: "\n").filter { $0.contains("0x") })")
        #expect(!check.contains("0xa01000b"))
        let routed = try OutsideTests.files(
            text(nat: "[{out: eth0}, {out: eth1}]", checks: "[{ping: [c1, far/c9]}]").replacing(
                "routes: [{to: 10.1.0.0/24, via: gw}]", with: "routes: []"))
        let capture = try #require(routed["gw/capture.sh"])
        #expect(capture.contains("203.0.113.10 to 10.9.0.11, routed"), "\(capture.suffix(800))")
    }

    @Test func checksAskByTCPAndSeeTheNewSource() throws {
        let files = try OutsideTests.files(
            text(
                nat: "[{out: eth0, from: 10.1.0.0/24}, {out: eth1}]",
                publish: "[{in: eth0, tcp: 8080, to: c1, port: 80}]",
                checks: """
                    [{ping: [c1, 198.51.100.7]}, {tcp: [198.51.100.7, 203.0.113.10], port: 8080}, {tcp: [c2, c1], port: 22},
                     {tcp: [far/c9, 203.0.113.11], port: 8080}, {tcp: [c2, 198.51.100.7], port: 443}]
                    """))
        let lines = { (path: String) in (files[path] ?? "").split(separator: "\n").map { $0.drop { $0 == " " } } }
        let own = lines("gw/check.sh")
        for call in [
            "serve c1 80", "serve c1 22", "connects c2 c1 10.1.0.12 22".replacing("10.1.0.12", with: "10.1.0.11"),
            "connects c2 outside:internet 198.51.100.7 443", "travels_inside c1 outside:internet 198.51.100.7 eth0 \\",
            "'from 203.0.113.10, not from 10.1.0.11' \\",
            "'(icmp or icmp6) and src host 203.0.113.10 and dst host 198.51.100.7' \\",
            "'(icmp or icmp6) and src host 10.1.0.11 and dst host 198.51.100.7'",
            "cannot_send 198.51.100.7 c1 203.0.113.10 'connects to'",
        ] {
            #expect(own.contains { $0 == call }, "\(call)")
        }
        #expect(own.count { $0.hasPrefix("serve ") && !$0.contains("()") } == 2)
        #expect(lines("far/check.sh").contains("connects c9 c1 203.0.113.11 8080"))
        #expect(!lines("far/check.sh").contains { $0.hasPrefix("serve ") })
        let outside = lines("outside/internet.sh")
        #expect(outside.contains("sent_from 198.51.100.7 connects outside:internet c1 203.0.113.10 8080"))
        #expect(outside.contains("serve outside:internet 443"))
        #expect(lines("lab.sh").contains("listeners='gw outside:internet'"))
    }
}
