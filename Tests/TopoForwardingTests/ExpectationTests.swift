import Testing
import TopoDiagnostics
import TopoForwarding
import TopoModel
import TopoPlan

@Suite struct ExpectationTests {
    @Test func statedChecksComeFirst() throws {
        let (host1, host2) = try routedHosts()
        let checks = [
            check(Check.Kind.ping, "host2/c4", "host1/c2"),
            check(
                { .trace($0, $1, hops: [Located("host1", at: Span(20, 21)), Located("host2", at: Span(22, 23))]) },
                "host1/c1", "host2/c3"),
        ]
        let prediction = predict(network(host1, host2, checks: checks))
        #expect(prediction.diagnostics.isEmpty)
        let stated = prediction.expectations.prefix(2)
        #expect(stated.map(\.isStated) == [true, true])
        #expect(stated.map(\.isTraced) == [false, true])
        let hops = [
            Expectation.Hop(name: "host1", addresses: try ["172.16.1.1", "10.1.0.1"].map(IPAddress.init)),
            Expectation.Hop(name: "host2", addresses: try ["172.16.1.2", "10.2.0.1", "10.2.0.5"].map(IPAddress.init)),
        ]
        #expect(stated.last?.result == .reaches(hops: hops, mtu: 1500))
        #expect(prediction.expectations.count == 2 + 12)
        #expect(prediction.expectations.dropFirst(2).allSatisfy { !$0.isStated && !$0.isTraced })
    }

    @Test func failuresAreExpectedWithTheirReason() throws {
        var host = HostBuilder("host1")
        try host.bridge("br0", "10.1.0.1/24")
        try host.bridge("br1", "10.2.0.1/24")
        try host.bridged("a", "10.1.0.2/24", gateway: "10.1.0.1")
        try host.bridged("b", "10.2.0.2/24", bridge: "br1")
        let results = predict(network(host)).expectations.map(\.result)
        #expect(
            results.prefix(2) == [.fails("host1 does not forward IPv4"), .fails("host1/b has no route to 10.1.0.2")])
        // That neither gets through says nothing while neither reaches anybody: each pings its own bridge first.
        #expect(results.dropFirst(2) == [.reaches(hops: [], mtu: 1500), .reaches(hops: [], mtu: 1500)])
    }

    @Test func checksThatCannotHold() throws {
        var host = HostBuilder("host1")
        try host.bridge("br0", "10.1.0.1/24")
        try host.bridge("br1", "10.2.0.1/24")
        host.forwards([.ipv4], false)
        let decides = host.last
        try host.bridged("a", "10.1.0.2/24", gateway: "10.1.0.1")
        try host.bridged("b", "10.2.0.2/24", gateway: "10.2.0.1", bridge: "br1")
        try host.bridged("c", "10.1.0.3/24", gateway: "10.1.0.1")
        let checks = [
            check(Check.Kind.ping, "host1/a", "host1/b", at: 100),
            check(Check.Kind.noPing, "host1/a", "host1/c", at: 200),
            check({ .trace($0, $1, hops: [Located("host1", at: Span(310, 315))]) }, "host1/a", "host1/c", at: 300),
            check(Check.Kind.noPing, "host1/a", "host1/b", at: 400),
            check(Check.Kind.ping, "host1/a", "host1", at: 500),
        ]
        let found = predict(network(host, checks: checks)).diagnostics
        #expect(found.map(\.code) == [.checkCannotHold, .checkCannotHold, .checkCannotHold])
        #expect(
            found.map(\.message) == [
                "check cannot hold: \"host1/a\" does not reach \"host1/b\"",
                "check cannot hold: \"host1/a\" reaches \"host1/c\"",
                "check cannot hold: packets from \"host1/a\" to \"host1/c\" go without a router",
            ])
        #expect(found[0].primary == .init(Span(100, 108), "host1 does not forward IPv4"))
        #expect(found[0].secondary.map(\.span) == [decides])
        #expect(found.allSatisfy { !$0.help.isEmpty })
    }

    @Test func everyFamilyThatBothHave() throws {
        var host = HostBuilder("host1")
        try host.bridge()
        for number in 1...3 {
            host.container("c\(number)")
            try host.veth("c\(number)", "eth0", "10.0.0.\(number)/24", bridge: "br0")
            if number < 3 { try host.address("2001:db8::\(number)/64", on: "eth0", in: "c\(number)") }
        }
        let expectations = predict(network(host)).expectations
        #expect(expectations.count == 6 + 2)
        #expect(expectations.count { $0.address.family == .ipv6 } == 2)
    }

    @Test func largeTopologiesAreSampled() throws {
        let hosts = try (0..<4).map { number in
            var host = HostBuilder("host\(number)", at: number * 10000)
            host.forwards()
            try host.nic("eth0", lan: "internal", "172.16.1.\(number + 1)/24")
            try host.bridge("br0", "10.\(number).0.1/16")
            for container in 1...20 {
                try host.bridged(
                    "c\(number)-\(container)", "10.\(number).1.\(container)/16", gateway: "10.\(number).0.1")
            }
            for other in 0..<4 where other != number {
                try host.route("10.\(other).0.0/16", via: "172.16.1.\(other + 1)")
            }
            return host
        }
        let prediction = predict(network(hosts))
        // 80 to the next, of which 4 cross segments as 4 of the 12 pairs of segments do not: each between other containers.
        #expect(prediction.expectations.count == 80 + 12)
        #expect(Set(prediction.expectations.map(\.source)).count == 80)
        #expect(Set(prediction.expectations.map(\.target)).count == 80)
        var crossed: Set<[String]> = []
        for expectation in prediction.expectations where expectation.source.host != expectation.target.host {
            crossed.insert([expectation.source.host, expectation.target.host])
        }
        #expect(crossed.count == 12)
        #expect(prediction.expectations.allSatisfy { if case .reaches = $0.result { true } else { false } })
        #expect(predict(network(hosts)).expectations == prediction.expectations)
    }
}
