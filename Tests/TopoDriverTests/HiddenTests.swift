import Testing
import TopoDiagnostics
import TopoModel

/// What is found where hosts give packets another source: subnets that nobody else hears of, answers, and tunnels.
@Suite struct HiddenTests {
    /// What is found of a file, each with the text that it is at and its severity.
    private func findings(_ text: String) throws -> [Diagnostic] {
        try OutsideTests.prediction(text).1.filter { $0.code != .loneHost && $0.code != .unusedName }
    }

    private func codes(_ text: String) throws -> [String] { try findings(text).map(\.code.rawValue) }

    // MARK: Subnets

    /// Two homes with the same subnet, on one street; `home2` is a router on another LAN, too, with a router there.
    private func homes(_ first: String, _ second: String, more: String = "") -> String {
        """
        topology: homes
        runtime: netns
        lans: {street: {subnet: 172.16.0.0/24}, yard: {subnet: 172.17.0.0/24}}
        hosts:
          home1:
            forwarding: true
            nics: {eth0: {lan: street, address: 172.16.0.1/24}}
            bridges: {br0: {address: 192.168.77.1/24}}
            containers: {a: {bridge: br0, address: 192.168.77.11/24}, a2: {bridge: br0, address: 192.168.77.200/24}}
            nat: \(first)
          home2:
            forwarding: true
            nics: {eth0: {lan: street, address: 172.16.0.2/24}, eth1: {lan: yard, address: 172.17.0.2/24}}
            bridges: {br0: {address: 192.168.77.1/24}}
            containers: {b: {bridge: br0, address: 192.168.77.12/24}}
            nat: \(second)
        \(more)
        """
    }

    @Test func twoSubnetsThatNobodyHearsOfMayBeTheSame() throws {
        #expect(try codes(homes("[{out: eth0}]", "[{out: eth0}, {out: eth1}]")) == [])
        #expect(
            try codes(homes("[{out: eth0, from: 192.168.77.0/24}]", "[{out: eth0}, {out: eth1, as: 172.17.0.2}]")) == []
        )
    }

    @Test func oneThatIsKnownOutsideMayNot() throws {
        let both = "[{out: eth0}, {out: eth1}]"
        for (first, second) in [
            ("[]", both), ("[{out: eth0}]", "[]"), ("[{out: br0}]", both),
            // One of the containers keeps its address.
            ("[{out: eth0, from: 192.168.77.0/25}]", both),
            // Towards somebody in the file they keep it.
            ("[{out: eth0, except: 172.16.0.0/16}]", both),
        ] {
            #expect(try codes(homes(first, second)).contains("T0302"), "\(first) \(second)")
        }
        // Nobody in the file is there.
        #expect(try codes(homes("[{out: eth0, except: 172.19.0.0/16}]", both)) == [])
    }

    /// By an interface without a rule the addresses get out; that matters where a router there looks for them elsewhere.
    @Test func anInterfaceWithoutARuleMattersIfSomebodyThereLooksElsewhere() throws {
        func yard(_ route: String) -> String {
            homes(
                "[{out: eth0}]", "[{out: eth0}]",
                more: """
                      y:
                        forwarding: true
                        nics: {eth0: {lan: street, address: 172.16.0.9/24}, eth1: {lan: yard, address: 172.17.0.9/24}}
                        routes: \(route)
                    """)
        }
        #expect(try codes(yard("[]")) == [])
        #expect(try codes(yard("[{to: 192.168.77.0/24, via: 172.17.0.2}]")) == [])
        #expect(try codes(yard("[{to: 192.168.77.0/24, via: home1}]")).contains("T0302"))
    }

    /// A second router of the subnet lets its addresses out.
    @Test func allRoutersOfASubnetMustHideIt() throws {
        func text(_ nat: String) -> String {
            homes(
                "[{out: eth0}]", "[{out: eth0}, {out: eth1}]",
                more: """
                      home3:
                        forwarding: true
                        nics: {eth0: {lan: street, address: 172.16.0.3/24}, eth1: {lan: inner, address: 192.168.77.3/24}}
                        nat: \(nat)
                    """
            )
            .replacing("lans: {", with: "lans: {inner: {}, ")
            .replacing(
                "172.16.0.1/24}}\n    bridges: {br0: {",
                with: "172.16.0.1/24}, eth1: {lan: inner}}\n    bridges: {br0: {ports: [eth1], "
            )
            .replacing("192.168.77.11/24}", with: "192.168.77.11/24, gateway: 192.168.77.1}")
            .replacing("192.168.77.200/24}", with: "192.168.77.200/24, gateway: 192.168.77.1}")
        }
        #expect(try codes(text("[{out: eth0}]")) == [])
        #expect(try codes(text("[]")).contains("T0302"))
    }

    /// Its host looks for all of them on one of its bridges.
    @Test func oneHostCannotHaveASubnetTwice() throws {
        let text = homes("[{out: eth0}]", "[{out: eth0}, {out: eth1}]")
            .replacing(
                "bridges: {br0: {address: 192.168.77.1/24}}\n    containers: {b:",
                with:
                    "bridges: {br0: {address: 192.168.78.1/24}, br1: {address: 192.168.77.1/24}, br2: {address: 192.168.77.2/24}}\n    containers: {x: {bridge: br1, address: 192.168.77.31/24}, y: {bridge: br2, address: 192.168.77.32/24}, b:"
            )
            .replacing("192.168.77.12/24", with: "192.168.78.12/24")
        #expect(try codes(text).contains("T0302"))
    }

    // MARK: Answers

    /// A container behind NAT, another router, and a third with containers, which has these routes.
    private func chain(
        _ routes: String, nat: String = "[{out: eth0}]", middle: String = "[]", own: String = "172.16.1.0/24"
    ) -> String {
        """
        topology: chain
        runtime: netns
        lans: {near: {subnet: [172.16.0.0/24, 172.18.0.0/24]}, far: {subnet: 172.16.1.0/24}}
        hosts:
          gw:
            forwarding: true
            nics: {eth0: {lan: near, addresses: [172.16.0.1/24, 172.18.0.1/24]}}
            bridges: {br0: {address: 192.168.77.1/24}}
            routes: [{to: 10.3.0.0/24, via: r}]
            containers: {a: {bridge: br0, address: 192.168.77.11/24}}
            nat: \(nat)
          r:
            forwarding: true
            nics: {eth0: {lan: near, address: 172.16.0.2/24}, eth1: {lan: far, address: 172.16.1.2/24}}
            routes: [{to: 10.3.0.0/24, via: h}]
            nat: \(middle)
          h:
            forwarding: true
            nics: {eth1: {lan: far, address: 172.16.1.3/24}}
            bridges: {br0: {address: 10.3.0.1/24}}
            routes: \(routes)
            containers: {c: {bridge: br0, address: 10.3.0.11/24}}
        """
    }

    @Test func anAnswerNeedsARouteToTheNewSource() throws {
        let found = try findings(chain("[]"))
        #expect(found.map(\.code) == [.noRoute] && found.first?.severity == .error)
        #expect(
            found.first?.message == "host \"h\" has no route back to 172.16.0.0/24: \"a\" gets no answer from \"c\"")
        #expect(found.first?.help == ["write \"- {to: 172.16.0.0/24, via: r}\" among the routes of host \"h\""])
        #expect(found.first?.secondary.contains { $0.text.contains("\"a\"") && $0.text.contains("NAT") } == true)
        #expect(try codes(chain("[{to: 172.16.0.0/24, via: r}]")) == [])
        // A route to the old source is none to the new one.
        #expect(try codes(chain("[{to: 192.168.77.0/24, via: r}]")).contains("T0503"))
    }

    /// The second of two rules is for what the first has made of the packet.
    @Test func aSecondRouterSeesTheFirstOnesAddress() throws {
        for (from, codes) in [("172.16.0.0/24", [String]()), ("192.168.77.0/24", ["T0503"])] {
            #expect(try self.codes(chain("[]", middle: "[{out: eth1, from: \(from)}]")) == codes, "\(from)")
        }
    }

    @Test func theNewSourceIsWhatTheRuleSays() throws {
        let other = "[{out: eth0, as: 172.18.0.1}]"
        #expect(try codes(chain("[{to: 172.16.0.0/24, via: r}]", nat: other)) == ["T0503"])
        // Where another router gives it one more, the answers are for that one, and then for the first.
        #expect(try codes(chain("[]", middle: "[{out: eth1}]")) == [])
        #expect(try codes(chain("[]", nat: other, middle: "[{out: eth1}]")) == ["T0503"])
    }

    @Test func answersThatGoRoundOrAreRefusedAreTold() throws {
        let loop = chain("[{to: 172.18.0.0/24, via: r}]", nat: "[{out: eth0, as: 172.18.0.1}]")
            .replacing(
                "routes: [{to: 10.3.0.0/24, via: h}]",
                with: "routes: [{to: 10.3.0.0/24, via: h}, {to: 172.18.0.0/24, via: h}]")
        #expect(try codes(loop).contains("T0504"))
    }

    // MARK: Tunnels

    private func tunnel(_ kind: String, nat: String, host: String = "[]") -> String {
        """
        topology: tunnel
        runtime: netns
        lans: {left: {subnet: 172.16.0.0/24}, right: {subnet: 172.16.1.0/24}}
        hosts:
          gw:
            forwarding: true
            nics: {eth0: {lan: left, address: 172.16.0.1/24}, eth1: {lan: right, address: 172.16.1.1/24}}
            nat: \(nat)
          host1:
            forwarding: true
            nics: {eth0: {lan: left, address: 172.16.0.2/24}}
            tunnels: {t: {\(kind.replacing("FAR", with: "172.16.1.2").replacing("NEAR", with: "172.16.0.2"))}}
            bridges: {br0: {ports: [t]}}
            containers: {c1: {bridge: br0, address: 10.0.0.11/24}}
            routes: [{to: 172.16.1.0/24, via: gw}]
            nat: \(host)
          host2:
            nics: {eth0: {lan: right, address: 172.16.1.2/24}}
            tunnels: {t: {\(kind.replacing("FAR", with: "172.16.0.2").replacing("NEAR", with: "172.16.1.2"))}}
            bridges: {br0: {ports: [t]}}
            containers: {c2: {bridge: br0, address: 10.0.0.12/24}}
            routes: [{to: 172.16.0.0/24, via: gw}]
        """
    }

    @Test(arguments: ["type: vxlan, vni: 7, remotes: [FAR]", "type: gretap, local: NEAR, remote: FAR"])
    func aTunnelWhosePacketsGetAnotherSourceIsTold(_ kind: String) throws {
        let found = try findings(tunnel(kind, nat: "[{out: eth1}]")).filter { $0.code == .tunnelTranslated }
        #expect(found.map(\.message) == ["gw gives the packets of host1's tunnel \"t\" another source"])
        #expect(found.first?.primary.text == "this gives them 172.16.1.1")
        #expect(found.first?.help == ["write \"except: 172.16.1.2/32\" in the rule"])
        #expect(try codes(tunnel(kind, nat: "[{out: eth1, except: 172.16.1.2/32}]")) == [])
        #expect(try codes(tunnel(kind, nat: "[{out: eth1, from: 10.0.0.0/8}]")) == [])
        #expect(try codes(tunnel(kind, nat: "[{out: eth1, from: 172.16.0.2/32}]")).contains("T0513"))
        // Both directions, by one rule each.
        let both = try findings(tunnel(kind, nat: "[{out: eth1}, {out: eth0}]")).filter { $0.code == .tunnelTranslated }
        #expect(both.count == 2)
    }

    /// What is wrapped comes from the tunnel's own address, not from another of the host's.
    @Test func theTunnelsAddressCounts() throws {
        let text = tunnel("type: gretap, local: NEAR, remote: FAR", nat: "[{out: eth1, from: 172.16.0.77/32}]")
            .replacing("address: 172.16.0.2/24", with: "addresses: [172.16.0.77/24, 172.16.0.2/24]")
        #expect(try codes(text) == [])
    }

    /// Its own packets a host leaves alone, also those from an address of another interface.
    @Test(arguments: ["172.16.0.2", "10.255.0.1"]) func aHostWithNATMayHaveTunnels(_ own: String) throws {
        let text = tunnel("type: gretap, local: NEAR, remote: FAR", nat: "[]", host: "[{out: eth0}]")
            .replacing("local: 172.16.0.2", with: "local: \(own)").replacing(
                "remote: 172.16.0.2", with: "remote: \(own)"
            )
            .replacing("  host1:\n", with: "  host1:\n    loopback: 10.255.0.1/32\n")
            .replacing("    nat: []\n", with: "    routes: [{to: 10.255.0.1/32, via: host1}]\n")
            .replacing(
                "{to: 172.16.0.0/24, via: gw}", with: "{to: 172.16.0.0/24, via: gw}, {to: 10.255.0.1/32, via: gw}")
        #expect(try codes(text) == [])
    }
}
